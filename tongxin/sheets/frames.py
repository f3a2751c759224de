"""The workbook around the rows: titles, header, widths, lists to choose from, the hidden stamp."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tongxin.core.words import gettext as _

from .book import column_name
from .stamps import STAMP_SHEET
from .tables import Table, TableColumn

# Given as a copy: the library writes into it, and the next workbook would look otherwise.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": "SimSun", "font_size": 11},
}
# How a cell of each kind looks.
CELLS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "number": {"valign": "top"},
    "money": {"num_format": "#,##0.00", "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"},
}
EXAMPLE = {"italic": True, "font_color": "#595959"}
TITLE = {"bold": True, "font_size": 14, "text_wrap": True, "valign": "vcenter"}
LINE = {"text_wrap": True, "valign": "top"}
HEADER = {"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True, "valign": "vcenter"}
REQUIRED = {"bg_color": "#FCE4D6"}
# Lists to choose from stand in the hidden sheet, from here on, one in each column.
FIRST_LIST = 3
# As far down as lists are offered.
LAST_ROW = 20_000
LINE_HEIGHT = 30
A4 = 9
NAME_LENGTH = 31
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
RESERVED = {"history", STAMP_SHEET}
STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"/>')


def sheet_name(name: str, taken: Sequence[str] = ()) -> str:
    """Return a name that a sheet may have, and that no other has.

    >>> sheet_name("2017/18 年"), sheet_name("a", ["A"]), len(sheet_name("长" * 40))
    ('2017_18 年', 'a (2)', 31)
    """
    kept = NOT_IN_A_NAME.sub("_", name).strip(" '")[:NAME_LENGTH].strip(" '") or "Sheet"
    before = {each.casefold() for each in taken} | RESERVED
    found, number = kept, 1
    while found.casefold() in before:
        number += 1
        end = f" ({number})"
        found = kept[: NAME_LENGTH - len(end)] + end
    return found


def frame(tables: Sequence[Table], stamp: Mapping[str, str]) -> bytes:
    """Return a workbook in which each sheet has one row of empty cells where its rows will be.

    These show which style each kind of cell has: of an example first, then of the other rows.
    """
    out = BytesIO()
    with Workbook(out, deepcopy(OPTIONS)) as workbook:
        looks = [workbook.add_format(look | EXAMPLE) for look in CELLS.values()]
        looks += [workbook.add_format(look) for look in CELLS.values()]
        names: list[str] = []
        sheets = []
        for table in tables:
            names.append(sheet_name(table.name, names))
            sheets.append(workbook.add_worksheet(names[-1]))
        hidden = _hidden(workbook, stamp) if stamp or any(_lists(tables)) else None
        at = FIRST_LIST
        for sheet, table in zip(sheets, tables, strict=True):
            _dress(workbook, sheet, table)
            for column, look in enumerate(looks):
                sheet.write_blank(table.first_row, column, None, look)
            for column, declared in enumerate(table.columns):
                if declared.choices and hidden:
                    _offer(sheet, hidden, table, column, at)
                    at += 1
    return out.getvalue()


def _lists(tables: Sequence[Table]) -> list[tuple[str, ...]]:
    return [column.choices for table in tables for column in table.columns if column.choices]


def _hidden(workbook: Workbook, stamp: Mapping[str, str]) -> Worksheet:
    sheet = workbook.add_worksheet(STAMP_SHEET)
    sheet.very_hidden()
    for row, (name, value) in enumerate(stamp.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    return sheet


def _dress(workbook: Workbook, sheet: Worksheet, table: Table) -> None:
    """Write what stands above the rows, and say how the sheet is looked at and printed."""
    last = len(table.columns) - 1
    for row, line in enumerate(table.head):
        look = workbook.add_format(LINE if row else TITLE)
        if last > 0:
            sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, line, look)
        sheet.set_row(row, LINE_HEIGHT)
    for column, declared in enumerate(table.columns):
        _head(workbook, sheet, table.header_row, column, declared)
    sheet.freeze_panes(table.first_row, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(table.header_row)


def _head(
    workbook: Workbook, sheet: Worksheet, row: int, column: int, declared: TableColumn
) -> None:
    look = workbook.add_format(HEADER | (REQUIRED if declared.required else {}))
    sheet.write_string(row, column, declared.title, look)
    sheet.set_column(column, column, declared.width, workbook.add_format(CELLS[declared.kind]))
    said = [_("必填")] if declared.required else []
    if declared.note:
        said.append(declared.note)
    if said:
        sheet.write_comment(row, column, "\n".join(said), {"author": "", "x_scale": 1.5})


def _offer(sheet: Worksheet, hidden: Worksheet, table: Table, column: int, at: int) -> None:
    """Let the cells of a column be chosen from a list."""
    choices = table.columns[column].choices
    for row, choice in enumerate(choices):
        hidden.write_string(row, at, choice)
    letters = column_name(at)
    rule = {
        "validate": "list",
        "source": f"={STAMP_SHEET}!${letters}$1:${letters}${len(choices)}",
        "error_title": _("不在列表里"),
        "error_message": _("点开单元格右边的箭头，从列表里选一项"),
    }
    sheet.data_validation(table.first_row, column, LAST_ROW, column, rule)


def styles_of(row: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the styles that a row of empty cells shows: of an example, of the other rows."""
    found = [int(style) for style in STYLE.findall(row)]
    kinds = list(CELLS)
    return (
        dict(zip(kinds, found[: len(kinds)], strict=True)),
        dict(zip(kinds, found[len(kinds) :], strict=True)),
    )
