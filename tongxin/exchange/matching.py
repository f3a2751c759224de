"""Which records a sheet speaks of: known again by number, or by what its register is known by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from tongxin.divisions.queries import names_on
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.permissions import permitted, visible_to

CHUNK = 500
BLANK = ""
Key = tuple[int, tuple[Any, ...]]


@dataclass(slots=True)
class Existing:
    """The records that rows may mean, loaded once."""

    by_key: dict[Key, list[Any]] = field(default_factory=dict)
    by_number: dict[int, Any] = field(default_factory=dict)
    may_change: set[int] = field(default_factory=set)
    may_restore: set[int] = field(default_factory=set)
    parents: dict[str, list[Any]] = field(default_factory=dict)

    def meant(self, keys: Sequence[Key]) -> list[Any]:
        """Return the records known by the first key that any is known by; those in force first."""
        for key in keys:
            found = self.by_key.get(key, ())
            if found:
                standing = [each for each in found if not each.void]
                return standing or list(found)
        return []

    def sole(self, number: int | None, keys: Sequence[Key]) -> Any:
        """Return the one record meant by a number, or else by keys; None for a new one, or two."""
        if number in self.by_number:
            return self.by_number[number]
        meant = self.meant(keys)
        return meant[0] if len(meant) == 1 else None


def keys_of(register: Register, values: Mapping[str, Any]) -> list[Key]:
    """Return the keys that a row states all of; the first field of each must not be blank."""
    keys = []
    for number, names in enumerate(register.known_by):
        if all(name in values for name in names) and values[names[0]] not in (None, ""):
            keys.append((number, tuple(_settled(values[name]) for name in names)))
    return keys


def existing(
    register: Register, asker: Any, keys: Iterable[Key], numbers: Iterable[int]
) -> Existing:
    """Load the records in sight that have one of these keys or numbers. A query for each 500."""
    found = Existing()
    rows = visible_to(asker.user, register).select_related(*links_of(register))
    if register.within:
        rows = rows.filter(**{register.within: asker.programme})
    for number, names in enumerate(register.known_by):
        wanted = {key[1] for key in keys if key[0] == number}
        for record in _loaded(rows, names, wanted):
            key = tuple(_settled(getattr(record, name)) for name in names)
            if key in wanted:
                found.by_key.setdefault((number, key), []).append(record)
    for chunk in _chunks(sorted(set(numbers))):
        found.by_number |= {record.pk: record for record in rows.filter(pk__in=chunk)}
    _ask_acts(register, asker, found)
    return found


def _ask_acts(register: Register, asker: Any, found: Existing) -> None:
    numbers = {record.pk for records in found.by_key.values() for record in records}
    for chunk in _chunks(sorted(numbers | found.by_number.keys())):
        for act, answers in ((Act.CHANGE, found.may_change), (Act.RESTORE, found.may_restore)):
            rows = permitted(asker.user, act, register).filter(pk__in=chunk)
            answers.update(rows.values_list("pk", flat=True))


def _loaded(
    rows: models.QuerySet[Any], names: Sequence[str], wanted: set[tuple[Any, ...]]
) -> Iterator[Any]:
    """Fetch by the part of the keys that has the most values."""
    if not wanted:
        return
    stated = [at for at in range(len(names)) if all(key[at] != BLANK for key in wanted)]
    lead = max(stated, key=lambda at: len({key[at] for key in wanted}))
    for chunk in _chunks(sorted({key[lead] for key in wanted}, key=str)):
        yield from rows.filter(**{f"{names[lead]}__in": chunk})


def parents(register: Register, asker: Any, texts: Iterable[str]) -> dict[str, list[Any]]:
    """Return for each text the records it may mean as the parent of a row."""
    link: Any = register.model._meta.get_field(register.parent)
    other = declaration.of(link.related_model)
    wanted = {text: text.rpartition("/")[2].strip() for text in texts if text}
    rows = permitted(asker.user, Act.CHANGE, other).select_related(*links_of(other))
    if other.within:
        rows = rows.filter(**{other.within: asker.programme})
    by_name: dict[str, list[Any]] = {}
    for chunk in _chunks(sorted({*wanted, *wanted.values()})):
        for record in rows.filter(name__in=chunk):
            by_name.setdefault(record.name, []).append(record)
    return {
        text: by_name.get(text) or _in_place(other, text, by_name.get(last, []), asker)
        for text, last in wanted.items()
    }


def _in_place(register: Register, text: str, found: list[Any], asker: Any) -> list[Any]:
    """Keep those that lie in the place which a text like 北镇/示范点 names before its stroke."""
    place = text.rpartition("/")[0].strip()
    if not place or register.place != "division":
        return []
    names = names_on({each.division_id for each in found}, asker.day_of_map)
    return [each for each in found if names[each.division_id] == place]


def links_of(register: Register) -> list[str]:
    """The fields that lead to other rows, fetched along: a comparison must ask nothing."""
    return [
        each.name
        for each in register.model._meta.concrete_fields
        if (isinstance(each, models.ForeignKey) and each.editable) or each.name == register.parent
    ]


def _settled(value: Any) -> Any:
    """Return a value as it is compared; nothing recorded is one thing, however it is kept."""
    if value is None:
        return BLANK
    return value.pk if isinstance(value, models.Model) else value


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(items), CHUNK):
        yield items[at : at + CHUNK]
