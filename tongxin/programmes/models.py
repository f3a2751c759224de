"""A programme and its words as data: pillars, groups, functions, kinds of recognition."""

import datetime as dt
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongxin.divisions.models import Division
from tongxin.registers.models import PlacedRecord

MONTH = RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$", _("按“年-月”填写，例如 2017-03"))


class Programme(models.Model):
    """What a city was asked to do: its period, founding document, method and cut-off day."""

    key = models.SlugField(_("标识"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="programmes", verbose_name=_("牵头地区")
    )
    begins = models.CharField(_("开始月份"), max_length=7, validators=[MONTH])
    ends = models.CharField(_("结束月份"), max_length=7, validators=[MONTH], blank=True)
    facts_on = models.DateField(_("资料截止日"), null=True, blank=True)
    founding_issuer = models.CharField(_("发文单位"), max_length=120, blank=True)
    founding_title = models.CharField(_("依据文件"), max_length=200, blank=True)
    founding_month = models.CharField(_("发文月份"), max_length=7, validators=[MONTH], blank=True)
    focus = models.CharField(_("工作重点"), max_length=120, blank=True)
    method = models.CharField(_("工作方法"), max_length=120, blank=True)
    sample = models.BooleanField(_("样例"), default=False, db_default=False, editable=False)
    """Invented as a whole: what is marked as a sample counts in it, and nowhere else."""

    class Meta:
        ordering = ("-begins", "key")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.key])

    @property
    def day(self) -> dt.date:
        """The day on which its facts are read, and whose map is drawn: the cut-off, or today."""
        return self.facts_on or timezone.localdate()


class Word(models.Model):
    """A word that one programme defines for itself; another programme has others."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="%(class)s_words")
    key = models.SlugField(_("标识"), max_length=60)
    name = models.CharField(_("名称"), max_length=60)
    position = models.PositiveIntegerField(_("顺序"), default=0)

    class Meta:
        abstract = True
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("programme", "key"), name="%(class)s_key_once"),
        )

    def __str__(self) -> str:
        return self.name


class Pillar(Word):
    """One line of work of the programme; the briefing has a section for each."""


class OccupationalGroup(Word):
    """An occupational group that the programme addresses."""


class SiteFunction(Word):
    """What demonstration sites are for."""


class RecognitionKind(Word):
    """A way of being recognised, and how a table words it.

    `phrase` has places for the facts of a recognition: {venue}, {form}, {title}, {channel}.
    Kinds with a `shared_subject` that follow one another name it once.
    """

    phrase = models.CharField(_("表述"), max_length=120)
    shared_subject = models.CharField(_("共同主语"), max_length=30, blank=True)


class ProgrammeRecord(PlacedRecord):
    """A record of a register that belongs to a programme."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="+", verbose_name=_("所属工作"), editable=False
    )

    class Meta(PlacedRecord.Meta):
        abstract = True
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *PlacedRecord.Meta.indexes,
            models.Index(fields=("programme", "sort_key", "id"), name="%(class)s_by_programme"),
            models.Index(fields=("programme", "changed_at", "id"), name="%(class)s_by_news"),
            models.Index(
                fields=("programme", "division", "void", "sort_key", "id"),
                name="%(class)s_by_counts",
            ),
            models.Index(
                fields=("programme", "place_state", "sort_key", "id"), name="%(class)s_by_state"
            ),
        )
