"""The working calendar: the years whose arrangement is known, and the days that differ from it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .rules import EARLIEST, LATEST

NAME_LENGTH = 40
DOCUMENT_LENGTH = 60


class Year(models.Model):
    """A year and the document that arranges it; until it is complete, clocks go on warning."""

    year = models.PositiveSmallIntegerField(
        _("年份"),
        unique=True,
        validators=[MinValueValidator(EARLIEST.year), MaxValueValidator(LATEST.year)],
    )
    document = models.CharField(_("依据文号"), max_length=DOCUMENT_LENGTH)
    issued_on = models.DateField(_("发文日期"), null=True, blank=True)
    address = models.URLField(_("原文网址"), max_length=200, blank=True)
    complete = models.BooleanField(_("已录全"), default=False)

    class Meta:
        ordering = ("year",)
        constraints = (
            models.CheckConstraint(name="a_year_has_a_document", condition=~Q(document="")),
        )

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("calendars:year", args=[self.year])


class Day(models.Model):
    """A day that is not what its weekday says: worked or off."""

    date = models.DateField(_("日期"), unique=True)
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=NAME_LENGTH)
    document = models.CharField(_("依据文号"), max_length=DOCUMENT_LENGTH)

    class Meta:
        ordering = ("date",)
        constraints = (
            models.CheckConstraint(
                name="a_special_day_says_why", condition=~Q(name="") & ~Q(document="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
