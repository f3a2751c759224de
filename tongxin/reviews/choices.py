"""Words of reviews: what was done, what is noticed, and why something goes back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """One step on the way of a record."""

    DRAFTED = "drafted", pgettext_lazy("step", "存草稿")
    SUBMITTED = "submitted", pgettext_lazy("step", "提交审核")
    CORRECTED = "corrected", pgettext_lazy("step", "送审后修改")
    ACCEPTED = "accepted", pgettext_lazy("step", "同意")
    PASSED = "passed", pgettext_lazy("step", "本级同意，报上一级")
    RETURNED = "returned", pgettext_lazy("step", "退回修改")
    WITHDRAWN = "withdrawn", pgettext_lazy("step", "撤回")
    HANDED = "handed", pgettext_lazy("step", "转交")
    ASKED = "asked", pgettext_lazy("step", "加签")
    COSIGNED = "cosigned", pgettext_lazy("step", "加签同意")
    COMMENTED = "commented", pgettext_lazy("step", "评论")
    UNDONE = "undone", pgettext_lazy("step", "撤销上一步")


class Hit(TextChoices):
    """What a rule noticed: no mistake for certain, but something to look at."""

    NO_PLACE = "no_place", _("没有写明地区")
    ODD_PLACE = "odd_place", _("原文地名与区划名称对不上")
    SAME_NAME = "same_name", _("同一地区有同名记录")
    JUMP = "jump", _("数字比上次通过时多或少了两倍以上")


class Reason(TextChoices):
    """Why something goes back, at a touch."""

    WRONG_NUMBER = "wrong_number", _("数字不对")
    LACKS_PAPERS = "lacks_papers", _("缺材料")
    UNCLEAR = "unclear", _("口径不清")
    WRONG_PLACE = "wrong_place", _("地区不对")
    TWICE = "twice", _("重复登记")
