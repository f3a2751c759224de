"""Grass-roots party building: projects and the means used. Counts and units, no people."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongxin.programmes.models import Programme, ProgrammeRecord
from tongxin.registers.models import Record


class Means(Record):
    """A way in which party work reaches organisations, such as posting an instructor."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="+", verbose_name=_("所属工作"), editable=False
    )
    about = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta(Record.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Record.Meta.indexes,
            models.Index(fields=("programme", "sort_key", "id"), name="means_by_programme"),
            models.Index(fields=("programme", "changed_at", "id"), name="means_by_news"),
        )


class Project(ProgrammeRecord):
    """A party-building project of a street or community."""

    means = models.ForeignKey(
        Means,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("方式"),
    )
    about = models.CharField(_("内容"), max_length=300, blank=True)
