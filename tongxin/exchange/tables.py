"""From a workbook to raw rows: sheets, heads, cells, and what somebody pointed out or mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tongxin.registers.declaration import Register
from tongxin.sheets.book import Book, Sheet, Value, address

from .choices import Side
from .columns import Column, heads_of
from .report import LeftOut, Unmapped
from .rules import Table, find_table, lines_of, unit_in

REGISTER, EXPORTED = "register", "exported"
"""What our stamp says: the register, and when a list was taken out."""
HEAD_ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody decided about a workbook.

    `heads` gives for a sheet the row of its head and the column of each field; `mended` the text
    of a cell by sheet and address. `side` says whose values stay where record and row were both
    changed since they last agreed; `sides` says so of single rows.
    """

    heads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    mended: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    blanks_erase: bool = False
    side: str = Side.DATABASE.value
    sides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def side_of(self, sheet: str, row: int) -> Side:
        """Whose values stay in a row that was changed on both sides."""
        return Side(self.sides.get(sheet, {}).get(str(row), self.side))


@dataclass(frozen=True, slots=True)
class Raw:
    """One row as it stands in the sheet."""

    sheet: str
    row: int
    values: Mapping[str, Value]
    places: Mapping[str, int]
    units: Mapping[str, str]
    notes: Mapping[int, str]
    """By column: what is to be known of a cell, such as that it is a formula."""


@dataclass(slots=True)
class Typed:
    """A row with the texts of its cells, the keys and number by which its record is known.

    `odd` names the columns whose cells cannot be read as they stand.
    """

    raw: Raw
    texts: dict[str, str] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    keys: list[Any] = field(default_factory=list)
    parent: Any = None
    number: int | None = None


@dataclass(slots=True)
class Found:
    """Everything a workbook holds for a register."""

    rows: list[Raw] = field(default_factory=list)
    tables: list[tuple[str, Table]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)
    unknown: list[tuple[str, str, str]] = field(default_factory=list)
    twice: list[tuple[str, int, int, int, str]] = field(default_factory=list)


def tables_in(register: Register, columns: Sequence[Column], book: Book, wishes: Wishes) -> Found:
    """Return the rows of every sheet that holds a table of this register."""
    found = Found()
    heads = heads_of(register, columns)
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    found.left_out += [LeftOut(s.name, None, None, hidden=True) for s in book.sheets if s.hidden]
    for sheet in shown:
        pointed = wishes.heads.get(sheet.name)
        table = _pointed_out(sheet, pointed, columns) if pointed else find_table(sheet, heads)
        if table is None:
            _without_table(sheet, found, alone=len(shown) == 1)
            continue
        _read(_mended(sheet, wishes.mended.get(sheet.name, {})), table, found)
    if not found.tables and not found.unmapped:
        filled = [sheet for sheet in shown if sheet.rows]
        found.unmapped += [_unmapped(sheet) for sheet in filled[:1]]
    return found


def _without_table(sheet: Sheet, found: Found, *, alone: bool) -> None:
    if alone and sheet.rows:
        found.unmapped.append(_unmapped(sheet))
    else:
        found.left_out.append(LeftOut(sheet.name, None, None))


def _unmapped(sheet: Sheet) -> Unmapped:
    rows = [tuple("" if value is None else str(value) for value in row) for row in sheet.rows]
    return Unmapped(sheet.name, tuple(rows[:HEAD_ROWS_SHOWN]))


def _read(sheet: Sheet, table: Table, found: Found) -> None:
    found.tables.append((sheet.name, table))
    notes: dict[int, dict[int, str]] = {}
    for note in sheet.notes:
        notes.setdefault(note.row, {})[note.column] = note.code
    for line in lines_of(sheet, table):
        if line.skipped is not None:
            found.left_out.append(LeftOut(sheet.name, line.row, line.skipped))
            continue
        found.rows.append(
            Raw(
                sheet.name,
                line.row,
                line.values,
                table.places,
                table.units,
                notes.get(line.row, {}),
            )
        )
    found.unknown += [(sheet.name, address(table.last, at), text) for at, text in table.unknown]
    found.twice += [
        (sheet.name, table.last, first, second, name) for first, second, name in table.twice
    ]


def _pointed_out(
    sheet: Sheet, pointed: Mapping[str, Any], columns: Sequence[Column]
) -> Table | None:
    """Return the table whose head somebody pointed out; None when it does not fit the sheet."""
    row = pointed.get("row")
    if not isinstance(row, int) or not 0 <= row < len(sheet.rows):
        return None
    head, known = sheet.rows[row], {column.name for column in columns}
    places = {
        name: at
        for name, at in dict(pointed.get("columns", {})).items()
        if name in known and isinstance(at, int) and at >= 0
    }
    if not places:
        return None
    texts = ["" if value is None else str(value) for value in head]
    units = {name: unit_in(texts[at]) for name, at in places.items() if at < len(texts)}
    return Table(row, row, places, units)


def _mended(sheet: Sheet, cells: Mapping[str, str]) -> Sheet:
    """Return a sheet with the texts that somebody wrote into its cells."""
    if not cells:
        return sheet
    rows = [list(row) for row in sheet.rows]
    done: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        for column in range(max(len(row), _width(sheet))):
            text = cells.get(address(at, column))
            if text is None:
                continue
            row.extend([None] * (column + 1 - len(row)))
            row[column] = text or None
            done.add((at, column))
    notes = tuple(note for note in sheet.notes if (note.row, note.column) not in done)
    return replace(sheet, rows=tuple(tuple(row) for row in rows), notes=notes)


def _width(sheet: Sheet) -> int:
    return max((len(row) for row in sheet.rows), default=0)
