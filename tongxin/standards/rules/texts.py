"""JSON as it is told by files and kept in columns: numbers exact, no name twice."""

import json
from decimal import Decimal
from typing import Any


class Doubled(ValueError):
    """A name that stands twice in one object: which value is meant cannot be known."""


def told_by(text: str) -> Any:
    """Read JSON with its numbers exact; raises ValueError, also for a name that stands twice."""
    return json.loads(
        text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_single
    )


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise Doubled(next(name for name in names if names.count(name) > 1))
    return found
