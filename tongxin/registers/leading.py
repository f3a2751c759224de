"""How divisions lead to the first rows of a list, so that it costs what it shows."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Greatest

from tongxin.divisions.queries import first_in_each

from .declaration import Register
from .ordering import Order


def leading_rows(
    register: Register, places: QuerySet[Any, Any], rows: QuerySet[Any], number: int
) -> QuerySet[Any]:
    """Return the first of some rows of each of these places: among them are the first of all."""
    each = first_in_each(places, rows, register.place, number)
    return register.model._default_manager.filter(pk__in=each)


def stands_by_place(register: Register, order: Order, *alike: str) -> bool:
    """Whether an index holds the rows of each division in an order; those that say the same."""
    wanted = [register.place, *alike, *order.fields, "id"]
    indexes = register.model._meta.indexes
    return any(
        list(index.fields)[: len(wanted)] == wanted and index.condition is None for index in indexes
    )


def first_of_places(
    register: Register, rows: QuerySet[Any], order: Order, number: int, *, down: bool
) -> tuple[QuerySet[Any], list[Any]]:
    """Return the first rows of some divisions, found by the division's index, and their order.

    They are put in order by something that no index is in: databases take names for spread over
    all places and would walk the whole list for its first page, but names begin with their place.
    """
    keys = [Greatest(field, field) for field in order.fields]
    by: list[Any] = [key.desc() if down else key.asc() for key in keys]
    by.append("-id" if down else "id")
    first = rows.order_by(*by).values("pk")[:number]
    return register.model._default_manager.filter(pk__in=first), by
