"""Keeping the calendar. A change of it moves every clock that has not run out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.core.words import in_source_language
from tongxin.journal.actions import action, record, unchanged

from .models import Day, Year
from .permissions import top_of
from .queries import arrangements, supplied
from .rules import DAY, span_problems, year_problems


@dataclass(frozen=True, slots=True)
class Span:
    """Days on end that are to be worked or off: their name, and the document that says so."""

    first: dt.date
    last: dt.date
    working: bool
    name: str
    document: str


@action
def seed() -> tuple[int, ...]:
    """Load the official arrangements of the years that the calendar lacks; return these years.

    A year that is there already, entered or changed by somebody, stays as it is.
    """
    known = set(Year.objects.values_list("year", flat=True))
    fresh = [each for each in arrangements() if each.year not in known]
    if not fresh:
        unchanged()
        return ()
    taken = set(Day.objects.values_list("date", flat=True))
    years = {each.year for each in fresh}
    documents = {each.document for each in fresh}
    days = [
        Day(date=date, working=told.working, name=told.name, document=told.document)
        for date, told in supplied().special.items()
        if date not in taken and (date.year in years or told.document in documents)
    ]
    Day.objects.bulk_create(days)
    for each in fresh:
        year = Year.objects.create(
            year=each.year,
            document=each.document,
            issued_on=each.issued_on,
            address=each.address,
            complete=True,
        )
        count = sum(day.date.year == each.year for day in days)
        record(None, "calendars.loaded", year, after={"document": each.document, "days": count})
    return tuple(sorted(years))


@action
def enter_year(
    *, by: Any, year: int, document: str, issued_on: dt.date | None, address: str = ""
) -> Year:
    """Begin a year that the calendar lacks; clocks warn until it is said to be complete."""
    place = _place(by)
    refuse_if(year_problems(year, timezone.localdate()))
    if not document.strip():
        raise Refused(Problem("calendars.no_document", _("填写依据的文号"), "document"))
    if Year.objects.filter(year=year).exists():
        words = _("%(year)d 年已经在日历里，到那一年的页面修改")
        raise Refused(Problem("calendars.known_year", words % {"year": year}, "year"))
    made = Year.objects.create(
        year=year, document=document.strip(), issued_on=issued_on, address=address
    )
    after = {"year": year, "document": made.document, "issued_on": issued_on, "address": address}
    record(by, "calendars.entered", made, after=after, place=place)
    return made


@action
def set_days(span: Span, *, by: Any) -> Year:
    """Say that days on end are worked or off. Raises NotYours, or Refused with every problem."""
    place = _place(by)
    today = timezone.localdate()
    refuse_if(span_problems(span.first, span.last, today, name=span.name, document=span.document))
    year = _year(span.first.year)
    days = [span.first + DAY * number for number in range((span.last - span.first).days + 1)]
    before = {day.date: day for day in Day.objects.select_for_update().filter(date__in=days)}
    fresh = {
        date: Day(date=date, working=span.working, name=span.name, document=span.document)
        for date in days
    }
    moved = [date for date in days if _text(before.get(date)) != _text(fresh[date])]
    if not moved:
        unchanged()
        return year
    Day.objects.filter(date__in=moved).delete()
    Day.objects.bulk_create(fresh[date] for date in moved)
    record(
        by,
        "calendars.changed",
        year,
        before={date.isoformat(): _text(before.get(date)) for date in moved},
        after={date.isoformat(): _text(fresh[date]) for date in moved},
        place=place,
    )
    return year


@action
def clear_days(first: dt.date, last: dt.date, *, by: Any) -> Year:
    """Let days of a year be again what their weekdays say. Raises NotYours."""
    place = _place(by)
    year = _year(first.year)
    rows = Day.objects.select_for_update().filter(date__range=(first, last))
    days = list(rows.filter(date__year=first.year))
    if not days:
        unchanged()
        return year
    Day.objects.filter(pk__in=[day.pk for day in days]).delete()
    before = {day.date.isoformat(): _text(day) for day in days}
    after = dict.fromkeys(before, "")
    record(by, "calendars.changed", year, before=before, after=after, place=place)
    return year


@action
def set_complete(number: int, *, by: Any, complete: bool) -> Year:
    """Say that all special days of a year are entered, or that some lack. Raises NotYours."""
    place = _place(by)
    year = Year.objects.select_for_update().get(pk=_year(number).pk)
    if year.complete == complete:
        unchanged()
        return year
    year.complete = complete
    year.save(update_fields=["complete"])
    before, after = {"complete": not complete}, {"complete": complete}
    record(by, "calendars.checked", year, before=before, after=after, place=place)
    return year


def _place(by: Any) -> int | None:
    """Return the division in whose journal a change stands. Raises NotYours for strangers."""
    if by is None:
        return None
    place = top_of(by)
    if place is None:
        raise NotYours
    return place


def _year(number: int) -> Year:
    """Return a year that stands in the calendar; special days of another would tell nobody why."""
    year = Year.objects.filter(year=number).first()
    if year is None:
        words = _("日历里还没有 %(year)d 年。先登记这一年的放假通知，再填哪天放假、哪天上班")
        raise Refused(Problem("calendars.unknown_year", words % {"year": number}, "first"))
    return year


def _text(day: Day | None) -> str:
    """A special day as the journal keeps it."""
    if day is None:
        return ""
    with in_source_language():
        return f"{_('上班') if day.working else _('放假')} {day.name} {day.document}"
