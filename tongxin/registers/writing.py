"""What the three acts on a record share: its name, its place, its index, how far it has come."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models

from tongxin.core.errors import NotYours
from tongxin.core.text import initials, pieces, sort_key
from tongxin.core.words import in_source_language
from tongxin.divisions.models import Division, Version
from tongxin.journal.actions import action, record

from .choices import Stage
from .declaration import Register
from .models import Piece, Submission
from .permissions import division_of, may_enter_under, places_of, stands_at_once
from .rules import stage_after

UNTOLD = frozenset({"entered_at", "changed_at"})


def stage_written(register: Register, subject: Any, by: Any, *, draft: bool) -> Stage:
    """Return how far a record has come once somebody has written it; what the system loads counts.

    `subject` stands as it was before, or is new and not saved yet.
    """
    now = None if subject.pk is None else subject.stage
    if by is None:
        return Stage(now or Stage.ACCEPTED)
    alone = stands_at_once(by, register, division_of(register, subject))
    return stage_after(now, alone=alone, draft=draft and register.reviewed)


def stages_written(register: Register, by: Any) -> Callable[[Any], Stage]:
    """Return `stage_written` for many records: the same place is asked about once."""
    place_of = places_of(register)
    alone: dict[int, bool] = {}

    def written(subject: Any) -> Stage:
        now = None if subject.pk is None else subject.stage
        if by is None:
            return Stage(now or Stage.ACCEPTED)
        place = place_of(subject)
        if place not in alone:
            alone[place] = stands_at_once(by, register, place)
        return stage_after(now, alone=alone[place], draft=False)

    return written


@action
def set_stages(  # noqa: PLR0913  the facts of an entry
    register: Register,
    placed: Sequence[tuple[Any, int]],
    stage: Stage,
    *,
    by: Any,
    verb: str,
    reason: str = "",
) -> None:
    """Write how far some records have come, each given with its division; their text stays.

    The caller holds their locks. One query for any number, and an entry for each.
    """
    numbers = [subject.pk for subject, _place in placed]
    register.model._default_manager.filter(pk__in=numbers).update(stage=stage)
    for subject, place in placed:
        was, subject.stage = subject.stage, stage
        moved = was != stage
        record(
            by,
            f"{register.key}.{verb}",
            subject,
            before={"stage": was} if moved else None,
            after={"stage": stage} if moved else None,
            place=place,
            reason=reason,
            personal=personal_of(register),
        )


def snapshot(
    register: Register, subject: Any, places: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """Return a record's fields as the journal keeps them: related records with number and name.

    `places` gives the names of divisions where they have been looked up for many records.
    """
    kept: dict[str, Any] = {}
    for name, column, related in _told_fields(register.model):
        value = getattr(subject, column)
        if related is not None and value is not None:
            known = places and related is Division and places.get(value)
            value = {"id": value, "text": known or _text_of(getattr(subject, name))}
        kept[name] = value
    return kept


@cache
def _told_fields(model: type[models.Model]) -> tuple[tuple[str, str, Any], ...]:
    """Return the fields that the journal tells of: name, column, and the model they refer to."""
    return tuple(
        (each.name, each.attname, each.related_model if each.is_relation else None)
        for each in model._meta.concrete_fields
        if not each.primary_key and each.editable and each.name not in UNTOLD
    )


def places_told(register: Register, subject: Any) -> Iterator[int]:
    """Return the numbers of the divisions that the journal tells of with a record."""
    for _name, column, related in _told_fields(register.model):
        if related is Division and (number := getattr(subject, column)) is not None:
            yield number


def links_told(register: Register) -> list[str]:
    """Return the links to fetch along with many records, so that none is asked for by itself."""
    names = {name for name, _column, related in _told_fields(register.model) if related}
    way, _stroke, _last = register.place.rpartition("__")
    return sorted(names | ({way} if way else set()))


def personal_of(register: Register) -> tuple[str, ...]:
    """Return the fields that the journal keeps apart; a personal name is also the record's."""
    also = ("subject_name",) if "name" in register.personal else ()
    return (*register.personal, *also)


def received(register: Register, by: Any, key: UUID) -> Any:
    """Return the record that a form with this key has already made, if any."""
    receipt = Submission.objects.filter(key=key, account=by, register=register.key).first()
    if receipt is None or receipt.subject_id is None:
        return None
    return register.model._default_manager.filter(pk=receipt.subject_id).first()


def check_place(register: Register, by: Any, values: Mapping[str, Any]) -> None:
    """Refuse a record that would lie where the actor holds nothing."""
    if by is None:
        return
    first = register.place.split("__", maxsplit=1)[0]
    if first not in values:
        return
    if not may_enter_under(by, register, values[first]):
        raise NotYours


def places_checked(register: Register, by: Any) -> Callable[[Mapping[str, Any]], None]:
    """Return `check_place` for many records: the same place is asked about once."""
    first = register.place.split("__", maxsplit=1)[0]
    asked: set[tuple[type, Any]] = set()

    def check(values: Mapping[str, Any]) -> None:
        if by is None or first not in values:
            return
        holder = values[first]
        known = (type(holder), getattr(holder, "pk", None))
        if known not in asked:
            check_place(register, by, values)
            asked.add(known)

    return check


def spell(register: Register, subject: Any) -> None:
    """Give a record its name, where it is put together, and the key and letters it is found by."""
    if register.naming is not None:
        # The name is kept, so it is put together in one language, whoever enters the record.
        with in_source_language():
            subject.name = register.naming(subject)
    subject.sort_key = sort_key(subject.name)
    subject.initials = initials(subject.name)


def index(register: Register, subject: Any) -> None:
    """Bring the search index of one record up to its name."""
    wanted = pieces(*(str(getattr(subject, name)) for name in register.search), subject.initials)
    rows = Piece.objects.filter(register=register.key, subject_id=subject.pk)
    kept = set(rows.values_list("text", flat=True))
    if gone := kept - wanted:
        rows.filter(text__in=gone).delete()
    Piece.objects.bulk_create(
        Piece(register=register.key, text=text, subject_id=subject.pk)
        for text in sorted(wanted - kept)
    )


def _text_of(related: Any) -> str:
    if isinstance(related, Division):
        last = Version.objects.filter(division=related).order_by("-until").first()
        return last.name if last else related.key
    return str(related)
