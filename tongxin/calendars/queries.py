"""The calendar as clocks ask for it, and as it is supplied."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from .models import Day, Year
from .rules import Calendar, Clock, Due, Special, due

FACTS = Path(__file__).parent / "facts"
OFF, WORKING = "off", "working"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A year as a notice of the State Council's General Office arranges it."""

    year: int
    document: str
    issued_on: dt.date | None
    address: str


def calendar(since: dt.date | None = None) -> Calendar:
    """Return the calendar of this installation, or what lies after a day of it. Two queries."""
    days = Day.objects.all() if since is None else Day.objects.filter(date__gt=since)
    special = {
        date: Special(working, name, document)
        for date, working, name, document in days.values_list("date", "working", "name", "document")
    }
    years = Year.objects.filter(complete=True).values_list("year", flat=True)
    return Calendar(special, frozenset(years))


def last_days(clocks: Iterable[Clock]) -> list[Due]:
    """Return where clocks end, for any number of them. Two queries; none without a clock."""
    asked = list(clocks)
    if not asked:
        return []
    known = calendar(min(clock.start for clock in asked))
    return [due(clock, known) for clock in asked]


def last_day(clock: Clock) -> Due:
    """Return where one clock ends. Two queries."""
    return last_days([clock])[0]


def days_of(year: int) -> QuerySet[Day]:
    """Return the special days of a year."""
    return Day.objects.filter(date__year=year)


def year_of(year: int) -> Year | None:
    """Return what is known of a year's arrangement; None where it is missing."""
    return Year.objects.filter(year=year).first()


@cache
def supplied() -> Calendar:
    """Return the calendar that comes with the program: the official arrangements."""
    special = {date: Special(working, name, document) for date, working, name, document in _days()}
    return Calendar(special, frozenset(each.year for each in arrangements()))


@cache
def arrangements() -> tuple[Arrangement, ...]:
    """Return the years that come with the program, each with its notice."""
    with (FACTS / "years.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Arrangement(
                int(row["year"]),
                row["document"],
                dt.date.fromisoformat(row["issued_on"]),
                row["address"],
            )
            for row in csv.DictReader(file)
        )


def _days() -> Iterator[tuple[dt.date, bool, str, str]]:
    with (FACTS / "days.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            date = dt.date.fromisoformat(row["date"])
            yield date, row["is"] == WORKING, row["name"], row["document"]
