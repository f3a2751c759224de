"""What all moves of a tenancy share: locks, questions, the new state, the entry."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from tongxin.core.errors import NotYours, Outdated, Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.incubation.choices import State, Verb
from tongxin.incubation.models import Base, Move, Tenancy
from tongxin.incubation.permissions import may_move
from tongxin.incubation.queries import open_stay
from tongxin.incubation.rules.lives import (
    NEXT,
    Life,
    author_problems,
    day_problems,
    note_problems,
    state_problems,
)
from tongxin.journal.actions import record
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.moves import Said
from tongxin.registers.screening import blocked_in_text

KEPT = ("state", "state_on", "due_on", "version", "changed_at")


def life_of(tenancy: Tenancy) -> Life:
    """Return what the rules ask of a tenancy. One query."""
    return Life(
        tenancy.state,
        tenancy.state_on,
        tenancy.due_on,
        tenancy.until,
        open_stay(tenancy) is not None,
    )


def hold_around(tenancy: Tenancy) -> None:
    """Hold what a tenancy that is brought back may find taken: its organisation, then its base.

    Everybody holds in this order (organisation, base, tenancy), as mergers of organisations do, so
    that no two wait for each other.
    """
    organisation_locked(tenancy)
    base_locked(tenancy.base_id)


def organisation_locked(tenancy: Tenancy) -> None:
    """Let nobody else take in the organisation of a tenancy until this action is done.

    Raises Outdated where it has become another one's since the tenancy was read.
    """
    if tenancy.organisation_id is None:
        return
    Organisation.objects.select_for_update(of=("self",)).get(pk=tenancy.organisation_id)
    current = Tenancy.objects.get(pk=tenancy.pk)
    if current.organisation_id != tenancy.organisation_id:
        raise Outdated(current)


def base_locked(number: int) -> Base:
    """Return a base that nobody else takes places of until this action is done."""
    return Base.objects.select_for_update(of=("self",)).get(pk=number)


def begin(
    tenancy: Tenancy,
    verb: Verb,
    said: Said,
    *,
    by: Any,
    more: Callable[[Tenancy, dt.date], Iterable[Problem]] = lambda _tenancy, _on: (),
) -> Tenancy:
    """Lock a tenancy and its base, and ask all that stands against a move; return it as it is.

    The base is locked first, so that of two who want its last place one comes after the other.
    """
    base = base_locked(tenancy.base_id)
    rows = Tenancy.objects.select_for_update(of=("self",)).select_related("organisation", "intake")
    tenancy = rows.get(pk=tenancy.pk)
    tenancy.base = base
    if tenancy.void or not may_move(by, verb, tenancy):
        raise NotYours
    life = life_of(tenancy)
    refuse_if(state_problems(verb, life))
    if said.version is not None and said.version != tenancy.version:
        raise Outdated(tenancy)
    own = by is not None and tenancy.entered_by_id == by.pk
    problems = [
        *author_problems(verb, own=own),
        *day_problems(life, said.on, timezone.localdate()),
        *note_problems(verb, said.note),
        *blocked_in_text(said.note, _("说明"), "note"),
    ]
    if said.on is not None:
        problems += more(tenancy, said.on)
    refuse_if(problems)
    return tenancy


def finish(  # noqa: PLR0913  the facts of a move
    tenancy: Tenancy,
    verb: Verb,
    said: Said,
    *,
    by: Any,
    due_on: dt.date | None = None,
    finding: str = "",
    outcome: str = "",
    state: State | None = None,
    **fields: Any,
) -> Tenancy:
    """Write a move: the tenancy as it is now, the step, and the entry in the journal."""
    names = ("state", "state_on", "due_on", *fields)
    before = {name: _kept(tenancy, name) for name in names}
    tenancy.state = state or NEXT[verb][1] or State(tenancy.state)
    tenancy.state_on, tenancy.due_on = said.day, due_on
    for name, value in fields.items():
        setattr(tenancy, name, value)
    tenancy.version += 1
    tenancy.save(update_fields=[*KEPT, *fields])
    Move.objects.create(
        tenancy=tenancy,
        verb=verb,
        state=tenancy.state,
        on=said.day,
        due_on=due_on,
        finding=finding,
        outcome=outcome,
        note=said.note,
        by=by,
    )
    after = {name: _kept(tenancy, name) for name in names}
    differ = [name for name in names if before[name] != after[name]]
    told = {"finding": finding, "outcome": outcome}
    record(
        by,
        f"{declaration.of(Tenancy).key}.tenant_{verb.name.lower()}",
        tenancy,
        before={name: before[name] for name in differ},
        after={name: after[name] for name in differ},
        place=tenancy.base.division_id,
        reason=said.note,
        **{name: value for name, value in told.items() if value},
    )
    return tenancy


def _kept(tenancy: Tenancy, name: str) -> Any:
    value = getattr(tenancy, name)
    return value.isoformat() if isinstance(value, dt.date) else getattr(value, "pk", value)
