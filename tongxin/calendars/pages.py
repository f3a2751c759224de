"""What the page of a year shows: twelve months of weeks, and the years beside it."""

import datetime as dt
from calendar import Calendar as Weeks
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .choices import DayKind
from .models import Day
from .rules import DAY, EARLIEST, LATEST, Calendar

MONTHS = 12
MARKS = {DayKind.HOLIDAY: "休", DayKind.MADE_UP: "班"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month's table; empty where the week belongs to another month."""

    day: dt.date
    number: int
    kind: str
    mark: str
    title: str
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its first day, its weeks, and how many of its days are worked."""

    first: dt.date
    weeks: tuple[tuple[Cell | None, ...], ...]
    worked: int


def months_of(year: int, calendar: Calendar, today: dt.date) -> list[Month]:
    """Return the months of a year, their weeks beginning on Monday."""
    return [_month(year, month, calendar, today) for month in range(1, MONTHS + 1)]


def _month(year: int, month: int, calendar: Calendar, today: dt.date) -> Month:
    weeks = tuple(
        tuple(_cell(day, calendar, today) if day.month == month else None for day in week)
        for week in Weeks().monthdatescalendar(year, month)
    )
    cells = [cell for week in weeks for cell in week if cell is not None]
    return Month(cells[0].day, weeks, sum(calendar.is_working(cell.day) for cell in cells))


def _cell(day: dt.date, calendar: Calendar, today: dt.date) -> Cell:
    told = calendar.told(day)
    words = {
        DayKind.HOLIDAY: _("%(name)s放假"),
        DayKind.MADE_UP: _("%(name)s调休上班"),
    }
    title = words[told.kind] % {"name": told.name} if told.kind in words else ""
    mark = MARKS.get(told.kind, "")
    return Cell(day, day.day, told.kind.value, mark, title, day == today)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on end that differ from their weekdays in the same way."""

    first: Day
    last: Day


def spans_of(days: Iterable[Day]) -> list[Span]:
    """Return special days, those on end and alike taken together."""
    spans: list[Span] = []
    for day in days:
        before = spans[-1].last if spans else None
        if before is not None and _alike(before, day) and day.date == before.date + DAY:
            spans[-1] = Span(spans[-1].first, day)
        else:
            spans.append(Span(day, day))
    return spans


def _alike(one: Day, other: Day) -> bool:
    return (one.working, one.name, one.document) == (other.working, other.name, other.document)


def beside(year: int) -> tuple[int | None, int | None]:
    """Return the years before and after, as far as the calendar goes."""
    before, after = year - 1, year + 1
    return (
        before if before >= EARLIEST.year else None,
        after if after <= LATEST.year else None,
    )
