"""What the parser found in a workbook, as plain rows that can be sent to the parent."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from .book import Note
from .limits import MOST_NOTES, MOST_ROWS, MOST_SHEETS, MOST_SPAN
from .parts import notes_of, sheet_parts, text_of
from .refusing import Declined

BATCH = 500
# A spreadsheet keeps fifteen digits of a number; from here on the last ones are zeros.
KEPT_DIGITS = 1e15
SHORT = 4
HOUR = 3_600
MINUTE = 60
Row = list[Any]


class Finder:
    """Turns the values of one row into what is sent, and notes numbers that lost digits."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self._lost = False
        self.ways: dict[type, Callable[[Any], Any]] = {
            str: lambda text: text or None,
            bool: lambda value: value,
            int: self._whole,
            float: self._number,
            dt.date: lambda day: {"d": day.isoformat()},
            dt.datetime: lambda moment: {"t": moment.isoformat()},
            dt.time: dt.time.isoformat,
            dt.timedelta: _duration,
        }

    def row(self, number: int, first: int, values: Row) -> Row:
        """Return the values of a row as they are sent, empty ones at its end cut off."""
        ways = self.ways
        found = [
            value if (kind := type(value)) is str and value else ways[kind](value)
            for value in values
        ]
        while found and found[-1] is None:
            found.pop()
        if self._lost:
            self._lost = False
            self._note_lost(number, first, found)
        return [None] * first + found if first and found else found

    def _number(self, value: float) -> Any:
        if -KEPT_DIGITS < value < KEPT_DIGITS:
            if value.is_integer():
                return int(value)
            # Most numbers are short; the others are cut where a spreadsheet cuts them.
            return value if round(value, SHORT) == value else float(f"{value:.15g}")
        if value - value != 0:  # neither infinity nor "not a number" is a value
            return str(value)
        return self._whole(int(Decimal(repr(value))))

    def _whole(self, value: int) -> int:
        self._lost = self._lost or abs(value) >= KEPT_DIGITS
        return value

    def _note_lost(self, number: int, first: int, found: Row) -> None:
        self.notes += [
            Note(number, first + column, "digits")
            for column, value in enumerate(found)
            if type(value) is int and abs(value) >= KEPT_DIGITS
        ]


def _duration(value: dt.timedelta) -> str:
    """Return a length of time as a spreadsheet shows it: 30:30:00."""
    seconds = int(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), HOUR)
    return f"{sign}{hours}:{rest // MINUTE:02}:{rest % MINUTE:02}"


def read_workbook(content: bytes, remarkable: set[str]) -> Iterator[dict[str, Any] | list[Row]]:
    """Yield what a workbook holds: for each sheet its head, its rows in batches, its notes."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    if len(workbook.sheets_metadata) > MOST_SHEETS:
        raise Declined("sheets")
    markup = _markup(content, remarkable) if remarkable else {}
    cells = 0
    for index, said in enumerate(workbook.sheets_metadata):
        sheet = workbook.get_sheet_by_index(index)
        cells += sheet.height * sheet.width
        if sheet.total_height > MOST_ROWS:
            raise Declined("rows")
        if cells > MOST_SPAN:
            raise Declined("span")
        merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or ()]
        hidden = said.visible is not SheetVisibleEnum.Visible
        yield {"sheet": said.name, "hidden": hidden, "merged": merged}
        finder = Finder()
        yield from _batches(sheet, finder)
        notes = finder.notes[:MOST_NOTES] + notes_of(markup.get(said.name, ""))
        yield {"notes": [[note.row, note.column, note.code] for note in notes]}


def _markup(content: bytes, remarkable: set[str]) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as package:
        parts = sheet_parts(package)
        return {name: text_of(package, part) for name, part in parts.items() if part in remarkable}


def _batches(sheet: CalamineSheet, finder: Finder) -> Iterator[list[Row]]:
    """Yield the rows of a sheet from its first on, empty ones at the end left out."""
    if sheet.start is None:
        return
    first, empty = sheet.start[1], 0
    rows = enumerate(sheet.iter_rows())
    while batch := list(islice(rows, BATCH)):
        found: list[Row] = [finder.row(number, first, values) for number, values in batch]
        size = len(found)
        while found and not found[-1]:
            found.pop()
        if found:
            yield [[] for _row in range(empty)]
            yield found
            empty = 0
        empty += size - len(found)
