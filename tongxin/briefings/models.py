"""A briefing as data: a section for each pillar, and in it paragraphs and tables in order."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.programmes.models import Pillar, Programme

from .choices import TableKey


class Briefing(models.Model):
    """A briefing on a programme; its headings are read from the programme's pillars."""

    key = models.SlugField(_("标识"), max_length=60, unique=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="briefings", verbose_name=_("所属工作")
    )
    title = models.CharField(_("标题"), max_length=120)
    masthead = models.CharField(_("刊头"), max_length=30)
    issuer = models.CharField(_("编印单位"), max_length=60, blank=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("briefings:briefing", args=[self.key])


class Block(models.Model):
    """A paragraph or a table under a pillar.

    A paragraph's text has places for live figures and lists: ``[[figure special_fund.annual]]``,
    ``[[list series]]``. They are looked up, never executed.
    """

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="blocks")
    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(_("顺序"))
    text = models.TextField(_("文字"), blank=True, max_length=4000)
    table = models.CharField(_("表格"), max_length=30, choices=TableKey, blank=True)

    class Meta:
        ordering = ("pillar__position", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("briefing", "pillar", "position"), name="one_block_at_a_place"
            ),
            models.CheckConstraint(
                name="a_block_is_text_or_table",
                condition=(Q(text="") & ~Q(table="")) | (~Q(text="") & Q(table="")),
            ),
        )

    def __str__(self) -> str:
        return self.table or self.text[:40]
