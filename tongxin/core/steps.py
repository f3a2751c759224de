"""How far a long piece of work has come: whoever does it counts, whoever waits may be told.

Nothing is written here and nothing is shown: without somebody who asked to be told, counting costs
nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Item = TypeVar("Item")
Meter = Callable[[str, int, int], None]
"""Is told the part of the work, how many of it are done, and how many there are."""
_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def telling(meter: Meter) -> Iterator[None]:
    """Tell `meter` of the steps that are taken within the block."""
    token = _meter.set(meter)
    try:
        yield
    finally:
        _meter.reset(token)


def counted(items: Collection[Item], part: str) -> Iterable[Item]:
    """Return the same items, telling of each as it is taken."""
    return counted_of(items, part, len(items))


def counted_of(items: Iterable[Item], part: str, total: int) -> Iterable[Item]:
    """Return the same items, telling of each, where their number is known beforehand."""
    meter = _meter.get()
    return items if meter is None else _told(items, part, total, meter)


def begun(part: str) -> None:
    """Tell that a part has begun that cannot be counted."""
    meter = _meter.get()
    if meter is not None:
        meter(part, 0, 0)


def _told(items: Iterable[Item], part: str, total: int, meter: Meter) -> Iterator[Item]:
    meter(part, 0, total)
    for done, item in enumerate(items, 1):
        yield item
        meter(part, done, total)
