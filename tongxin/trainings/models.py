"""Trainings: sessions, attendances and persons kept apart."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tongxin.programmes.models import ProgrammeRecord


class Training(ProgrammeRecord):
    """A training held, with as many of its three counts as are known."""

    held_on = models.DateField(_("举办日期"))
    sessions = models.PositiveIntegerField(_("期数"), default=1)
    attendances = models.PositiveIntegerField(_("参加人次"), null=True, blank=True)
    persons = models.PositiveIntegerField(_("参加人数"), null=True, blank=True)
    organiser = models.CharField(_("主办单位"), max_length=60, blank=True)

    class Meta(ProgrammeRecord.Meta):
        constraints = (
            models.CheckConstraint(name="a_training_has_a_session", condition=Q(sessions__gte=1)),
            models.CheckConstraint(
                name="persons_are_at_most_attendances",
                condition=Q(persons__isnull=True)
                | Q(attendances__isnull=True)
                | Q(persons__lte=F("attendances")),
            ),
        )
