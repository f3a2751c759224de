"""Reading a csv as offices make them: two encodings, three separators."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from .armour import bared
from .limits import MOST_CELL_TEXT, MOST_CELLS, MOST_ROWS
from .refusing import Declined

SEPARATORS = ",;\t"
SAID = re.compile(r"sep=([,;\t])\r?\n")
LOOKED_AT = 50
# What a spreadsheet calls “Unicode text”.
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A long number after a spreadsheet had it: 3.20681E+17.
SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d{2}")


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a csv and its encoding; raise Declined when it is no text."""
    for encoding in ("utf-16",) if content.startswith(UTF_16) else ("utf-8", "gb18030"):
        try:
            text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except UnicodeDecodeError:
            continue
        if NOT_TEXT.search(text):
            break
        return text, encoding
    raise Declined("not_text")


def rows_of(text: str) -> Iterator[list[str | None]]:
    """Return the rows of a csv, the guard before formulas taken off."""
    said = SAID.match(text)
    separator = said[1] if said else separator_of(text)
    reader = _reader(text[said.end() :] if said else text, separator)
    cells = rows = 0
    while True:
        began = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            long = "field larger" in str(error)
            raise Declined("field" if long else "quotes", row=began) from error
        rows += 1
        cells += len(row)
        if cells > MOST_CELLS or rows > MOST_ROWS:
            raise Declined("rows" if rows > MOST_ROWS else "cells")
        yield [bared(value) or None for value in row]


def separator_of(text: str) -> str:
    r"""Return the sign between the fields: the one that parts most of the first rows alike.

    >>> separator_of('a;b\n"1,2";3\n'), separator_of("a\tb"), separator_of("only one")
    (';', '\t', ',')
    """
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """Return how many first rows have as many fields as the first with several, and how many."""
    widths = []
    reader = _reader(text[: LOOKED_AT * MOST_CELL_TEXT], separator)
    try:
        for row, _number in zip(reader, range(LOOKED_AT), strict=False):
            widths.append(len(row))
    except csv.Error:
        pass
    several = [width for width in widths if width > 1]
    if not several:
        return 0, 0
    usual = max(set(several), key=lambda width: (several.count(width), width))
    return several.count(usual), usual


def _reader(text: str, separator: str) -> Any:  # the module has no public name for its type
    csv.field_size_limit(MOST_CELL_TEXT)
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
