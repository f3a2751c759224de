"""A site is a place, counted once; it may hold several designations."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.programmes.models import OccupationalGroup, ProgrammeRecord
from tongxin.registers.models import Record

from .choices import DesignationLevel


class Site(ProgrammeRecord):
    """A place shown to others as an example, for one occupational group."""

    group = models.ForeignKey(
        OccupationalGroup, models.PROTECT, related_name="sites", verbose_name=_("群体")
    )
    address = models.CharField(_("地址"), max_length=120, blank=True)
    about = models.CharField(_("特色"), max_length=300, blank=True)

    class Meta(ProgrammeRecord.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *ProgrammeRecord.Meta.indexes,
            models.Index(fields=("programme", "group", "void"), name="sites_by_group"),
        )


class Designation(Record):
    """A naming of a site as a demonstration: by whom, on which paper, from when until when."""

    site = models.ForeignKey(
        Site,
        models.CASCADE,
        related_name="designations",
        verbose_name=pgettext_lazy("one", "示范点"),
        editable=False,
    )
    level = models.CharField(_("命名级别"), max_length=16, choices=DesignationLevel)
    document = models.CharField(_("批准文件"), max_length=120, blank=True)
    legal_basis = models.CharField(_("依据"), max_length=120, blank=True)
    designated_on = models.DateField(_("命名日期"), null=True, blank=True)
    until = models.DateField(_("到期日期"), null=True, blank=True)

    class Meta(Record.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Record.Meta.indexes,
            models.Index(fields=("level", "sort_key", "id"), name="designations_by_level"),
        )
        constraints = (
            models.CheckConstraint(
                name="designation_ends_after_it_begins",
                condition=Q(until__isnull=True)
                | Q(designated_on__isnull=True)
                | Q(until__gt=F("designated_on")),
            ),
        )
