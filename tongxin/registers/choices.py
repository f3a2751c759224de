"""Words that every register shares."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceState(TextChoices):
    """How sure the place of a record is."""

    STATED = "stated", _("已写明")
    NOT_STATED = "not_stated", _("未写明")
    UNMATCHED = "unmatched", _("地名对不上")


class Stage(TextChoices):
    """How far a record has come on its way to being counted."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已通过")


class Act(TextChoices):
    """What may be done with a record that exists; entering one is asked of a place instead."""

    SEE = "see", _("查看")
    HISTORY = "history", _("查看修改记录")
    CHANGE = "change", _("修改")
    VOID = "void", _("作废")
    RESTORE = "restore", _("恢复")
    FOLLOW = "follow", _("跟进")
    SEND = "send", _("提交")
