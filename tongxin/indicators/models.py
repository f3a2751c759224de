"""Declared figures: what somebody stated, with its words and its source."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongxin.programmes.models import ProgrammeRecord

from .catalogue import titles
from .choices import Qualifiers


class IndicatorField(models.CharField):
    """The key of an indicator, shown by its title; the catalogue is code, not choices."""

    @staticmethod
    def shown(key: str) -> str:
        """Return the title of an indicator; the key itself where it is no longer in use."""
        return str(dict(titles()).get(key, key))

    def deconstruct(self) -> Any:
        """Tell migrations that the column is plain text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Observation(ProgrammeRecord):
    """A value stated for an indicator and a division; it never replaces what is counted."""

    indicator = IndicatorField(_("指标"), max_length=60)
    part = models.CharField(_("分列"), max_length=20, blank=True)
    value = models.DecimalField(_("数值"), max_digits=16, decimal_places=2)
    qualifier = models.CharField(
        _("精确程度"), max_length=8, choices=Qualifiers, default=Qualifiers.EXACT
    )
    stated_as = models.CharField(_("原文写法"), max_length=30, blank=True)
    scope_text = models.CharField(_("范围"), max_length=30, blank=True)
    source = models.CharField(_("出处"), max_length=200)

    class Meta(ProgrammeRecord.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "division", "indicator", "part"),
                condition=models.Q(void=False),
                name="a_figure_is_declared_once",
            ),
            models.CheckConstraint(
                name="a_declared_value_is_not_negative", condition=models.Q(value__gte=0)
            ),
        )
