"""The workbook that somebody sent, given back with comments in the cells to be mended."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from tongxin.core.steps import begun
from tongxin.sheets.annotating import annotate
from tongxin.sheets.book import Book, Sheet, Value
from tongxin.sheets.reading import read
from tongxin.sheets.tables import Table, TableColumn
from tongxin.sheets.writing import write_xlsx

from . import uploads
from .models import Batch
from .queries import wishes_of
from .report import Report
from .rules.cells import plain_number

SHEET = "Sheet1"
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
LETTERS = 26


def marked_workbook(batch: Batch, report: Report) -> bytes:
    """Return the batch's workbook with every message as a comment in its cell.

    What came as .xls or csv is given back as .xlsx, with its cells as texts in the same places.
    """
    path = uploads.path_of(batch.stored)
    begun("read")
    book = read(path, batch.file_name)
    comments: dict[tuple[str, int, int], str] = {}
    for message in report.messages:
        if message.row is None:
            continue
        place = (message.sheet or SHEET, message.row, message.column or 0)
        comments[place] = "\n".join(filter(None, (comments.get(place), message.text)))
    names = {sheet.name for sheet in book.sheets}
    for sheet, cells in wishes_of(batch).mended.items():
        for cell, text in cells.items():
            where = _place(sheet, cell)
            if where is not None and sheet in names:
                said = _("页面上已改成“%(text)s”") % {"text": text}
                comments[where] = "\n".join(filter(None, (said, comments.get(where))))
    begun("mark")
    if book.kind == "xlsx":
        return annotate(path, comments, name=batch.file_name)
    copy = uploads.keep(_as_xlsx(book))
    try:
        return annotate(uploads.path_of(copy), comments, name="copy.xlsx")
    finally:
        uploads.discard(copy)


def _place(sheet: str, cell: str) -> tuple[str, int, int] | None:
    """Return sheet, row and column (from 0) of a cell as people call it."""
    match = CELL.fullmatch(cell)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * LETTERS + ord(letter) - ord("A") + 1
    return sheet or SHEET, int(match[2]) - 1, column - 1


def _as_xlsx(book: Book) -> bytes:
    return write_xlsx([_table(sheet) for sheet in book.sheets if not sheet.hidden and sheet.rows])


def _table(sheet: Sheet) -> Table:
    width = max(len(row) for row in sheet.rows)
    first = [*map(_text, sheet.rows[0]), *[""] * (width - len(sheet.rows[0]))]
    return Table(
        name=sheet.name or SHEET,
        columns=tuple(TableColumn(title) for title in first),
        rows=[[_text(value) for value in row] for row in sheet.rows[1:]],
    )


def _text(value: Value) -> str:
    if isinstance(value, Decimal):
        return plain_number(value)
    return "" if value is None else str(value)
