"""When a clock of a base runs out, by the working calendar."""

import datetime as dt

from tongxin.calendars.choices import Unit
from tongxin.calendars.queries import last_day
from tongxin.calendars.rules import Clock
from tongxin.incubation.models import Base


def clock(base: Base, name: str, begins: dt.date) -> Clock:
    """Return one of the clocks of a base, begun on a day: `check`, `notice` or `handback`."""
    return Clock(begins, getattr(base, f"{name}_days"), Unit(getattr(base, f"{name}_unit")))


def due(base: Base, name: str, begins: dt.date) -> dt.date:
    """Return the last day of one of the clocks of a base. Two queries."""
    return last_day(clock(base, name, begins)).last_day
