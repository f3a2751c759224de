"""Reading a workbook: from a file that somebody sent to plain values, or to the remedy."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

from .book import Book, Note, Sheet, Value
from .limits import MOST_BYTES
from .running import Ended, lines
from .stamps import STAMP_SHEET, stamp_of
from .words import unreadable

ENDINGS = frozenset({"xlsx", "xls", "csv", "txt", "tsv"})
MACROS = frozenset({"xlsm", "xltm", "xlam", "xlsb"})
# What the child says is not believed: each of these is a child that broke.
UNHEARD = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)


def read(path: Path, name: str) -> Book:
    """Return the workbook at a path, called `name` by who sent it; raise Unreadable.

    What it is goes by its content. The name is asked only whether a table may be meant at all.
    """
    size = path.stat().st_size
    check_outside(name, size)
    try:
        with path.open("rb") as file, closing(lines("read", file, size)) as said:
            return _book(said, name)
    except Ended as ended:
        raise unreadable(ended.code, name) from ended
    except (*UNHEARD, InvalidOperation) as unheard:
        raise unreadable("broke", name) from unheard


def peek(path: Path, name: str, *, wanted: str = "", most: int) -> Sheet | None:
    """Return the first rows of a sheet: of the one that is wanted, or else of the first with any.

    The child is not listened to any longer than that takes. `most` rows are enough; up to a
    piece more may come. None where no sheet that is shown has rows. Raises Unreadable.
    """
    size = path.stat().st_size
    check_outside(name, size)
    first: Sheet | None = None
    try:
        with path.open("rb") as file, closing(lines("read", file, size)) as said:
            for sheet in _beginnings(said, name, most):
                if sheet.hidden or not sheet.rows:
                    continue
                first = first or sheet
                if sheet.name == wanted or not wanted:
                    return sheet
    except Ended as ended:
        raise unreadable(ended.code, name) from ended
    except (*UNHEARD, InvalidOperation) as unheard:
        raise unreadable("broke", name) from unheard
    return first


def _beginnings(said: Iterator[bytes], name: str, most: int) -> Iterator[Sheet]:
    """Yield each sheet as soon as so many of its rows are there, or all that it has."""
    check_said(LOADS(next(said, b"")), name)
    rows: list[tuple[Value, ...]] = []
    opened: dict[str, Any] | None = None
    for line in said:
        if line.startswith(b"["):
            if opened is None:
                continue
            rows.extend(map(tuple, LOADS(line)))
        told = {} if line.startswith(b"[") else check_said(LOADS(line), name)
        if "sheet" in told:
            opened, rows = told, []
        if opened is not None and ("notes" in told or len(rows) >= most):
            yield _sheet(opened, rows, told.get("notes", []))
            opened = None


def check_outside(name: str, size: int) -> None:
    """Raise Unreadable for what need not be opened to be refused."""
    check_name(name)
    if not size:
        raise unreadable("empty", name)
    if size > MOST_BYTES:
        raise unreadable("size", name)


def check_name(name: str) -> None:
    """Raise Unreadable when a name says that this is no table, or one with macros."""
    ending = name.rpartition(".")[2].strip().casefold()
    if ending in MACROS:
        raise unreadable("macros", name)
    if ending not in ENDINGS:
        raise unreadable("ending", name)


def _book(said: Iterator[bytes], name: str) -> Book:
    """Put together what the child says; the last line must be that this was all."""
    head = check_said(LOADS(next(said, b"")), name)
    sheets: list[Sheet] = []
    rows: list[tuple[Value, ...]] = []
    opened: dict[str, Any] = {}
    done = False
    for line in said:
        told = LOADS(line)
        if isinstance(told, list):
            rows.extend(map(tuple, told))
            continue
        check_said(told, name)
        if "sheet" in told:
            opened, rows = told, []
        elif "notes" in told:
            sheets.append(_sheet(opened, rows, told["notes"]))
        done = "end" in told
    if not done:
        raise unreadable("broke", name)
    stamp = next((sheet for sheet in sheets if sheet.name == STAMP_SHEET and sheet.hidden), None)
    return Book(
        kind=head["kind"],
        encoding=head["encoding"],
        sheets=tuple(sheet for sheet in sheets if sheet is not stamp),
        stamp=stamp_of(stamp) if stamp else {},
    )


def check_said(told: Any, name: str) -> dict[str, Any]:
    """Return a line that is no refusal; raise Unreadable for one that is."""
    if not isinstance(told, dict):
        raise unreadable("broke", name)
    if "declined" in told:
        facts = {key: int(value) for key, value in told["facts"].items()}
        raise unreadable(str(told["declined"]), name, **facts)
    return told


def _hooked(told: dict[str, Any]) -> Any:
    if "d" in told:
        return dt.date.fromisoformat(told["d"])
    return dt.datetime.fromisoformat(told["t"]) if "t" in told else told


LOADS = partial(json.loads, parse_int=Decimal, parse_float=Decimal, object_hook=_hooked)


def _sheet(opened: dict[str, Any], rows: list[tuple[Value, ...]], notes: list[Any]) -> Sheet:
    top, left, bottom, right = 0, 1, 2, 3
    return Sheet(
        name=str(opened["sheet"]),
        hidden=bool(opened["hidden"]),
        rows=tuple(rows),
        merged=tuple(
            (int(each[top]), int(each[left]), int(each[bottom]), int(each[right]))
            for each in opened["merged"]
        ),
        notes=tuple(Note(int(row), int(column), str(code)) for row, column, code in notes),
    )
