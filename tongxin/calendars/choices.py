"""Words of the working calendar and of clocks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    """In what a period is counted; every clock stores it beside its number."""

    WORKING_DAYS = "working_days", _("工作日")
    DAYS = "days", _("自然日")
    MONTHS = "months", _("个月")
    YEARS = "years", _("年")


class DayKind(TextChoices):
    """What a day is, and why."""

    WORKING = "working", _("工作日")
    MADE_UP = "made_up", _("调休上班")
    WEEKEND = "weekend", _("周末")
    HOLIDAY = "holiday", _("放假")
