"""Values as JSON gives them back, without writing and reading it where that changes nothing."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import NoneType
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

SIMPLE = frozenset({str, int, bool, NoneType})
WORDED: dict[type, Callable[[Any], str]] = {dt.date: dt.date.isoformat, Decimal: str}


def given_back(
    values: Mapping[str, Any], fraction: Callable[[str], Any] | None = None
) -> dict[str, Any]:
    """Return a mapping as JSON gives it back, on every database; `fraction` reads what has a point.

    Raises TypeError for what JSON does not take.
    """
    found = _simple(values)
    if found is None:
        text = json.dumps(values, cls=DjangoJSONEncoder)
        found = json.loads(text, parse_float=fraction)
    return found


def _simple(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the same for plain values, days, amounts and what is made of them; None for others."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        kind = type(value)
        if type(name) is not str:
            return None
        if kind in SIMPLE:
            found[name] = value
        elif kind in WORDED:
            found[name] = WORDED[kind](value)
        elif kind is dict and (inner := _simple(value)) is not None:
            found[name] = inner
        else:
            return None
    return found
