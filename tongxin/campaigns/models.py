"""Campaigns: their themes, their series, and the organisations that take part."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.organisations.models import Organisation
from tongxin.programmes.models import ProgrammeRecord
from tongxin.registers.models import Record


class Campaign(ProgrammeRecord):
    """A campaign in which organisations take part."""

    themes = models.CharField(_("主题"), max_length=200, blank=True)
    began_on = models.DateField(_("开始日期"), null=True, blank=True)
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)


class Series(Record):
    """One line of activities within a campaign."""

    campaign = models.ForeignKey(
        Campaign,
        models.CASCADE,
        related_name="series",
        verbose_name=pgettext_lazy("one", "活动"),
        editable=False,
    )


class Participation(Record):
    """An organisation takes part in a campaign; once, in however many series."""

    campaign = models.ForeignKey(
        Campaign,
        models.CASCADE,
        related_name="participations",
        verbose_name=pgettext_lazy("one", "活动"),
        editable=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("one", "社会组织"),
    )

    class Meta(Record.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "organisation"),
                condition=models.Q(void=False),
                name="takes_part_once",
            ),
        )
