"""The words of bringing workbooks in and taking them out."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What the cells of a column hold, as the form of the register asks for it."""

    TEXT = "text"
    PLACE = "place"
    CHOICE = "choice"
    DATE = "date"
    WHOLE = "whole"
    NUMBER = "number"
    AMOUNT = "amount"
    RECORD = "record"


class Severity(TextChoices):
    """How much a message weighs: an error keeps its row out, a warning asks for a reason.

    A note says what is done by itself.
    """

    ERROR = "error", _("错误")
    WARNING = "warning", _("提醒")
    NOTE = "note", _("说明")


class Outcome(TextChoices):
    """What becomes of a row."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("有变化")
    UNCHANGED = "unchanged", _("没有变化")
    ERROR = "error", _("有错误")


class Side(TextChoices):
    """Whose value stays where a record and its row were both changed."""

    DATABASE = "database", _("留台账的")
    FILE = "file", _("用表里的")


class Skipped(TextChoices):
    """Why a row of a sheet is no record."""

    TOTAL = "total", _("合计行")
    NOTE = "note", _("表下的说明")
    EXAMPLE = "example", _("示例行")
    HEADER = "header", _("重复的表头")


class State(TextChoices):
    """Where a workbook stands."""

    DRAFT = "draft", _("待核对")
    APPLIED = "applied", _("已导入")
    UNDONE = "undone", _("已撤销")
    DISCARDED = "discarded", _("已放弃")


class JobKind(TextChoices):
    """What is done in the background."""

    LOOK = "look", _("核对")
    APPLY = "apply", _("导入")
    EXPORT = "export", _("导出")
    UNDO = "undo", _("撤销")
    MARK = "mark", _("标注")


class JobState(TextChoices):
    """Where a background job stands."""

    WAITING = "waiting", _("等着开始")
    RUNNING = "running", _("正在处理")
    DONE = "done", _("已完成")
    FAILED = "failed", _("没有做成")
