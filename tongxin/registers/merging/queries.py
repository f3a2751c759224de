"""Records that may be one, and what a merger would move. Only among what one sees."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import reverse

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.text import sort_key
from tongxin.divisions.queries import names_on
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.leading import first_of_places
from tongxin.registers.likeness import Ground, Told, ground, pairs_of
from tongxin.registers.models import Merging, Record
from tongxin.registers.ordering import PLAIN, beyond, start_of, token_of
from tongxin.registers.permissions import division_of, permitted, visible_to
from tongxin.registers.seeking import pieces_held

from .words import GROUNDS

SHOWN = 10
CANDIDATES = 40
RARE = 500
"""A pair that more names have tells them apart no more."""
WINDOW = 500
NEIGHBOURS = 4
BY_NAME = PLAIN["name"]


@dataclass(frozen=True, slots=True)
class Like:
    """A record that may be the same as another: which, where, and why."""

    pk: int
    name: str
    place: str
    ground: Ground
    url: str

    @property
    def why(self) -> Any:
        """Why it may be the same, in words."""
        return GROUNDS[self.ground]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, whether the account may merge them, and why they are named."""

    one: Like
    other: Like
    ground: Ground
    may_merge: bool

    @property
    def why(self) -> Any:
        """Why the two are named, in words."""
        return GROUNDS[self.ground]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs among some records in the order of their names, and where to go on."""

    pairs: tuple[Pair, ...]
    last: str
    following: str


def told_of(register: Register, values: Mapping[str, Any]) -> Told:
    """Return what is compared of the values of a record that is not entered yet."""
    name = str(values.get("name", ""))
    place = getattr(values.get("division"), "pk", None)
    codes = tuple(str(values.get(code, "")) for code in register.codes)
    return Told(name, sort_key(name), place, codes)


def told_of_record(register: Register, record: Any) -> Told:
    """Return what is compared of a record."""
    codes = tuple(getattr(record, code) for code in register.codes)
    return Told(record.name, record.sort_key, division_of(register, record), codes)


def like(
    account: Any, register: Register, told: Told, of: Any = None, *, day: dt.date
) -> list[Like]:
    """Return the records in force, in sight of an account, that may be the one told of.

    `of` is the programme within which this register lies, or the record itself. One query for each
    pair of the name, and three.
    """
    rows = _in_force(account, register)
    if isinstance(of, Record):
        rows = rows.exclude(pk=of.pk)
    programme = getattr(of, register.within, of) if isinstance(of, Record) else of
    if register.within and programme is not None:
        rows = rows.filter(**{register.within: programme})
    condition = models.Q(sort_key=told.sound) | models.Q(pk__in=_sharing(register, told.name))
    for field, code in zip(register.codes, told.codes, strict=True):
        if code:
            condition |= models.Q(**{field: code})
    found = [
        (row[0], _told(row)) for row in rows.filter(condition).values_list(*_told_by(register))
    ]
    grounds = [(pk, each, why) for pk, each in found if (why := ground(told, each)) is not None]
    grounds.sort(key=lambda one: (one[2], one[1].place != told.place, one[1].sound))
    names = _names([each for _pk, each, _why in grounds[:SHOWN]], day)
    return [_like(register, pk, each, why, names) for pk, each, why in grounds[:SHOWN]]


def pairs(account: Any, register: Register, programme: Any, after: str, *, day: dt.date) -> Pairs:
    """Return the pairs among the next records by name; those that begin alike stand side by side.

    A fixed number of records is read, so that the first page costs the same in any register.
    """
    rows = _in_force(account, register, by_place=standing(account).is_partial(Power.VIEW))
    if register.within:
        rows = rows.filter(**{register.within: programme})
    start = start_of(register, BY_NAME, after)
    if start is not None:
        rows = rows.filter(beyond(BY_NAME, start, upwards=True, rows=rows))
    order: list[Any] = ["sort_key", "id"]
    if standing(account).is_partial(Power.VIEW):
        rows, order = first_of_places(register, rows, BY_NAME, WINDOW + NEIGHBOURS, down=False)
    read = list(rows.order_by(*order).values_list(*_told_by(register))[: WINDOW + NEIGHBOURS])
    known = [(row[0], _told(row)) for row in read]
    found = list(_neighbours(known))
    mergeable = _mergeable(
        account, register, {pk for one, other, _why in found for pk in (one, other)}
    )
    names = _names([each for _pk, each in known], day) if found else {}
    by_pk = dict(known)
    made = tuple(
        Pair(
            _like(register, one, by_pk[one], why, names),
            _like(register, other, by_pk[other], why, names),
            why,
            {one, other} <= mergeable,
        )
        for one, other, why in found
    )
    if len(known) <= WINDOW:
        return Pairs(made, "", "")
    last_pk, last = known[WINDOW - 1]
    return Pairs(made, last.name, token_of((last.sound, last_pk)))


def _neighbours(known: list[tuple[int, Told]]) -> Iterator[tuple[int, int, Ground]]:
    """Compare each record of a window with those behind it, also with the first of the next."""
    for at, (pk, told) in enumerate(known[:WINDOW]):
        for other, beside in known[at + 1 : at + 1 + NEIGHBOURS]:
            if (why := ground(told, beside)) is not None:
                yield pk, other, why


def _mergeable(account: Any, register: Register, numbers: set[int]) -> set[int]:
    """Return which of some records an account may merge: it may void them. One query."""
    if not numbers:
        return set()
    rows = permitted(account, Act.VOID, register).filter(pk__in=numbers)
    return set(rows.values_list("pk", flat=True))


def _in_force(account: Any, register: Register, *, by_place: bool = False) -> models.QuerySet[Any]:
    return visible_to(account, register, by_place=by_place).filter(void=False)


def _sharing(register: Register, name: str) -> list[int]:
    """Return the records that share most pairs of a name, of the pairs that few names have."""
    counted: Counter[int] = Counter()
    for pair in sorted(pairs_of(name)):
        held = pieces_held(register, pair).values_list("subject_id", flat=True)[: RARE + 1]
        numbers = list(held)
        if len(numbers) <= RARE:
            counted.update(set(numbers))
    return [pk for pk, _shared in counted.most_common(CANDIDATES)]


def _told_by(register: Register) -> tuple[str, ...]:
    return ("id", "name", "sort_key", f"{register.place}_id", *register.codes)


def _told(row: tuple[Any, ...]) -> Told:
    _pk, name, sound, place, *codes = row
    return Told(name, sound, place, tuple(codes))


def _names(told: list[Told], day: dt.date) -> Mapping[int, str]:
    places = {each.place for each in told if each.place is not None}
    return names_on(places, day) if places else {}


def _like(register: Register, pk: int, told: Told, why: Ground, names: Mapping[int, str]) -> Like:
    url = reverse("registers:record", args=[register.key, pk])
    return Like(pk, told.name, names.get(told.place or 0, ""), why, url)


@cache
def references_to(model: type[models.Model]) -> tuple[tuple[type[models.Model], str], ...]:
    """Return every table and field that refers to records of a model, also those without a name."""
    return tuple(
        (other, field.name)
        for other in apps.get_models()
        for field in other._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is model
    )


@cache
def told_by_number() -> tuple[type[models.Model], ...]:
    """Return the tables of higher rooms that name a record by register and number, and go with it.

    Each says by `moves_with_its_record` which of its rows do; a row that would then say the same
    twice keeps the two apart, unless its `stays_where_doubled` lets it stay where it is.
    """
    return tuple(each for each in apps.get_models() if hasattr(each, "moves_with_its_record"))


def moving(account: Any, register: Register, record: Any) -> list[tuple[Register, int]]:
    """Return how many records of each register, in sight of an account, refer to a record."""
    counted = []
    for model, link in references_to(register.model):
        if not issubclass(model, Record):
            continue
        other = declaration.of(model)
        number = visible_to(account, other).filter(**{link: record}).count()
        if number:
            counted.append((other, number))
    return counted


def merging_of(register: Register, record: Any) -> Merging | None:
    """Return how a record was merged into another, if it was. One query."""
    return Merging.objects.filter(register=register.key, absorbed_id=record.pk).first()


def survivor_of(account: Any, register: Register, merging: Merging) -> Any:
    """Return the record that stands in the place of another, where an account sees it."""
    return visible_to(account, register).filter(pk=merging.survivor_id).first()


def absorbed_by(account: Any, register: Register, record: Any) -> list[Any]:
    """Return the records that were merged into one, in sight of an account. One query, or two."""
    rows = Merging.objects.filter(register=register.key, survivor_id=record.pk)
    numbers = list(rows.values_list("absorbed_id", flat=True))
    return list(visible_to(account, register).filter(pk__in=numbers)) if numbers else []
