"""Trainings: sessions, attendances and persons kept apart."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tongxin.participants.models import Consent
from tongxin.programmes.models import ProgrammeRecord


class Training(ProgrammeRecord):
    """A training held, with as many of its three counts as are known."""

    held_on = models.DateField(_("举办日期"))
    sessions = models.PositiveIntegerField(_("期数"), default=1)
    attendances = models.PositiveIntegerField(_("参加人次"), null=True, blank=True)
    persons = models.PositiveIntegerField(_("参加人数"), null=True, blank=True)
    organiser = models.CharField(_("主办单位"), max_length=60, blank=True)
    sample = models.BooleanField(_("样例"), default=False, editable=False)

    class Meta(ProgrammeRecord.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *ProgrammeRecord.Meta.indexes,
            models.Index(
                fields=("programme", "held_on", "sort_key", "id"), name="trainings_by_day"
            ),
            models.Index(
                fields=("programme", "sessions", "sort_key", "id"), name="trainings_by_sessions"
            ),
        )
        constraints = (
            models.CheckConstraint(name="a_training_has_a_session", condition=Q(sessions__gte=1)),
            models.CheckConstraint(
                name="persons_are_at_most_attendances",
                condition=Q(persons__isnull=True)
                | Q(attendances__isnull=True)
                | Q(persons__lte=F("attendances")),
            ),
        )


class Attendance(models.Model):
    """Somebody was there once: the fact, which stays when the name behind it goes.

    `position` is a line of this training's list, one for each person; `time` counts how often that
    person came. The name hangs on the consent, and a consent that has ended leads to nobody.
    """

    training = models.ForeignKey(
        Training, models.PROTECT, related_name="attendance_facts", verbose_name=_("培训")
    )
    position = models.PositiveIntegerField(_("名单序号"))
    time = models.PositiveIntegerField(_("第几次"), default=1)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+", verbose_name=_("同意书"))

    class Meta:
        ordering = ("training", "position", "time")
        constraints = (
            models.UniqueConstraint(
                fields=("training", "position", "time"), name="attended_once_a_time"
            ),
            models.UniqueConstraint(
                fields=("training", "consent", "time"), name="a_consent_stands_on_one_line"
            ),
            models.CheckConstraint(
                name="lists_count_from_one", condition=Q(position__gte=1, time__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.training_id} {self.position}/{self.time}"
