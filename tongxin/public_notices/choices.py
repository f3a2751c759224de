"""Words of public notices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """How far a notice has come."""

    DRAFT = "draft", pgettext_lazy("notice", "草稿")
    POSTED = "posted", _("公示中")
    CLOSED = "closed", _("公示结束")
    WITHDRAWN = "withdrawn", _("已撤回")


class Outcome(TextChoices):
    """What became of an objection."""

    UPHELD = "upheld", _("异议成立")
    REJECTED = "rejected", _("异议不成立")
    TAKEN_BACK = "taken_back", _("异议人收回")


class PeriodUnit(TextChoices):
    """In what the period of a notice is counted; the values are those of a clock."""

    WORKING_DAYS = "working_days", _("工作日")
    DAYS = "days", _("自然日")
