"""The standards that come with the product, and what is told of facts by a program."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from .rules import tree
from .rules.reading import standard_of

FACTS = Path(__file__).with_name("facts")


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


@cache
def supplied_keys() -> tuple[str, ...]:
    """Name the standards that come with the product."""
    return tuple(sorted(path.stem for path in FACTS.glob("*.json")))


@cache
def supplied(key: str) -> tree.Standard:
    """Return a standard that comes with the product; raises KeyError."""
    if key not in supplied_keys():
        raise KeyError(key)
    return standard_of(told_by((FACTS / f"{key}.json").read_text(encoding="utf-8")))


def all_supplied() -> Iterator[tree.Standard]:
    """Yield every standard that comes with the product."""
    return (supplied(key) for key in supplied_keys())
