"""How many places of a base are held, and whether there is room. Spans in, numbers out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tongxin.core.dates import Span
from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

from .clocks import ONE, months_later


@dataclass(frozen=True, slots=True)
class Held:
    """Places held during some days."""

    span: Span
    places: int


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a base: most places held on a day of it, held at its end, came and went."""

    first: dt.date
    most: int
    at_end: int
    came: int
    went: int


def held_on(held: Iterable[Held], day: dt.date) -> int:
    """Return the places held on a day."""
    return sum(each.places for each in held if day in each.span)


def peak(held: Sequence[Held], span: Span) -> int:
    """Return the most places held on any one day of a span.

    The number only rises on a day on which somebody begins to hold, so those days are enough.
    """
    met = [each.span.meet(span) for each in held]
    starts = {days.since or dt.date.min for days in met if days}
    return max((held_on(held, start) for start in starts), default=0)


def room_problems(
    capacity: int | None, held: Sequence[Held], span: Span, wanted: int
) -> Iterator[Problem]:
    """Say that a base has no room for somebody: more places would be held than there are."""
    if capacity is None:
        words = _("基地没有填可入驻组织数。先到基地页面填写，再办理")
        yield Problem("incubation.no_capacity", words)
        return
    taken = peak(held, span)
    if taken + wanted > capacity:
        words = _(
            "席位不够：共 %(capacity)d 个，已占用或已答应 %(taken)d 个，"
            "还剩 %(free)d 个，这里要 %(wanted)d 个。列入候补，或等有人交还场地"
        )
        facts = {
            "capacity": capacity,
            "taken": taken,
            "free": max(0, capacity - taken),
            "wanted": wanted,
        }
        yield Problem("incubation.full", words % facts)


def by_month(held: Sequence[Held], first: dt.date, months: int) -> list[Month]:
    """Return the occupancy of some months, from the one in which `first` lies."""
    begins = first.replace(day=1)
    found = []
    for number in range(months):
        since = months_later(begins, number)
        until = months_later(begins, number + 1)
        days = Span(since, until)
        found.append(
            Month(
                since,
                peak(held, days),
                held_on(held, until - ONE),
                sum(each.places for each in held if each.span.since and each.span.since in days),
                sum(each.places for each in held if each.span.until and each.span.until in days),
            )
        )
    return found
