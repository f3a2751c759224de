"""What a cell says, as it would be typed into the form: a value in, a text or a problem out.

Numbers are understood with their units; what a spreadsheet has already damaged is explained, and
never repaired.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.quantities import Qualifier, Quantity, parse
from tongxin.core.words import gettext as _
from tongxin.exchange.choices import Kind
from tongxin.sheets.book import Value

LOST_FROM = 16
"""A number with so many digits has lost its last ones in a spreadsheet."""
LONGEST = 2_000
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
BARE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")
# Words after a number that only say what is counted.
COUNTED = frozenset(
    [
        "人次",
        "人",
        "名",
        "个",
        "家",
        "期",
        "场",
        "次",
        "项",
        "年",
        "年度",
        "届",
        "户",
        "件",
        "份",
        "处",
        "所",
    ]
)
MONEY = frozenset({"元", "万元", "亿元"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a cell as somebody would have typed it, or why it cannot be read."""

    text: str
    problem: Problem | None = None


def reading_of(value: Value, kind: Kind, *, unit: str = "") -> Reading:
    """Read a cell of a column; `unit` is the one that stands in the column's head."""
    if value is None:
        return Reading("")
    if isinstance(value, bool):
        return Reading(_("是") if value else _("否"))
    if isinstance(value, dt.date):
        return _day_cell(value, kind)
    if isinstance(value, Decimal):
        return _number_cell(value, kind, unit)
    text = LINE_BREAK.sub("", str(value)).strip()[:LONGEST]
    return READERS.get(kind, _text)(text, unit)


def _day_cell(value: dt.date, kind: Kind) -> Reading:
    day = value.date() if isinstance(value, dt.datetime) else value
    if kind in {Kind.WHOLE, Kind.NUMBER, Kind.AMOUNT}:
        words = _("这一格是日期（%(day)s），这一列填数字。把格式改成“常规”再写数")
        return Reading(
            day.isoformat(), Problem("exchange.not_a_number", words % {"day": day.isoformat()})
        )
    return Reading(day.isoformat())


def _number_cell(value: Decimal, kind: Kind, unit: str) -> Reading:
    text = plain_number(value)
    digits = text.lstrip("-").partition(".")[0]
    if kind is Kind.DATE:
        return _day_number(text)
    if kind in {Kind.TEXT, Kind.PLACE, Kind.CHOICE, Kind.RECORD}:
        return Reading(text, _lost(text) if len(digits) >= LOST_FROM else None)
    return READERS.get(kind, _text)(text, unit)


def plain_number(value: Decimal) -> str:
    """Return a number without exponent and without zeros at its end.

    >>> plain_number(Decimal("320681000000.0")), plain_number(Decimal("1E+3"))
    ('320681000000', '1000')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(text: str, _unit: str) -> Reading:
    half = unicodedata.normalize("NFKC", text)
    if SCIENTIFIC.fullmatch(half):
        return Reading(text, _lost(text))
    return Reading(text)


def _lost(text: str) -> Problem:
    words = _(
        "“%(text)s”是按数字存的，电子表格只留 15 位，后面的已经丢了。"
        "把这一格的格式改成“文本”，对照原件重新写全"
    )
    return Problem("exchange.number_code", words % {"text": text})


def _day_number(text: str) -> Reading:
    if COMPACT_DAY.fullmatch(text) and (day := _day_of(COMPACT_DAY.fullmatch(text))):
        return Reading(day)
    words = _("这一格是数字“%(text)s”，不是日期。写成“年-月-日”，例如 2017-03-01")
    return Reading(text, Problem("exchange.date_number", words % {"text": text}))


def _day(text: str, _unit: str) -> Reading:
    half = unicodedata.normalize("NFKC", text)
    for pattern in (DAY, COMPACT_DAY):
        if day := _day_of(pattern.fullmatch(half)):
            return Reading(day)
    return Reading(half)


def _day_of(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return ""


def _whole(text: str, unit: str) -> Reading:
    """Read a count: 3,400, ３４００, 3400人, 2万; an estimate is no count."""
    try:
        quantity = parse(text)
    except ValueError:
        return Reading(text)
    if quantity.qualifier is not Qualifier.EXACT:
        words = _(
            "“%(text)s”是约数，这一列只收确数。写确数；不知道就空着，约数可以登记到“声明数字”"
        )
        return Reading(text, Problem("exchange.approximate", words % {"text": text}))
    if quantity.unit and quantity.unit not in COUNTED | {unit}:
        return Reading(text)
    return Reading(plain_number(_scaled(quantity, unit)))


def _scaled(quantity: Quantity, unit: str) -> Decimal:
    """Return a value in ones where the head of its column says 万."""
    stated = unicodedata.normalize("NFKC", quantity.unit)
    return quantity.value * 10_000 if unit.startswith("万") and not stated else quantity.value


def _amount(text: str, unit: str) -> Reading:
    """Give an amount that is a bare number the unit in the head of its column."""
    half = unicodedata.normalize("NFKC", text)
    if unit in MONEY and BARE_NUMBER.fullmatch(half):
        return Reading(f"{half}{unit}")
    return Reading(text)


READERS: dict[Kind, Callable[[str, str], Any]] = {
    Kind.DATE: _day,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _whole,
    Kind.AMOUNT: _amount,
}
