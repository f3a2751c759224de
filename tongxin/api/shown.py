"""A record as a program reads it: every field of its form, places and links by name."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from tongxin.divisions.queries import names_on
from tongxin.programmes.models import Programme
from tongxin.registers.declaration import Register
from tongxin.registers.models import PlacedRecord
from tongxin.registers.permissions import links_of

ALWAYS = ("id", "version")
OF_PLACE = ("division", "place_text", "place_state")
LAST = ("sensitivity", "stage", "void", "entered_at", "changed_at")


@cache
def fields_of(register: Register) -> tuple[str, ...]:
    """Return the names under which a record's values are given, in their order."""
    own = [name for name in register.form._meta.fields if name != "name"]
    links = [name for name in (register.within, register.parent) if name and name not in own]
    placed = OF_PLACE if issubclass(register.model, PlacedRecord) else ()
    return (*ALWAYS, "name", *placed, *links, *own, *LAST)


@cache
def related(register: Register) -> tuple[str, ...]:
    """Return the links that are fetched along with a record."""
    named = [name for name in fields_of(register) if _is_link(register, name)]
    return tuple(dict.fromkeys((*named, *links_of(register.model))))


def told(
    register: Register, records: Iterable[Any], day: dt.date, only: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Return records as they are told, or some of their fields. One query for names of places."""
    rows = list(records)
    names = [each for each in fields_of(register) if not only or each in only or each in ALWAYS]
    places: Mapping[int, str] = {}
    if "division" in names and rows:
        places = names_on({row.division_id for row in rows}, day)
    return [{name: _value(row, name, places) for name in names} for row in rows]


def _value(record: Any, name: str, places: Mapping[int, str]) -> Any:
    value = getattr(record, name)
    if name == "division":
        return {"key": value.key, "name": places.get(value.pk, "")}
    for kind, plain in PLAIN.items():
        if isinstance(value, kind):
            return plain(value)
    return value


PLAIN: dict[Any, Callable[[Any], Any]] = {
    Programme: lambda value: value.key,
    models.Model: lambda value: {"id": value.pk, "name": str(value)},
    Decimal: lambda value: f"{value:f}",
    dt.date: lambda value: value.isoformat(),  # and its kind with a time of day
}


def _is_link(register: Register, name: str) -> bool:
    return register.model._meta.get_field(name).is_relation
