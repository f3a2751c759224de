"""Entering many records at once: the same rules and entries as one by one, written together.

A test enters the same values in both ways and compares records, index and entries, so that what is
added to `actions.enter` is not forgotten here.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from tongxin.core.errors import NotYours, Problem, Refused
from tongxin.core.making import maker, write
from tongxin.core.steps import counted
from tongxin.core.words import gettext as _
from tongxin.divisions.models import Division, Version
from tongxin.journal.actions import Told, action, record_many

from .actions import refuse_unsealed
from .declaration import Register
from .following import Written, tell
from .indexing import put
from .lookups import as_it_becomes
from .permissions import may_enter, places_of
from .screening import blocked_in
from .writing import (
    personal_of,
    places_checked,
    places_told,
    snapshot,
    spell,
    stages_written,
)

AT_ONCE = 500


class Judged(NamedTuple):
    """One of many rows: where it stands among them, its record, and the values it is given."""

    row: int
    subject: Any
    values: Mapping[str, Any]


@action
def enter_many(register: Register, *, by: Any, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Enter records, or none of them; `by` is None when the system itself loads facts.

    Raises NotYours outside the actor's scope, Refused with the problems of the first row that has
    any, which they name.
    """
    if by is not None and not may_enter(by, register):
        raise NotYours
    refuse_unsealed(register)
    subjects = _made(register, by, rows)
    write(register.model, subjects)
    judged = zip(count(), subjects, rows, strict=False)
    refuse_each_other(register, [Judged(*each) for each in judged])
    put(register, ((each.pk, searched(register, each)) for each in subjects))
    names, place_of = names_of_places(register, subjects), places_of(register)
    told = [
        Written(register, each, by, None, snapshot(register, each, names), None)
        for each in subjects
    ]
    record_many(
        by,
        f"{register.key}.entered",
        (Told(each.subject, place_of(each.subject), {}, each.after) for each in told),
        personal=personal_of(register),
    )
    if told:
        tell(*told)
    return subjects


def _made(register: Register, by: Any, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Ask the rules about every row, and make its record; nothing is written."""
    check = register.checks_of(rows)
    make, stage_of = maker(register.model, entered_by=by), stages_written(register, by)
    may_lie = places_checked(register, by)
    subjects = []
    for number, values in enumerate(counted(rows, "write")):
        may_lie(values)
        if problems := [*blocked_in(register, values), *check(values, None)]:
            raise Refused(at_row(number, problems))
        subject = make(values)
        subject.stage = stage_of(subject)
        spell(register, subject)
        subjects.append(subject)
    return subjects


def refuse_each_other(register: Register, written: Sequence[Judged]) -> None:
    """Ask the rules again now that all is written: two records may stand in each other's way.

    Only where the rules look at other records. Raises Refused with what stands against the first.
    """
    if register.check_rows is None:
        return
    check = register.check_rows([as_it_becomes(each.subject, {}) for each in written])
    for each in written:
        if problems := list(check(each.values, each.subject)):
            raise Refused(at_row(each.row, problems))


def searched(register: Register, subject: Any) -> list[str]:
    """Return the texts by which a record is found."""
    return [*(getattr(subject, name) for name in register.search), subject.initials]


def at_row(number: int, problems: Sequence[Problem]) -> list[Problem]:
    """Say of which row some problems speak."""
    words = _("第 %(row)d 条：%(words)s")
    return [
        Problem(each.code, words % {"row": number + 1, "words": each.message}, each.field)
        for each in problems
    ]


def names_of_places(register: Register, subjects: Iterable[Any]) -> dict[int, str]:
    """Return the last names of the places that records name, as the journal keeps them."""
    numbers = sorted({each for subject in subjects for each in places_told(register, subject)})
    names: dict[int, str] = {}
    for at in range(0, len(numbers), AT_ONCE):
        chunk = numbers[at : at + AT_ONCE]
        names |= dict(Division.objects.filter(pk__in=chunk).values_list("pk", "key"))
        versions = Version.objects.filter(division_id__in=chunk).order_by("-until")
        seen: dict[int, str] = {}
        for number, name in versions.values_list("division_id", "name"):
            seen.setdefault(number, name)
        names |= seen
    return names
