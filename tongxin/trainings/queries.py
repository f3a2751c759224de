"""Trainings as figures ask for them, and their lists of attendance."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from tongxin.participants.models import Consent
from tongxin.participants.permissions import names_known_to
from tongxin.participants.queries import live
from tongxin.participants.rules import is_live
from tongxin.registers.models import ACCEPTED, Stages, counted

from .models import Attendance, Training
from .rules import Counts

CHUNK = 500


def trainings(programme: Any, on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Training]:
    """Return the trainings held up to a day; samples are no facts."""
    return Training.objects.filter(
        counted(stages=stages), programme=programme, held_on__lte=on, sample=False
    )


def counts_of(training: Any) -> Counts:
    """Return how many lines and how many attendances stand on a training's list."""
    return counts_of_many([training.pk]).get(training.pk, Counts(0, 0))


def counts_of_many(trainings: Iterable[int]) -> dict[int, Counts]:
    """Return the same for each of some trainings on whose lists anybody stands.

    One query for each 500 trainings.
    """
    numbers = sorted(set(trainings))
    found: dict[int, Counts] = {}
    for at in range(0, len(numbers), CHUNK):
        lines = Attendance.objects.filter(training__in=numbers[at : at + CHUNK])
        counted = (
            lines.order_by()
            .values("training")
            .annotate(persons=Count("position", distinct=True), attendances=Count("pk"))
        )
        for training, persons, attendances in counted.values_list(
            "training", "persons", "attendances"
        ):
            found[training] = Counts(persons, attendances)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list: how often he came, and, for those who may know it, who it is."""

    position: int
    times: int
    consent: Consent
    person: Any
    """The participant; None where the name is gone, or is not for this account to know."""
    gone: bool


def lines_of(training: Training, account: Any) -> list[Line]:
    """Return the list of a training as an account may read it. Four queries at most."""
    rows = (
        Attendance.objects.filter(training=training)
        .order_by("position")
        .values_list("position", "consent_id")
        .annotate(times=Count("pk"))
    )
    held = list(rows)
    today = timezone.localdate()
    known = names_known_to(account, training.division_id) & live(today)
    found = _consents(consent for _position, consent, _times in held)
    readable = set(Consent.objects.filter(known, pk__in=found).values_list("pk", flat=True))
    return [
        Line(
            position,
            times,
            found[number],
            found[number].participant if number in readable else None,
            gone=_is_gone(found[number], today),
        )
        for position, number, times in held
    ]


def line_of(training: Training, position: int, account: Any) -> Line | None:
    """Return one line of a list as an account may read it."""
    return next((each for each in lines_of(training, account) if each.position == position), None)


def _is_gone(consent: Consent, today: dt.date) -> bool:
    ended = consent.ended_at is not None
    return not is_live(ended=ended, expires_on=consent.expires_on, today=today)


def _consents(numbers: Iterable[int]) -> dict[int, Consent]:
    return Consent.objects.select_related("participant").in_bulk(list(numbers))


def next_position(training: Training) -> int:
    """Return the first free line of a list."""
    last = (
        Attendance.objects.filter(training=training)
        .order_by("-position")
        .values_list("position", flat=True)
        .first()
    )
    return (last or 0) + 1


def consent_at(training: Training, position: int) -> Consent | None:
    """Return the consent of one line of a list."""
    row = (
        Attendance.objects.filter(training=training, position=position)
        .select_related("consent")
        .first()
    )
    return row.consent if row else None
