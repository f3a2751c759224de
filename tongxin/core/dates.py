"""Half-open intervals of days: from the first day, up to but not including the last."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` (None: always) up to but not including `until` (None: open)."""

    since: dt.date | None = None
    until: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    def __bool__(self) -> bool:
        """Whether there is any day in it."""
        return self.since is None or self.until is None or self.since < self.until

    def meet(self, other: "Span") -> "Span":
        """Return the days in both; empty (false) when there are none."""
        since = max((day for day in (self.since, other.since) if day), default=None)
        until = min((day for day in (self.until, other.until) if day), default=None)
        return Span(since, until)
