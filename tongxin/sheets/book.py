"""What was read from a workbook: plain values, ready to be looked at by a room above.

This file knows neither Django nor the readers, so that the child process can use it too.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Value = str | Decimal | bool | dt.date | dt.datetime | None
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be known of one cell: `code` is a key of `words.NOTES`.

    `formula`: never computed, the cell reads as empty. `error`: it shows an error like #REF!.
    `digits`: a number with more digits than a spreadsheet keeps; the last ones are lost.
    """

    row: int
    column: int
    code: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Rows and columns count from 0; empty cells and rows at the end are cut off."""

    name: str
    hidden: bool
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: `kind` is xlsx, xls or csv by its content, whatever it is called.

    `encoding` is that of a csv. `stamp` is what a template of ours carries hidden. Anybody can
    write a stamp: it says where a workbook means to go, not that it may.
    """

    kind: str
    encoding: str
    sheets: tuple[Sheet, ...]
    stamp: Mapping[str, str] = field(default_factory=dict)


class Unreadable(Exception):
    """A file that is not read; `words` say what to do, `code` is for tests and programs."""

    def __init__(self, code: str, words: Any) -> None:
        self.code = code
        self.words = words
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.words)


def column_name(column: int) -> str:
    """Return the letters of a column that counts from 0.

    >>> column_name(0), column_name(25), column_name(26), column_name(16_383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return a cell as people call it; row and column count from 0.

    >>> address(6, 1)
    'B7'
    """
    return f"{column_name(column)}{row + 1}"
