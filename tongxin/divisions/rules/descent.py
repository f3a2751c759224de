"""Carrying facts from one day's map to another's, along the changes between them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from tongxin.core.dates import Span

from .lives import ends_on

WHOLE = Decimal(1)
ONE_DAY = dt.timedelta(days=1)


class Standing(NamedTuple):
    """A division under a parent (None: a root) for a time."""

    division: int
    parent: int | None
    span: Span


class Heir(NamedTuple):
    """Who follows whom from a day on, and with what share of the predecessor's facts."""

    predecessor: int
    successor: int
    share: Decimal
    since: dt.date


class Holding(NamedTuple):
    """A part of a division's facts as they lie on another day's map."""

    division: int
    share: Decimal


Holdings = tuple[Holding, ...]


class Descent:
    """The lives of divisions and the successions between them."""

    def __init__(self, standings: Iterable[Standing], heirs: Iterable[Heir]) -> None:
        self._lives: dict[int, list[Standing]] = defaultdict(list)
        for standing in standings:
            self._lives[standing.division].append(standing)
        for rows in self._lives.values():
            rows.sort(key=lambda row: row.span.since or dt.date.min)
        self._of: dict[int, list[Heir]] = defaultdict(list)
        self._to: dict[int, list[Heir]] = defaultdict(list)
        for heir in heirs:
            self._of[heir.predecessor].append(heir)
            self._to[heir.successor].append(heir)

    def holders(self, division: int, start: dt.date, goal: dt.date) -> Holdings:
        """Who holds on the map of `goal` the facts a division had on `start`.

        The division itself while it exists; else its successors, by share; else the division
        that was above it. Empty when the changes do not say: then nobody may apportion.
        """
        if goal < start:
            return self._back(division, start, goal)
        return self._forward(division, start, goal, or_parent=True)

    def successors(self, division: int, day: dt.date) -> Holdings:
        """Who has followed a division by a day, through any chain; itself while it exists."""
        return self._forward(division, day, day, or_parent=False)

    def _forward(
        self, division: int, start: dt.date, goal: dt.date, *, or_parent: bool
    ) -> Holdings:
        rows = self._lives.get(division)
        if not rows:
            return ()
        end = ends_on(row.span for row in rows)
        if end is not None and end <= start:
            start = end - ONE_DAY
        if step := self._next_change(division, start, goal):
            return _together(
                (self._forward(heir.successor, heir.since, goal, or_parent=or_parent), heir.share)
                for heir in step
            )
        if any(goal in row.span for row in rows):
            return (Holding(division, WHOLE),)
        above = rows[-1].parent
        if not or_parent or end is None or above is None:
            return ()
        return self._forward(above, end - ONE_DAY, goal, or_parent=True)

    def _next_change(self, division: int, start: dt.date, goal: dt.date) -> list[Heir]:
        """The first change after `start` that passes any of a division's facts to another."""
        days: dict[dt.date, list[Heir]] = defaultdict(list)
        for heir in self._of[division]:
            if start < heir.since <= goal:
                days[heir.since].append(heir)
        for day in sorted(days):
            if any(heir.successor != division for heir in days[day]):
                return days[day]
        return []

    def _back(self, division: int, start: dt.date, goal: dt.date) -> Holdings:
        rows = self._lives.get(division)
        if not rows:
            return ()
        changes = {
            heir.since
            for heir in self._to[division]
            if goal < heir.since <= start and heir.predecessor != division
        }
        if changes:
            day = max(changes)
            eve = day - ONE_DAY
            before = {heir.predecessor for heir in self._to[division] if heir.since == day}
            if any(eve in row.span for row in rows):
                before.add(division)
            # What several units brought in cannot be told apart afterwards.
            return self._back(before.pop(), eve, goal) if len(before) == 1 else ()
        if any(goal in row.span for row in rows):
            return (Holding(division, WHOLE),)
        first = rows[0]
        if first.parent is None or first.span.since is None or first.span.since <= goal:
            return ()
        return self._back(first.parent, first.span.since, goal)


def _together(parts: Iterable[tuple[Holdings, Decimal]]) -> Holdings:
    """Add up the shares by holder; nothing at all when one of the parts is unknown."""
    held: dict[int, Decimal] = {}
    for holdings, share in parts:
        if not holdings:
            return ()
        for holding in holdings:
            held[holding.division] = held.get(holding.division, Decimal(0)) + holding.share * share
    return tuple(Holding(division, share) for division, share in held.items())
