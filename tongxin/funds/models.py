"""The special fund: what a year's budget is, by a document."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongxin.programmes.models import ProgrammeRecord


class YuanField(models.DecimalField):
    """An amount of money in yuan, kept to the fen."""

    unit: ClassVar[str] = "元"


class Budget(ProgrammeRecord):
    """The special fund's budget of one year in one division, as a document grants it."""

    year = models.PositiveIntegerField(_("年度"))
    amount = YuanField(_("额度（元）"), max_digits=14, decimal_places=2)
    document = models.CharField(_("依据文件"), max_length=120)

    class Meta(ProgrammeRecord.Meta):
        constraints = (
            models.CheckConstraint(name="a_budget_is_more_than_nothing", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=("programme", "division", "year"),
                condition=Q(void=False),
                name="one_budget_a_year",
            ),
        )
