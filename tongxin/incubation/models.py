"""Incubation bases for social organisations at four levels."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongxin.programmes.models import ProgrammeRecord

from .choices import BaseLevel


class Base(ProgrammeRecord):
    """A place in which social organisations are incubated."""

    level = models.CharField(_("级别"), max_length=10, choices=BaseLevel)
    operator = models.CharField(_("运营单位"), max_length=60, blank=True)
    opened_on = models.DateField(_("启用日期"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("可入驻组织数"), null=True, blank=True)

    class Meta(ProgrammeRecord.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *ProgrammeRecord.Meta.indexes,
            models.Index(fields=("programme", "level", "void"), name="bases_by_level"),
        )
