"""The columns of a list: which are shown, how their values are written, and what they add up to."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongxin.accounts.choices import Sensitivity
from tongxin.core.quantities import Quantity

from .declaration import Column, Kind, Register

GENERAL = (
    Column(
        "sensitivity", gettext_lazy("公开范围"), Kind.CHOICE, Sensitivity, fold=True, extra=True
    ),
    Column("entered_at", gettext_lazy("登记时间"), Kind.MOMENT, fold=True, extra=True),
    Column("changed_at", gettext_lazy("更新时间"), Kind.MOMENT, fold=True, extra=True),
)
"""What every record has, shown to who asks for it."""


@dataclass(frozen=True, slots=True)
class Total:
    """What a column of numbers adds up to, and how many rows have nothing in it."""

    text: str
    missing: int


def columns_of(register: Register) -> tuple[Column, ...]:
    """Return every column that a list may show, in the order in which they stand."""
    declared = {column.path for column in register.columns}
    return (*register.columns, *(each for each in GENERAL if each.path not in declared))


def columns_shown(register: Register, chosen: Collection[str] = ()) -> tuple[Column, ...]:
    """Return the first column, and those chosen; all but the extra ones where none is."""
    first, *rest = columns_of(register)
    wanted = [each for each in rest if (each.path in chosen if chosen else not each.extra)]
    return (first, *wanted)


def path_of(column: Column) -> str:
    """Return the way to a column's value in the database."""
    return f"{column.path}_id" if column.kind is Kind.DIVISION else column.path


def style_of(column: Column) -> SafeString:
    """Return the attribute of a column's cells; one of three constants."""
    if column.fold:
        return SafeString(' class="fold wrap"')
    return SafeString(' class="num"' if column.numeric else "")


def head_style_of(column: Column) -> SafeString:
    """Return the attribute of a column's head; one of three constants."""
    return SafeString(' class="fold"') if column.fold else style_of(column)


def plain_of(column: Column, names: Mapping[int, str]) -> Callable[[Any], Any]:
    """Return how the values of a column are read: words for places and choices, else as they are.

    Nothing recorded stays None or an empty text; moments are those of the clock on the wall.
    """
    if column.kind is Kind.DIVISION:
        return lambda value: names.get(value, "")
    if column.kind is Kind.CHOICE and column.choices is not None:
        words = {value: str(label) for value, label in column.choices.choices}
        return lambda value: words.get(value, "")
    if column.kind is Kind.MOMENT:
        return lambda value: None if value is None else timezone.localtime(value)
    return lambda value: value


def writer_of(column: Column, names: Mapping[int, str]) -> Callable[[Any], str]:
    """Return how the values of a column become text; nothing recorded becomes an empty text."""
    if column.kind in {Kind.DIVISION, Kind.CHOICE}:
        return plain_of(column, names)
    if column.kind is Kind.MONEY:
        return lambda value: "" if value is None else _money(value)
    if column.kind is Kind.MOMENT:
        return lambda value: "" if value is None else _moment(value)
    return lambda value: "" if value is None else str(value)


def _money(value: Any) -> str:
    return str(Quantity(Decimal(value), "元"))


def _moment(value: dt.datetime) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


def totals_of(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> tuple[Total | None, ...]:
    """Return what each column of numbers adds up to over some rows; () where none is of numbers.

    Only rows at hand are added: a sum over a register would read all of it.
    """
    if not any(column.numeric for column in columns):
        return ()
    taken = list(rows)
    return tuple(
        _total(column, [row[at] for row in taken]) if column.numeric else None
        for at, column in enumerate(columns)
    )


def _total(column: Column, values: list[Any]) -> Total:
    known = [value for value in values if value is not None]
    if not known:
        return Total("", len(values))
    added = sum(known)
    return Total(
        _money(added) if column.kind is Kind.MONEY else str(added), len(values) - len(known)
    )


def missing_words(total: Total) -> str:
    """Say how many rows of a total have nothing recorded."""
    return _("%(count)d 条没有填") % {"count": total.missing} if total.missing else ""
