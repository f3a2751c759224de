"""The orders in which a list may stand, and cutting it by key.

Each order has an index, so that a page costs what it shows. A column without one is not offered.
"""

import base64
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.db import connections, models
from django.db.models import Q, Subquery, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import declaration
from .declaration import Column, Register

FIRST = "name"
TOKEN_LENGTH = 600
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Order:
    """One order: the fields before the number of the record, and whether it falls."""

    fields: tuple[str, ...]
    falling: bool
    label: Any


PLAIN: Mapping[str, Order] = {
    "name": Order(("sort_key",), falling=False, label=_("名称，按拼音")),
    "-name": Order(("sort_key",), falling=True, label=_("名称，按拼音倒序")),
    "-changed": Order(("changed_at",), falling=True, label=_("最近更新在前")),
    "changed": Order(("changed_at",), falling=False, label=_("最早更新在前")),
}


def orders_of(register: Register) -> Mapping[str, Order]:
    """Return the orders of a register: by name, by change, by each column that has an index."""
    return _orders(register.key)


def order_of(register: Register, key: str) -> Order:
    """Return one order; one that there is not means by name."""
    return orders_of(register).get(key, PLAIN[FIRST])


def sorts_by(register: Register, column: Column) -> bool:
    """Whether a column has an index in which the rows of a list stand: its values, then names.

    Columns that may be empty have none: databases do not agree where nothing stands.
    """
    own = {field.name: field for field in register.model._meta.concrete_fields}
    if column.path not in own or own[column.path].null:
        return False
    within = (register.within,) if register.within else ()
    wanted = [*within, column.path, "sort_key", "id"]
    return any(
        list(index.fields) == wanted and index.condition is None
        for index in register.model._meta.indexes
    )


@cache
def _orders(of: str) -> Mapping[str, Order]:
    register = declaration.get(of)
    found = dict(PLAIN)
    for column in register.columns:
        if sorts_by(register, column):
            fields = (column.path, "sort_key")
            up, down = _("{column}升序"), _("{column}降序")
            for key, falling, words in ((column.path, False, up), (f"-{column.path}", True, down)):
                found[key] = Order(fields, falling, format_lazy(words, column=column.label))
    return found


def beyond(
    order: Order, start: tuple[Any, ...], *, upwards: bool, rows: models.QuerySet[Any]
) -> Any:
    """Return the condition of rows past a place, in a form in which an index begins there."""
    if len(order.fields) > 1:
        past = TupleGreaterThan if upwards else TupleLessThan
        if connections[rows.db].vendor == "postgresql":
            start = (_unknown(rows.model, order.fields[0], start[0]), *start[1:])
        return past(Tuple(*order.fields, "id"), start)
    # Without an OR that would split the search.
    (field,), (value, pk) = order.fields, start
    op, back = ("gt", "lte") if upwards else ("lt", "gte")
    return Q(**{f"{field}__{op}e": value}) & ~Q(**{field: value, f"id__{back}": pk})


def _unknown(model: type[models.Model], field: str, value: Any) -> Subquery:
    """Return a value that PostgreSQL learns only when it runs.

    It weighs a row of values by its first alone: where that is the same in most rows it believes
    that none lie beyond, leaves the index that stands in order, and sorts the whole list.
    """
    column: Any = model._meta.get_field(field)
    known = Value(value, output_field=column)
    return Subquery(model._default_manager.order_by().values(known=known)[:1])


def token_of(place: tuple[Any, ...]) -> str:
    """Return a place in an order, the number last, as an address carries it."""
    plain = [each if isinstance(each, (str, int)) else _written(each) for each in place]
    text = json.dumps(plain, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def start_of(register: Register, order: Order, token: str) -> tuple[Any, ...] | None:
    """Read the place in a token; one that was tampered with simply means the first page."""
    if not token or len(token) > TOKEN_LENGTH:
        return None
    try:
        *values, pk = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        fields = [register.model._meta.get_field(name) for name in order.fields]
        if len(values) != len(fields) or abs(int(pk)) > LARGEST:
            return None
        read = [_value(field, value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, OverflowError, InvalidOperation):
        return None
    return None if None in read else (*read, int(pk))


def _value(field: Any, value: Any) -> Any:
    """Return a value as its column holds it; None for what it could not hold."""
    if isinstance(field, models.DateTimeField):
        moment = dt.datetime.fromisoformat(value)
        return moment if moment.tzinfo else None
    if isinstance(field, models.DateField):
        return dt.date.fromisoformat(value)
    if isinstance(field, models.DecimalField):
        number = Decimal(value)
        return number if number.is_finite() else None
    if isinstance(field, models.IntegerField):
        return value if isinstance(value, int) and abs(value) <= LARGEST else None
    return value if isinstance(value, str) and "\0" not in value else None
