"""Rules asked of the values of a training, and who stands on its list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.journal.actions import action, record, unchanged
from tongxin.participants import actions as participants
from tongxin.participants.choices import Ending
from tongxin.participants.models import Consent
from tongxin.participants.rules import Agreement, agreement_problems
from tongxin.registers.lookups import together
from tongxin.registers.models import Submission

from .models import Attendance, Training
from .queries import consent_at, counts_of, counts_of_many, next_position
from .rules import Counts, list_problems, times_problems, training_problems

LIST = "attendance"


def check_trainings(rows: Sequence[Mapping[str, Any]]) -> Callable[..., Iterator[Problem]]:
    """Return what says what stands against trainings.

    Their lists are counted, for all of them together, when the first gets other numbers.
    """
    listed = together((row["id"] for row in rows if "id" in row), counts_of_many)
    return partial(_against, listed)


def _against(
    listed: Callable[[int], Counts | None], values: Mapping[str, Any], training: Any
) -> Iterator[Problem]:
    def asked(name: str) -> Any:
        return values.get(name, getattr(training, name, None))

    yield from training_problems(
        asked("held_on"),
        asked("sessions"),
        asked("attendances"),
        asked("persons"),
        timezone.localdate(),
    )
    if training is not None and {"attendances", "persons"} & values.keys():
        told = listed(training.pk) or Counts(0, 0)
        yield from list_problems(told, asked("attendances"), asked("persons"))


@action
def add_participant(
    training: Training, *, by: Any, said: Agreement, times: int | None = 1, key: UUID | None = None
) -> Consent:
    """Put somebody who agreed on a training's list; with a key, a form sent twice does it once.

    The door asks whether the actor may change the training. The training is locked, so that lines
    are numbered one after the other. Raises NotYours, Refused.
    """
    training = Training.objects.select_for_update(of=("self",)).get(pk=training.pk)
    if training.void:
        raise NotYours
    earlier = Submission.objects.filter(key=key, register=LIST, account=by).first() if key else None
    if earlier is not None:
        unchanged()
        return Consent.objects.get(pk=earlier.subject_id or 0)
    listed = counts_of(training)
    more = Counts(listed.persons + 1, listed.attendances + (times or 0))
    refuse_if(
        [
            *agreement_problems(said, timezone.localdate()),
            *times_problems(times, training.sessions),
            *list_problems(more, training.attendances, training.persons, "times"),
        ]
    )
    consent = participants.agree(by=by, division=training.division, said=said)
    if key is not None:
        Submission.objects.create(key=key, account=by, register=LIST, subject_id=consent.pk)
    position = next_position(training)
    Attendance.objects.bulk_create(
        Attendance(training=training, position=position, time=time, consent=consent)
        for time in range(1, (times or 0) + 1)
    )
    place = training.division_id
    record(by, "trainings.listed", training, place=place, position=position, times=times)
    return consent


@action
def withdraw(training: Training, position: int, *, by: Any) -> None:
    """End the consent of one line: the name goes at once, the attendance stays.

    Raises NotYours, and Refused when the line is not there.
    """
    consent = consent_at(training, position)
    if consent is None:
        raise Refused(Problem("trainings.no_line", ""))
    place = training.division_id
    participants.end(consent, by=by, ending=Ending.WITHDRAWN, place=place)


@action
def strike(training: Training, position: int, *, by: Any) -> None:
    """Take a line entered by mistake off the list, with its attendances and its name.

    Raises NotYours, and Refused when the line is not there.
    """
    training = Training.objects.select_for_update(of=("self",)).get(pk=training.pk)
    consent = consent_at(training, position)
    if consent is None:
        raise Refused(Problem("trainings.no_line", ""))
    place = training.division_id
    participants.end(consent, by=by, ending=Ending.MISTAKEN, place=place)
    rows = Attendance.objects.filter(training=training, position=position)
    times = rows.count()
    rows.delete()
    record(by, "trainings.struck", training, place=place, position=position, times=times)
