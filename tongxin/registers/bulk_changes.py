"""Changing, voiding and bringing back many records at once: as one by one, but written together.

Everything is asked before anything is written; the rows are locked, and written only where their
version is still the one that was read. A test does the same in both ways and compares records,
index, entries and reviews, so that what is added to `actions.change` is not forgotten here.

What two of the rows do to each other is seen only when both are written: where the rules of a
register look at other records, they are asked a second time then.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from tongxin.accounts.choices import Sensitivity
from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.many import update
from tongxin.core.steps import counted
from tongxin.core.words import gettext as _
from tongxin.journal.actions import Told, action, record_many, unchanged

from .actions import KEPT_WITH_A_CHANGE, out_of_sight, refuse_unsealed, still_merged
from .bulk import AT_ONCE, Judged, at_row, names_of_places, refuse_each_other, searched
from .choices import Act, Stage
from .declaration import BROUGHT_BACK, Register
from .following import Written, tell
from .indexing import put
from .lookups import as_it_becomes
from .models import Merging, Piece
from .permissions import permitted_among, places_of
from .screening import blocked_in, blocked_in_text
from .writing import links_told, personal_of, places_checked, snapshot, spell, stages_written


class Wanted(NamedTuple):
    """One of many changes: the record, its new values, and the version at which it was read."""

    subject: Any
    values: Mapping[str, Any]
    version: int | None = None


@dataclass(slots=True)
class _Changed:
    """A record that is being changed, and how it was."""

    row: int
    subject: Any
    values: Mapping[str, Any]
    names: Sequence[str]
    before: dict[str, Any]
    was: str
    found_by: list[str]


@action
def change_many(register: Register, *, by: Any, rows: Sequence[Wanted]) -> list[Any]:
    """Change records, or none of them; return them as they are now, in the order of the rows.

    No record stands in two rows. Raises NotYours, Outdated when somebody changed one in between,
    Refused with the problems of the first row that has any, which they name.
    """
    held = _held(register, [row.subject.pk for row in rows])
    changed = _changed(register, by, rows, held)
    subjects = [held[row.subject.pk] for row in rows]
    if not changed:
        unchanged()
        return subjects
    refuse_unsealed(register)
    names = {name for each in changed for name in (*each.names, *KEPT_WITH_A_CHANGE)}
    written = [each.subject for each in changed]
    _write(register, written, names)
    _index(register, changed)
    refuse_if(_out_of_sight(register, written, by))
    refuse_each_other(register, [Judged(each.row, each.subject, each.values) for each in changed])
    places = names_of_places(register, written)
    told = [
        Written(register, each.subject, by, each.before, after, each.was)
        for each in changed
        for after in (snapshot(register, each.subject, places),)
    ]
    _record(register, by, zip(changed, told, strict=True))
    tell(*told)
    return subjects


def _changed(
    register: Register, by: Any, rows: Sequence[Wanted], held: Mapping[int, Any]
) -> list[_Changed]:
    """Ask the rules about every row and set its values; nothing is written."""
    may = permitted_among(by, Act.CHANGE, register, list(held))
    check = register.checks_of([as_it_becomes(held[row.subject.pk], row.values) for row in rows])
    may_lie, stage_of = places_checked(register, by), stages_written(register, by)
    places = names_of_places(register, held.values())
    changed = []
    for number, row in enumerate(counted(rows, "change")):
        subject = held[row.subject.pk]
        if subject.pk not in may:
            raise NotYours
        names = [name for name, value in row.values.items() if getattr(subject, name) != value]
        was, stage = subject.stage, stage_of(subject)
        if not names and was in {stage, Stage.ACCEPTED}:
            continue
        if row.version is not None and subject.version != row.version:
            raise Outdated(subject)
        values = {name: row.values[name] for name in names}
        may_lie(values)
        if problems := [*blocked_in(register, values), *check(row.values, subject)]:
            raise Refused(at_row(number, problems))
        before, found_by = snapshot(register, subject, places), searched(register, subject)
        for name in names:
            setattr(subject, name, values[name])
        if stage == Stage.ACCEPTED:
            stage = stage_of(subject)  # the place may be another now
        spell(register, subject)
        subject.stage = stage
        subject.version += 1
        changed.append(_Changed(number, subject, row.values, names, before, was, found_by))
    return changed


@action
def void_many(
    register: Register, subjects: Sequence[Any], *, by: Any, void: bool, reason: str = ""
) -> list[Any]:
    """Void records entered by mistake or bring them back, all or none; return them as they are now.

    Raises NotYours, and Refused without a reason, or when one that is brought back would break a
    rule.
    """
    if register.lock is not None and not void:
        for subject in subjects:
            register.lock(subject)
    held = _held(register, [each.pk for each in subjects])
    turned = [each for each in held.values() if each.void != void]
    may = permitted_among(by, Act.VOID if void else Act.RESTORE, register, list(held))
    if any(each.pk not in may for each in turned):
        raise NotYours
    if not turned:
        unchanged()
        return [held[each.pk] for each in subjects]
    if void and not reason.strip():
        raise Refused(Problem("registers.no_reason", _("写一句作废的原因"), "reason"))
    refuse_unsealed(register)
    refuse_if(blocked_in_text(reason, _("原因"), "reason"))
    if not void:
        _refuse_bringing_back(register, turned)
    was = {each.pk: each.stage for each in turned}
    for each in counted(turned, "void"):
        if void and each.stage != Stage.ACCEPTED:
            each.stage = Stage.DRAFT  # nobody is asked to accept what is void
        each.void = void
        each.version += 1
    _write(register, turned, {"void", "stage", "version", "changed_at"})
    if not void:
        refuse_each_other(
            register, [Judged(at, each, BROUGHT_BACK) for at, each in enumerate(turned)]
        )
    place_of, places = places_of(register), names_of_places(register, turned)
    record_many(
        by,
        f"{register.key}.{'voided' if void else 'restored'}",
        (Told(each, place_of(each), {"void": not void}, {"void": void}) for each in turned),
        reason=reason,
        personal=personal_of(register),
    )
    fields = [snapshot(register, each, places) for each in turned]
    told = zip(turned, fields, strict=True)
    tell(*(Written(register, each, by, kept, kept, was[each.pk]) for each, kept in told))
    return [held[each.pk] for each in subjects]


def _refuse_bringing_back(register: Register, subjects: Sequence[Any]) -> None:
    """Refuse to bring back what was merged, or what another took the place of in the meantime."""
    numbers = [each.pk for each in subjects]
    for chunk in _chunks(numbers):
        merged = Merging.objects.filter(register=register.key, absorbed_id__in=chunk)
        refuse_if(still_merged(exists=merged.exists()))
    check = register.checks_of([as_it_becomes(each, BROUGHT_BACK) for each in subjects])
    refuse_if(problem for each in subjects for problem in check(BROUGHT_BACK, each))


def _held(register: Register, numbers: Sequence[int]) -> dict[int, Any]:
    """Return records by number, locked, with what they refer to; in the order of the numbers."""
    rows = register.model._default_manager.select_for_update(of=("self",)).order_by("pk")
    rows = rows.select_related(*links_told(register))
    found: dict[int, Any] = {}
    for chunk in _chunks(sorted(numbers)):
        found |= {each.pk: each for each in rows.filter(pk__in=chunk)}
    if not all(number in found for number in numbers):
        raise ObjectDoesNotExist
    return {number: found[number] for number in numbers}


def _write(register: Register, subjects: Sequence[Any], names: set[str]) -> None:
    """Write records whose version was raised by one; raises Outdated where it was not the last."""
    model = register.model
    now, key = timezone.now(), model._meta.pk.attname
    columns = sorted({model._meta.get_field(name).attname for name in names})  # type: ignore[union-attr]
    for each in subjects:
        each.changed_at = now
    values = attrgetter(*columns)
    rows = ((each.pk, each.version - 1, *values(each)) for each in subjects)
    if update(model, (key, "version"), columns, rows) != len(subjects):
        raise Outdated(subjects[0])


def _index(register: Register, changed: Sequence[_Changed]) -> None:
    """Bring the search index up to the records that are found by something else now."""
    told = [(each.subject.pk, searched(register, each.subject), each.found_by) for each in changed]
    moved = [(number, texts) for number, texts, before in told if texts != before]
    for chunk in _chunks([number for number, _texts in moved]):
        Piece.objects.filter(register=register.key, subject_id__in=chunk).delete()
    put(register, moved)


def _out_of_sight(register: Register, subjects: Sequence[Any], by: Any) -> Iterator[Problem]:
    """Refuse changes after which whoever makes them would no longer see the record."""
    hidden = [each.pk for each in subjects if each.sensitivity == Sensitivity.RESTRICTED]
    if (
        by is not None
        and hidden
        and len(permitted_among(by, Act.SEE, register, hidden)) < len(hidden)
    ):
        yield out_of_sight()


def _record(register: Register, by: Any, told: Iterator[tuple[_Changed, Written]]) -> None:
    """Leave an entry for each change: of the fields that differ."""
    place_of: Callable[[Any], int] = places_of(register)

    def verb(each: tuple[_Changed, Written]) -> str:
        return f"{register.key}.{'changed' if each[0].names else 'submitted'}"

    def entry(changed: _Changed, written: Written) -> Told:
        before, after = changed.before, written.after
        differ = [name for name in after if before.get(name) != after[name]]
        return Told(
            changed.subject,
            place_of(changed.subject),
            {name: before.get(name) for name in differ},
            {name: after[name] for name in differ},
        )

    for said, group in groupby(told, key=verb):
        record_many(by, said, (entry(*each) for each in group), personal=personal_of(register))


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(numbers), AT_ONCE):
        yield numbers[at : at + AT_ONCE]
