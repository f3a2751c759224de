"""What the rules of a register look up of other records, for many rows together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models

CHUNK = 500
IN_FORCE = models.Q(void=False)
Taken = Callable[[Mapping[str, Any], Any], bool]
"""Whether another record in force already says what some values (and a record) would say."""


def together(
    numbers: Iterable[int], load: Callable[[Iterable[int]], Mapping[int, Any]]
) -> Callable[[int], Any]:
    """Return what tells what belongs to a number (None: nothing): loaded for all when first asked.

    A number that is not among them is looked up by itself.
    """
    waiting, found = set(numbers), dict[int, Any]()

    def belongs(number: int) -> Any:
        if number not in found:
            wanted = waiting | {number}
            found.update(dict.fromkeys(wanted) | dict(load(wanted)))
            waiting.clear()
        return found[number]

    return belongs


def as_it_becomes(record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that a record says once `values` are written; what it refers to as numbers.

    A new record (None) says the values alone.
    """
    if record is None:
        return dict(values)
    fields = record._meta.concrete_fields
    return {**{field.name: getattr(record, field.attname) for field in fields}, **values}


class Once:
    """Some fields whose values together stand in one record in force.

    A field that says nothing (None) is never taken. What is void holds nothing: another may stand
    in its place.
    """

    def __init__(self, model: type[models.Model], *names: str, held: models.Q = IN_FORCE) -> None:
        self._model, self._names, self._held = model, names, held
        fields: list[Any] = [model._meta.get_field(name) for name in names]
        self._columns = [field.attname for field in fields]
        self._unsaid = [field.get_default() for field in fields]

    def taken_among(self, rows: Iterable[Mapping[str, Any]]) -> Taken:
        """Return what tells whether a row's values are taken. One query for each 500 of the rows.

        The rows say all that their records become (`as_it_becomes`). What none of them says is
        looked up by itself.
        """
        wanted = {key for row in rows if (key := self._key(row, None)) is not None}
        holders: dict[tuple[Any, ...], set[int]] = {}
        for number, key in self._loaded(wanted):
            holders.setdefault(key, set()).add(number)

        def taken(values: Mapping[str, Any], record: Any) -> bool:
            key = self._key(values, record)
            if key is None:
                return False
            if key not in wanted:
                return self.taken_among([as_it_becomes(record, values)])(values, record)
            own = record.pk if record is not None else None
            return any(number != own for number in holders.get(key, ()))

        return taken

    def _key(self, values: Mapping[str, Any], record: Any) -> tuple[Any, ...] | None:
        key = []
        for name, column, unsaid in zip(self._names, self._columns, self._unsaid, strict=True):
            said = values[name] if name in values else getattr(record, column, unsaid)
            if said is None:
                return None
            key.append(said.pk if isinstance(said, models.Model) else said)
        return tuple(key)

    def _loaded(self, wanted: set[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Look up by the field that says the most different things, and keep what is wanted."""
        if not wanted:
            return
        said = [{key[at] for key in wanted} for at in range(len(self._names))]
        lead = max(range(len(said)), key=lambda at: len(said[at]))
        alike = {
            column: next(iter(each))
            for column, each in zip(self._columns, said, strict=True)
            if len(each) == 1
        }
        rows = self._model._default_manager.filter(self._held, **alike)
        for chunk in _chunks(sorted(said[lead])):
            found = rows.filter(**{f"{self._columns[lead]}__in": chunk})
            for number, *key in found.values_list("pk", *self._columns):
                if tuple(key) in wanted:
                    yield number, tuple(key)


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(items), CHUNK):
        yield items[at : at + CHUNK]
