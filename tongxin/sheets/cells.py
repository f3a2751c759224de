"""The markup of filled rows. Everything is a text, a number or a date; nothing is a formula.

XlsxWriter makes the workbook around them. It writes rows too, but several times more slowly, and
what an office exports is mostly rows.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from .book import column_name
from .limits import MOST_CELL_TEXT

# Day 1 is the last of 1899, because a spreadsheet takes 1900 for a leap year.
FIRST_DAY = dt.date(1899, 12, 30).toordinal()
FIRST_RIGHT_DAY = 61
DAY_SECONDS = 86_400
KEPT_DIGITS = 15
# What XML cannot hold at all; what it can hold only by an escape, and what looks like one.
IMPOSSIBLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
REPLACEMENT = "\ufffd"


def escaped(text: str) -> str:
    r"""Return a text as it stands in the markup of a workbook.

    >>> escaped("a<b\r\n"), escaped("_x0041_")
    ('a&lt;b_x000D_\n', '_x005F_x0041_')
    """
    if len(text) > MOST_CELL_TEXT:
        text = f"{text[: MOST_CELL_TEXT - 1]}…"
    if not SPECIAL.search(text):
        return text
    text = IMPOSSIBLE.sub(REPLACEMENT, text)
    text = UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def serial(day: dt.date) -> int | None:
    """Return the number by which a spreadsheet knows a day; None before 1 March 1900.

    >>> serial(dt.date(2017, 3, 1)), serial(dt.date(1899, 1, 1))
    (42795, None)
    """
    number = day.toordinal() - FIRST_DAY
    return number if number >= FIRST_RIGHT_DAY else None


def numeral(value: Decimal | float) -> str | None:
    """Return a number as a workbook holds it; None when it would lose digits there.

    >>> numeral(Decimal("12.50")), numeral(Decimal("1234567890123456.78"))
    ('12.50', None)
    """
    text = str(value)
    if len(text) <= KEPT_DIGITS and text[-1].isdigit():
        return text
    exact = Decimal(value)
    if not exact.is_finite():
        return None
    digits = exact.normalize().as_tuple().digits
    return text if len(digits) <= KEPT_DIGITS or isinstance(value, float) else None


def markup(
    rows: Iterable[Sequence[Any]], first: int, kinds: Sequence[str], styles: Mapping[str, int]
) -> Iterator[str]:
    """Yield the markup of each row; `first` counts from 1. Styles are numbers by kind of cell.

    The usual values are written here; a call for each cell would take most of the time.
    """
    columns = [
        (column_name(at), styles["money" if kind == "money" else "number"])
        for at, kind in enumerate(kinds)
    ]
    text, date = styles["text"], styles["date"]
    for number, row in enumerate(rows, first):
        cells = [f'<row r="{number}">']
        for (letter, numeric), value in zip(columns, row, strict=False):
            if value is None:
                continue
            kind = type(value)
            if kind is str:
                if value.isalnum() and len(value) <= MOST_CELL_TEXT:
                    written = f's="{text}" t="inlineStr"><is><t>{value}</t></is>'
                else:
                    written = _text(value, text) if value else ""
            elif kind is Decimal or kind is int:
                written = _number(value, numeric, text)
            elif kind is dt.date and (day := value.toordinal() - FIRST_DAY) >= FIRST_RIGHT_DAY:
                written = f's="{date}"><v>{day}</v>'
            else:
                written = _other(value, numeric, styles)
            if written:
                cells.append(f'<c r="{letter}{number}" {written}</c>')
        cells.append("</row>")
        yield "".join(cells)


def _text(value: str, style: int) -> str:
    """Return a text with signs in it that markup cares about, or might."""
    return f's="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(value)}</t></is>'


def _number(value: Decimal | float, style: int, text: int) -> str:
    """Return a number; as text, if a spreadsheet would lose digits of it."""
    written = numeral(value)
    return _text(plain(value), text) if written is None else f's="{style}"><v>{written}</v>'


def _other(value: Any, numeric: int, styles: Mapping[str, int]) -> str:
    """Return what is neither a plain text nor a usual number or date."""
    if isinstance(value, bool):
        return f't="b"><v>{value:d}</v>'
    if isinstance(value, Decimal | int | float):
        return _number(value, numeric, styles["text"])
    if isinstance(value, dt.datetime) and (moment := _moment(value)):
        return f's="{styles["moment"]}"><v>{moment}</v>'
    written = plain(value)
    return _text(written, styles["text"]) if written else ""


def _moment(value: dt.datetime) -> str | None:
    if value.tzinfo:
        raise ValueError("a moment is written as the clock shows it: give it without its zone")
    day = serial(value)
    since = value - dt.datetime.combine(value.date(), dt.time())
    return None if day is None else repr(day + since.total_seconds() / DAY_SECONDS)


def plain(value: Any) -> str:
    """Return a value as text: as a csv holds it.

    >>> plain(Decimal("1E+3")), plain(dt.date(2017, 3, 1)), plain(None), plain(True)
    ('1000', '2017-03-01', '', 'TRUE')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)
