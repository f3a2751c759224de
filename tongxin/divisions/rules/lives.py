"""Spans of days put side by side: joined, compared, the nearest one found."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from tongxin.core.dates import Span

Thing = TypeVar("Thing")


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the same days in the fewest spans, in order: what overlaps or touches becomes one.

    >>> joined([Span(dt.date(2020, 1, 1)), Span(None, dt.date(2020, 1, 1))])
    [Span(since=None, until=None)]
    """
    found: list[Span] = []
    for span in sorted(filter(None, spans), key=lambda span: span.since or dt.date.min):
        last = found[-1] if found else None
        if last is None or (
            last.until is not None and span.since is not None and last.until < span.since
        ):
            found.append(span)
        elif last.until is not None and (span.until is None or span.until > last.until):
            found[-1] = Span(last.since, span.until)
    return found


def ends_on(spans: Iterable[Span]) -> dt.date | None:
    """Return the first day after all the spans, or None while one of them is open."""
    last = dt.date.min
    for span in spans:
        if span.until is None:
            return None
        last = max(last, span.until)
    return last


def nearest(dated: Iterable[tuple[Span, Thing]], day: dt.date) -> Thing | None:
    """Return what holds on a day; failing that the last that held before, else the first after."""
    before: tuple[dt.date, Thing] | None = None
    after: tuple[dt.date, Thing] | None = None
    for span, thing in dated:
        if day in span:
            return thing
        if span.until is not None and span.until <= day:
            if before is None or before[0] < span.until:
                before = (span.until, thing)
        elif span.since is not None and (after is None or span.since < after[0]):
            after = (span.since, thing)
    chosen = before or after
    return chosen[1] if chosen else None
