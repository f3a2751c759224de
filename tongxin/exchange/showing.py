"""The text of a value as it stands in a cell: what goes out reads back as the same."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count

from tongxin.core.words import gettext as _
from tongxin.divisions.models import Division, Version
from tongxin.divisions.queries import labels_on, names_on, on_day
from tongxin.divisions.queries.trees import nodes_of
from tongxin.sheets.book import Value

from .choices import Kind
from .columns import Column
from .rules.cells import plain_number


def text_of(record: Any, name: str, value: Any, day: dt.date) -> str:
    """Return a value of a field in words, for somebody who compares two."""
    if isinstance(value, Division):
        return names_on([value.pk], day)[value.pk]
    field: Any = record._meta.get_field(name)
    return plain_text(field, value)


def plain_text(field: Any, value: Any) -> str:  # noqa: PLR0911  one kind of value each
    """Return a value as it is typed: labels for choices, digits without marks, days as numbers."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if shown := getattr(field, "shown", None):
        return str(shown(value))
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain_number(value)
    return str(value)


def cell_of(column: Column, field: Any) -> Callable[[Any], Value]:
    """Return what turns a value of a column into a cell: days and numbers as such, all else text.

    The labels of a choice are looked up here once, in the language of the moment.
    """
    if column.kind in {Kind.DATE, Kind.WHOLE, Kind.NUMBER, Kind.AMOUNT}:
        return lambda value: Decimal(value) if isinstance(value, int) else value
    if getattr(field, "choices", None) and not hasattr(field, "shown"):
        labels = {value: str(label) or None for value, label in field.flatchoices}
        labels |= {None: None, "": None}
        return lambda value: labels[value] if value in labels else str(value)
    return lambda value: plain_text(field, value) or None


def place_labels(numbers: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return names that lead back to their place: those of several come with the way to them."""
    names = dict(names_on(set(numbers), day))
    versions = Version.objects.filter(on_day(day))
    shared = (
        versions.filter(name__in=set(names.values()))
        .order_by()
        .values("plain_name")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .values("plain_name")
    )
    nodes = nodes_of(versions.filter(division_id__in=names, plain_name__in=shared))
    return names | labels_on(nodes, day)
