"""From the agreement to the day on which the premises are handed back."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tongxin.core.dates import Span
from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.incubation.choices import Finding, Premises, State, Verb
from tongxin.incubation.models import Stay, Tenancy
from tongxin.incubation.queries import held_of, open_stay
from tongxin.incubation.rules.lives import (
    agreement_problems,
    finding_problems,
    outcome_problems,
)
from tongxin.incubation.rules.occupancy import room_problems
from tongxin.journal.actions import action
from tongxin.public_notices.queries import may_go_on, notice_for
from tongxin.registers.moves import Said

from .checking import twice_problems
from .clocks import due
from .moving import begin, finish, organisation_locked


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an agreement says: until when, where, and how many places."""

    until: dt.date | None
    premises: str = Premises.ON
    places: int | None = 1


@action
def admit(tenancy: Tenancy, *, by: Any, said: Said, agreed: Agreed) -> Tenancy:
    """Sign the agreement and take a tenant in; never beyond the places of the base.

    Raises NotYours, Outdated, Refused.
    """

    def more(tenancy: Tenancy, on: dt.date) -> Iterator[Problem]:
        yield from may_go_on(notice_for(tenancy), on)
        yield from agreement_problems(on, agreed.until)
        yield from _placing(tenancy, agreed.premises, agreed.places, on)
        if tenancy.organisation is not None:
            yield from twice_problems(tenancy.organisation, tenancy.pk)

    # Two bases may take one organisation in at once: its own row says who comes first.
    organisation_locked(tenancy)
    tenancy = begin(tenancy, Verb.ADMIT, said, by=by, more=more)
    _settle(tenancy, agreed.premises, agreed.places, said.day)
    return finish(
        tenancy,
        Verb.ADMIT,
        said,
        by=by,
        due_on=agreed.until,
        admitted_on=said.day,
        until=agreed.until,
        premises=agreed.premises,
        places=agreed.places or tenancy.places,
    )


@action
def relocate(
    tenancy: Tenancy, *, by: Any, said: Said, premises: str, places: int | None
) -> Tenancy:
    """Move a tenant into the base, out of it, or to more or fewer places.

    Raises NotYours, Outdated, Refused.
    """

    def more(tenancy: Tenancy, on: dt.date) -> Iterator[Problem]:
        yield from _placing(tenancy, premises, places, on)

    tenancy = begin(tenancy, Verb.RELOCATE, said, by=by, more=more)
    _release(tenancy, said.day)
    _settle(tenancy, premises, places, said.day)
    return finish(
        tenancy,
        Verb.RELOCATE,
        said,
        by=by,
        due_on=tenancy.until,
        premises=premises,
        places=places or tenancy.places,
    )


@action
def review(tenancy: Tenancy, *, by: Any, said: Said, finding: str) -> Tenancy:
    """Write down what the mid-review came to. Raises NotYours, Outdated, Refused."""
    tenancy = begin(
        tenancy, Verb.REVIEW, said, by=by, more=lambda _t, _on: finding_problems(finding)
    )
    return finish(tenancy, Verb.REVIEW, said, by=by, due_on=tenancy.until, finding=finding)


@action
def extend(tenancy: Tenancy, *, by: Any, said: Said, until: dt.date | None) -> Tenancy:
    """Let a tenant stay longer, after an assessment or before. Raises as above."""

    def more(tenancy: Tenancy, on: dt.date) -> Iterator[Problem]:
        yield from agreement_problems(max(on, tenancy.until or on), until)

    tenancy = begin(tenancy, Verb.EXTEND, said, by=by, more=more)
    return finish(tenancy, Verb.EXTEND, said, by=by, due_on=until, until=until)


@action
def assess(tenancy: Tenancy, *, by: Any, said: Said, finding: str) -> Tenancy:
    """Write down the exit assessment; who does not take part has left.

    Raises NotYours, Outdated, Refused.
    """
    tenancy = begin(
        tenancy, Verb.ASSESS, said, by=by, more=lambda _t, _on: finding_problems(finding)
    )
    if finding == Finding.ABSENT:
        return _end(tenancy, Verb.ASSESS, said, by=by, finding=finding, state=State.LEFT)
    return finish(tenancy, Verb.ASSESS, said, by=by, due_on=tenancy.until, finding=finding)


@action
def graduate(tenancy: Tenancy, *, by: Any, said: Said, outcome: str) -> Tenancy:
    """Let a tenant go as hatched, and say what becomes of it. Raises as above."""
    tenancy = begin(
        tenancy, Verb.GRADUATE, said, by=by, more=lambda _t, _on: outcome_problems(outcome)
    )
    return _end(tenancy, Verb.GRADUATE, said, by=by, outcome=outcome)


@action
def leave(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Let a tenant leave at its own wish, with a reason. Raises as above."""
    tenancy = begin(tenancy, Verb.LEAVE, said, by=by)
    return _end(tenancy, Verb.LEAVE, said, by=by)


@action
def remove(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Send a tenant away, with a reason. Raises as above."""
    tenancy = begin(tenancy, Verb.REMOVE, said, by=by)
    return _end(tenancy, Verb.REMOVE, said, by=by)


@action
def hand_back(tenancy: Tenancy, *, by: Any, said: Said) -> Tenancy:
    """Take the premises back: only now the places are free. Raises as above."""
    tenancy = begin(tenancy, Verb.HAND_BACK, said, by=by)
    _release(tenancy, said.day)
    return finish(tenancy, Verb.HAND_BACK, said, by=by)


@action
def follow_up(tenancy: Tenancy, *, by: Any, said: Said, outcome: str) -> Tenancy:
    """Write down what has become of one that graduated. Raises as above."""
    tenancy = begin(
        tenancy, Verb.FOLLOW_UP, said, by=by, more=lambda _t, _on: outcome_problems(outcome)
    )
    return finish(tenancy, Verb.FOLLOW_UP, said, by=by, due_on=tenancy.due_on, outcome=outcome)


def _end(tenancy: Tenancy, verb: Verb, said: Said, *, by: Any, **told: Any) -> Tenancy:
    """End a tenancy; where places are held, the clock of handing them back begins."""
    last, base = None, tenancy.base
    if open_stay(tenancy) is not None:
        last = due(base, "handback", said.day)
    return finish(tenancy, verb, said, by=by, due_on=last, ended_on=said.day, **told)


def _placing(tenancy: Tenancy, premises: str, places: int | None, on: dt.date) -> Iterator[Problem]:
    """Say what stands against the places of a tenant from a day on."""
    if premises not in set(Premises):
        yield Problem("incubation.no_premises", _("选择孵化方式"), "premises")
    elif premises == Premises.ON and (places is None or places < 1):
        yield Problem("incubation.places", _("占用席位至少是 1"), "places")
    elif premises == Premises.ON and places is not None:
        held = held_of(tenancy.base, apart_from=tenancy.pk)
        yield from room_problems(tenancy.base.capacity, held, Span(on), places)


def _settle(tenancy: Tenancy, premises: str, places: int | None, on: dt.date) -> None:
    """Let a tenant hold its places from a day on."""
    if premises == Premises.ON:
        Stay.objects.create(tenancy=tenancy, places=places or 1, since=on)


def _release(tenancy: Tenancy, on: dt.date) -> None:
    """Give back the places that a tenant holds from a day on."""
    Stay.objects.filter(tenancy=tenancy, until__isnull=True).update(until=on)
