"""Writing tables: as a workbook for people, as a csv for programs, as comments in cells.

Nothing that is written can be taken for a formula: in a workbook every cell says what it is, in a
csv such texts are guarded (see `armour`).
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, islice
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from .annotating import annotate
from .armour import armoured
from .book import Value
from .cells import markup, plain
from .frames import frame, styles_of
from .tables import Table, TableColumn

__all__ = (
    "Table",
    "TableColumn",
    "annotate",
    "csv_pieces",
    "save_xlsx",
    "write_csv",
    "write_xlsx",
)

# Markup repeats itself: more effort makes it a tenth smaller and takes three times as long.
EFFORT = 1
PIECE = 2_000
PLACE = re.compile(r'<row r="\d+"[^>]*>(?:<c r="[A-Z]+\d+" s="\d+"/>)+</row>(?=</sheetData>)')
DIMENSION = re.compile(r"<dimension [^>]*/>")
SHEET_PART = "xl/worksheets/sheet{}.xml"
BYTE_ORDER_MARK = "\ufeff"


def write_xlsx(tables: Sequence[Table], *, stamp: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook with a sheet for each table; the stamp is carried hidden."""
    out = BytesIO()
    save_xlsx(out, tables, stamp=stamp)
    return out.getvalue()


def save_xlsx(
    into: BinaryIO, tables: Sequence[Table], *, stamp: Mapping[str, str] | None = None
) -> None:
    """Write a workbook into a file. Rows are taken one after the other and never held together."""
    parts = {SHEET_PART.format(number): table for number, table in enumerate(tables, 1)}
    with (
        ZipFile(BytesIO(frame(tables, stamp or {}))) as around,
        ZipFile(into, "w", ZIP_DEFLATED, compresslevel=EFFORT) as out,
    ):
        for part in around.infolist():
            content = around.read(part)
            if part.filename in parts:
                _fill(out, part.filename, content.decode(), parts[part.filename])
            else:
                out.writestr(part.filename, content)


def _fill(out: ZipFile, name: str, around: str, table: Table) -> None:
    """Write one sheet, its rows in the place that was kept for them."""
    place = PLACE.search(around)
    if place is None:
        raise ValueError("the frame has no place for rows")
    with out.open(name, "w") as sheet:
        sheet.write(DIMENSION.sub("", around[: place.start()]).encode())
        rows = _rows(table, *styles_of(place[0]))
        while piece := "".join(islice(rows, PIECE)):
            sheet.write(piece.encode())
        sheet.write(around[place.end() :].encode())


def _rows(
    table: Table, of_example: Mapping[str, int], of_others: Mapping[str, int]
) -> Iterator[str]:
    kinds = [column.kind for column in table.columns]
    rows = iter(table.rows)
    first = table.first_row + 1
    if not table.example:
        return markup(rows, first, kinds, of_others)
    return chain(
        markup(islice(rows, 1), first, kinds, of_example),
        markup(rows, first + 1, kinds, of_others),
    )


def write_csv(table: Table) -> bytes:
    """Return a csv in UTF-8, with the mark by which spreadsheets know it."""
    return "".join(csv_pieces(table)).encode()


def csv_pieces(table: Table) -> Iterator[str]:
    """Yield the lines of a csv: the titles, then the rows. Lines above the titles are left out."""
    # All in quotes: then no sign within a field can be taken for what parts the fields.
    writer = csv.writer(_Passing(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + _line(writer, [column.title for column in table.columns])
    for row in table.rows:
        yield _line(writer, row)


def _line(writer: Any, row: Sequence[Value]) -> str:
    guarded = [armoured(value) if isinstance(value, str) else plain(value) for value in row]
    line: str = writer.writerow(guarded)
    return line


class _Passing:
    """A file that hands back what is written."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line
