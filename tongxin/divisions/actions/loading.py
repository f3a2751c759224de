"""Loading the divisions of Nantong and their history from the facts that come with the room."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from importlib import resources
from itertools import groupby
from typing import Any

from tongxin.divisions.choices import CodeSystem
from tongxin.divisions.models import Alias, Change, Code, Division, Succession, Version
from tongxin.journal.actions import action, record

from . import drafts
from .tree import lock_tree, rebuild_reach

Row = Mapping[str, str]
CODE_COLUMNS = {
    CodeSystem.STATISTICS: "statistics_code",
    CodeSystem.CIVIL_AFFAIRS: "civil_affairs_code",
}
VERSION_COLUMNS = ("name", "level", "parent", "is_zone", "precision")


def load_divisions(by: Any = None) -> int:
    """Load the divisions that are not there yet and return how many these were.

    Loading again changes nothing: what is already there stays as it is, edited or not.
    """
    rows = _facts("nantong-divisions")
    known = set(Division.objects.values_list("key", flat=True))
    missing = {row["key"] for row in rows} - known
    if missing:
        _load([row for row in rows if row["key"] in missing], by)
    return len(missing)


@action
def _load(rows: list[Row], by: Any) -> None:
    lock_tree()
    new = {row["key"]: row for row in rows}
    Division.objects.bulk_create(
        Division(
            key=row["key"],
            position=int(row["position"]),
            tile_row=_number(row["tile_row"]),
            tile_column=_number(row["tile_column"]),
        )
        for row in new.values()
    )
    ids = dict(Division.objects.values_list("key", "pk"))
    Version.objects.bulk_create(_versions(rows, ids))
    Code.objects.bulk_create(_codes(rows, ids))
    Alias.objects.bulk_create(
        drafts.alias(division_id=ids[row["key"]], name=row["name"], source=row["source"])
        for row in _facts("nantong-division-aliases")
        if row["key"] in new
    )
    _load_changes(new, ids)
    reached = rebuild_reach()
    top = Division.objects.get(key=next(iter(new)))
    record(by, "divisions.loaded", top, divisions=len(new), rows=len(rows), reach=reached)


def _versions(rows: Iterable[Row], ids: Mapping[str, int]) -> Iterator[Version]:
    """One version for as long as everything but the code stays the same."""
    for (key, *same), spell in _spells(rows, VERSION_COLUMNS):
        name, level, parent, is_zone, precision = same
        yield drafts.version(
            division_id=ids[key],
            name=name,
            level=level,
            parent_id=ids[parent] if parent else None,
            is_zone=is_zone == "1",
            precision=precision,
            since=_day(spell[0]["since"]),
            until=_day(spell[-1]["until"]),
        )


def _codes(rows: Iterable[Row], ids: Mapping[str, int]) -> Iterator[Code]:
    listed = list(rows)
    for system, column in CODE_COLUMNS.items():
        for (key, code), spell in _spells(listed, (column,)):
            if code:
                yield Code(
                    division_id=ids[key],
                    system=system,
                    code=code,
                    since=_day(spell[0]["since"]),
                    until=_day(spell[-1]["until"]),
                )


def _spells(
    rows: Iterable[Row], columns: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
    """Runs of a division's rows, in time, in which the columns stay the same."""
    ordered = sorted(rows, key=lambda row: (row["key"], row["since"]))
    for same, spell in groupby(ordered, lambda row: (row["key"], *(row[at] for at in columns))):
        yield same, list(spell)


def _load_changes(new: Mapping[str, Row], ids: Mapping[str, int]) -> None:
    """The events that touch a division now loaded; rows with one number are one event."""
    rows = [
        row
        for row in _facts("nantong-division-changes")
        if row["predecessor"] in new or row["successor"] in new
    ]
    changes = {
        row["event"]: Change(
            kind=row["kind"],
            effective_on=dt.date.fromisoformat(row["effective_on"]),
            decided_on=_day(row["decided_on"]),
            published_on=_day(row["published_on"]),
            document=row["document"],
            note=row["note"],
        )
        for row in rows
    }
    Change.objects.bulk_create(changes.values())
    Succession.objects.bulk_create(
        Succession(
            change=changes[row["event"]],
            predecessor_id=ids[row["predecessor"]],
            successor_id=ids[row["successor"]],
            share=Decimal(row["share"]),
        )
        for row in rows
    )


def _facts(name: str) -> list[Row]:
    source = resources.files("tongxin.divisions") / "facts" / f"{name}.csv"
    return list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None
