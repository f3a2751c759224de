"""Merging two records that are one, and parting them again."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from tongxin.accounts.choices import Sensitivity
from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.files.models import Attachment
from tongxin.journal.actions import action, record
from tongxin.registers import declaration
from tongxin.registers.actions import refuse_out_of_sight, refuse_unsealed
from tongxin.registers.choices import Act, Stage
from tongxin.registers.declaration import Register
from tongxin.registers.models import Merging, Record
from tongxin.registers.permissions import division_of, may, stands_at_once
from tongxin.registers.writing import index, personal_of, snapshot, spell

from .queries import merging_of, references_to, told_by_number

PLACE = ("division", "place_text", "place_state")
DERIVED = ("name", "sort_key", "initials", "version", "changed_at")
STRICTER = tuple(Sensitivity)


def mergeable_fields(register: Register) -> tuple[str, ...]:
    """Return the fields of which a merger asks whose value stays; a place is asked as a whole."""
    placed = ("division",) if register.place == "division" else ()
    return (*register.form._meta.fields, *placed, "sensitivity")


@action
def merge(  # noqa: PLR0913  two records, and what was read of them
    register: Register,
    survivor: Any,
    absorbed: Any,
    *,
    by: Any,
    taken: Collection[str] = (),
    versions: tuple[int, int] | None = None,
) -> Any:
    """Let one record stand for two: what pointed to the other points to it from now on.

    `taken` names the fields whose value comes from the absorbed record, `versions` those that were
    read of both. Raises NotYours unless the actor may void either, Outdated, Refused.
    """
    survivor, absorbed = _locked(register, survivor.pk, absorbed.pk)
    for each in (survivor, absorbed):
        if each.void or (by is not None and not may(by, Act.VOID, register, each)):
            raise NotYours
    if versions is not None:
        for each, version in zip((survivor, absorbed), versions, strict=True):
            if each.version != version:
                raise Outdated(each)
    refuse_unsealed(register)
    refuse_if(apart_problems(register, survivor, absorbed))
    refuse_if(acceptance_problems(register, (survivor, absorbed), by))
    names = [name for name in _columns(taken) if _kept(survivor, name) != _kept(absorbed, name)]
    before = {name: _kept(survivor, name) for name in names}
    seen = snapshot(register, survivor)
    _set_void(absorbed, void=True)
    for name in names:
        setattr(survivor, name, getattr(absorbed, name))
    refuse_if(register.problems({}, survivor))
    _save(register, survivor, names)
    refuse_out_of_sight(register, survivor, by)
    moved = [*_move(register, absorbed, survivor, by), _move_papers(register, absorbed, survivor)]
    moved += _move_told(register, absorbed, survivor)
    after = {name: _kept(survivor, name) for name in names}
    Merging.objects.create(
        register=register.key,
        absorbed_id=absorbed.pk,
        survivor_id=survivor.pk,
        before=before,
        after=after,
        moved=moved,
    )
    _record_both(register, survivor, absorbed, by, seen, "merged")
    return survivor


@action
def unmerge(register: Register, absorbed: Any, *, by: Any) -> Any:
    """Part two records that were merged: each is again what it was, and points where it did.

    Raises NotYours unless the actor may restore the one and void the other; Refused where anything
    that the merger touched has been changed since.
    """
    merging = merging_of(register, absorbed)
    if merging is None:
        raise NotYours
    survivor, absorbed = _locked(register, merging.survivor_id, absorbed.pk)
    for act, each in ((Act.VOID, survivor), (Act.RESTORE, absorbed)):
        if by is not None and not may(by, act, register, each):
            raise NotYours
    refuse_unsealed(register)
    refuse_if(changed_problems(merging, survivor))
    refuse_if(acceptance_problems(register, (survivor, absorbed), by))
    seen = snapshot(register, survivor)
    for name, value in merging.before.items():
        field: Any = register.model._meta.get_field(name)
        setattr(survivor, field.attname, field.to_python(value))
    _save(register, survivor, list(merging.before))
    _set_void(absorbed, void=False)
    refuse_if([*register.problems({}, survivor), *register.problems({}, absorbed)])
    for part in merging.moved:
        _move_back(part, absorbed, by)
    merging.delete()
    _record_both(register, survivor, absorbed, by, seen, "unmerged")
    return absorbed


def apart_problems(register: Register, one: Any, other: Any) -> Iterator[Problem]:
    """Say what forbids that two records are one: they belong to different programmes."""
    if register.within and _kept(one, register.within) != _kept(other, register.within):
        words = _("两条记录属于不同的工作，不能合并")
        yield Problem("registers.other_programme", words)


def acceptance_problems(register: Register, both: Collection[Any], by: Any) -> Iterator[Problem]:
    """Say what stands open: one of two is being reviewed, or the actor does not accept for them.

    A merger changes what counts; so it is done by who could accept it, and waits for no review.
    """
    for each in both:
        if each.stage == Stage.SUBMITTED:
            words = _("“%(name)s”正在审核。审核办完，再合并")
            yield Problem("registers.waits", words % {"name": each.name})
        place = division_of(register, each)
        if by is not None and not stands_at_once(by, register, place):
            words = _("合并会改已通过的“%(name)s”。由能审核它的上级来办")
            yield Problem("registers.accepted_above", words % {"name": each.name})


def changed_problems(merging: Merging, survivor: Any) -> Iterator[Problem]:
    """Say what was changed since a merger, so that it cannot be undone by itself."""
    for name, value in merging.after.items():
        field: Any = survivor._meta.get_field(name)
        if getattr(survivor, field.attname) != field.to_python(value):
            words = _("合并后改过“%(field)s”，不能撤销合并。把它改回去，或分别修改两条记录")
            yield Problem("registers.changed_since", words % {"field": field.verbose_name}, name)
    for part in merging.moved:
        model = apps.get_model(part["model"])
        rows = {row[0]: row for row in part["rows"]}
        found = model._default_manager.filter(**{part["link"]: survivor.pk}, pk__in=rows)
        same = [each for each in found if _version_of(each) == rows[each.pk][1]]
        if len(same) != len(rows):
            words = _("合并时改指过来的记录，后来又改过或移走了，不能撤销合并。分别修改它们")
            yield Problem("registers.moved_since", words)


def _version_of(row: Any) -> int:
    """Return which version of itself a row is; 0 where it does not count them."""
    counted = (getattr(row, name, None) for name in ("revision", "version"))
    return next((number for number in counted if isinstance(number, int)), 0)


def _locked(register: Register, *numbers: int) -> list[Any]:
    """Lock some records, always in the order of their numbers; return them as asked for."""
    rows = register.model._default_manager.select_for_update().filter(pk__in=numbers)
    found = {each.pk: each for each in rows.order_by("pk")}
    if len(found) != len(set(numbers)) or len(found) != len(numbers):
        raise NotYours
    return [found[number] for number in numbers]


def _columns(taken: Collection[str]) -> list[str]:
    """Return the fields behind the choices made; a place is more than its division."""
    return [name for each in taken for name in (PLACE if each == "division" else (each,))]


def _kept(subject: Any, name: str) -> Any:
    """Return a value as the row of a merger keeps it: related records by number."""
    return getattr(subject, subject._meta.get_field(name).attname)


def _save(register: Register, subject: Any, names: Collection[str]) -> None:
    spell(register, subject)
    subject.version += 1
    subject.save(update_fields=[*names, *DERIVED])
    index(register, subject)


def _set_void(subject: Any, *, void: bool) -> None:
    subject.void = void
    subject.version += 1
    subject.save(update_fields=["void", "version", "changed_at"])


def _move(register: Register, absorbed: Any, survivor: Any, by: Any) -> list[dict[str, Any]]:
    """Let everything that points to one record point to the other; return what was moved.

    Of two that would then say the same twice, where the table forbids it, the moved one is voided.
    What is no record and would stand twice stays where it is.
    """
    moved = []
    for model, link in references_to(register.model):
        rows = []
        for row in model._default_manager.select_for_update().filter(**{link: absorbed}):
            doubled = _doubled(row, link, survivor)
            if isinstance(row, Record):
                voided = doubled and not row.void
                _repoint(row, link, survivor, by, void=row.void or voided)
                rows.append([row.pk, row.version, voided])
            elif not doubled:
                setattr(row, link, survivor)
                row.save(update_fields=[link])
                rows.append([row.pk, 0, False])
        if rows:
            moved.append({"model": model._meta.label_lower, "link": link, "rows": rows})
    return moved


def _doubled(row: Any, link: str, survivor: Any) -> bool:
    """Whether a constraint forbids that a row says the same of another record."""
    for constraint in row._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or link not in constraint.fields:
            continue
        same = {name: _kept(row, name) for name in constraint.fields if name != link}
        rows = row._meta.default_manager.filter(constraint.condition or Q(), **same)
        if rows.filter(**{link: survivor}).exclude(pk=row.pk).exists():
            return True
    return False


def _repoint(row: Any, link: str, to: Any, by: Any, *, void: bool) -> None:
    """Let a record point to another, with an entry in its own history."""
    register = declaration.of(type(row))
    before: dict[str, Any] = {link: _pointed(getattr(row, link)), "void": row.void}
    setattr(row, link, to)
    row.void = void
    spell(register, row)
    row.version += 1
    row.save(update_fields=[link, "void", *DERIVED])
    index(register, row)
    after = {link: _pointed(to), "void": void}
    differ = [name for name in after if before[name] != after[name]]
    record(
        by,
        f"{register.key}.repointed",
        row,
        before={name: before[name] for name in differ},
        after={name: after[name] for name in differ},
        place=division_of(register, row),
        personal=personal_of(register),
    )


def _pointed(related: Any) -> dict[str, Any]:
    return {"id": related.pk, "text": str(related)}


def _move_papers(register: Register, absorbed: Any, survivor: Any) -> dict[str, Any]:
    """Bring the attachments over, none of them more open than its record was."""
    rows = []
    papers = Attachment.objects.select_for_update().filter(register=register.key)
    for paper in papers.filter(subject_id=absorbed.pk).order_by("pk"):
        rows.append([paper.pk, 0, paper.sensitivity])
        levels = (paper.sensitivity, absorbed.sensitivity)
        paper.subject_id, paper.sensitivity = survivor.pk, max(levels, key=STRICTER.index)
        paper.save(update_fields=["subject_id", "sensitivity", "changed_at"])
    return {"model": Attachment._meta.label_lower, "link": "subject_id", "rows": rows}


def _move_told(register: Register, absorbed: Any, survivor: Any) -> list[dict[str, Any]]:
    """Bring over what names the record by its number; refuse where the table forbids both."""
    moved = []
    for model in told_by_number():
        rows = []
        held: Any = model._default_manager.select_for_update().filter(
            register=register.key, subject_id=absorbed.pk
        )
        for row in held.filter(model.moves_with_its_record).order_by("pk"):  # type: ignore[attr-defined]
            if _doubled(row, "subject_id", survivor.pk):
                if getattr(row, "stays_where_doubled", False):
                    continue
                words = _("两条记录都有没办完的“%(name)s”。先办完或撤回一份，再合并")
                raise Refused(Problem("registers.told_twice", words % {"name": row}))
            row.subject_id = survivor.pk
            row.save(update_fields=["subject_id"])
            rows.append([row.pk, _version_of(row), None])
        if rows:
            moved.append({"model": model._meta.label_lower, "link": "subject_id", "rows": rows})
    return moved


def _move_back(part: Mapping[str, Any], absorbed: Any, by: Any) -> None:
    """Let what was moved point where it did; it stands as `changed_problems` has seen it."""
    model = apps.get_model(part["model"])
    kept = {row[0]: row[2] for row in part["rows"]}
    for row in model._default_manager.select_for_update().filter(pk__in=kept):
        if isinstance(row, Record):
            _repoint(row, part["link"], absorbed, by, void=row.void and not kept[row.pk])
        elif isinstance(row, Attachment):
            row.subject_id, row.sensitivity = absorbed.pk, kept[row.pk]
            row.save(update_fields=["subject_id", "sensitivity", "changed_at"])
        else:
            told = part["link"] == "subject_id"
            setattr(row, part["link"], absorbed.pk if told else absorbed)
            row.save(update_fields=[part["link"]])


def _record_both(  # noqa: PLR0913, PLR0917  the facts of two entries
    register: Register,
    survivor: Any,
    absorbed: Any,
    by: Any,
    seen: Mapping[str, Any],
    verb: str,
) -> None:
    """Leave an entry on either record; each names the other by number only.

    Who reads the one may not know of the other.
    """
    now = snapshot(register, survivor)
    differ = [name for name in now if seen.get(name) != now[name]]
    record(
        by,
        f"{register.key}.{verb}",
        survivor,
        before={name: seen.get(name) for name in differ},
        after={name: now[name] for name in differ},
        place=division_of(register, survivor),
        personal=personal_of(register),
        absorbed=absorbed.pk,
    )
    record(
        by,
        f"{register.key}.{verb}",
        absorbed,
        before={"void": not absorbed.void},
        after={"void": absorbed.void},
        place=division_of(register, absorbed),
        personal=personal_of(register),
        survivor=survivor.pk,
    )
