"""Working days and periods. Dates and a calendar in, a last day and its reasons out.

A period begins on the day after the day from which it runs (民法典, art. 201). Months and years end
on the same day of the month, or on its last (art. 202). A period of days, months or years that
ends on a day off ends on the day after it (art. 203); working days cannot.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.core.words import ngettext

from .choices import DayKind, Unit

DAY = dt.timedelta(days=1)
SATURDAY = 5
EARLIEST, LATEST = dt.date(1949, 10, 1), dt.date(2199, 12, 31)
MOST = {Unit.WORKING_DAYS: 2_500, Unit.DAYS: 3_660, Unit.MONTHS: 600, Unit.YEARS: 50}
"""The longest period of each unit: longer ones are slips of the finger."""
NEW_YEAR_BEGINS = dt.timedelta(days=3)
"""The arrangement of a year may also move the last three days of the year before it."""
MOST_DAYS_AT_ONCE = 31


@dataclass(frozen=True, slots=True)
class Special:
    """A day that is not what its weekday says: worked or off, its name, the document."""

    working: bool
    name: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Special days, and the years whose arrangement is complete; other years are weekdays only."""

    special: Mapping[dt.date, Special] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def kind(self, day: dt.date) -> DayKind:
        """Return what a day is."""
        told = self.special.get(day)
        weekend = day.weekday() >= SATURDAY
        if told is None:
            return DayKind.WEEKEND if weekend else DayKind.WORKING
        if told.working:
            return DayKind.MADE_UP if weekend else DayKind.WORKING
        return DayKind.HOLIDAY

    def is_working(self, day: dt.date) -> bool:
        """Whether work is done on a day."""
        return self.kind(day) in {DayKind.WORKING, DayKind.MADE_UP}

    def told(self, day: dt.date) -> "Told":
        """Return a day with what the calendar says of it."""
        special = self.special.get(day, Special(working=False, name=""))
        return Told(day, self.kind(day), special.name, special.document)

    def lacking(self, days: Iterable[dt.date]) -> tuple[int, ...]:
        """Return the years on which these days depend and whose arrangement is not here."""
        asked = {year for day in days for year in (day.year, (day + NEW_YEAR_BEGINS).year)}
        return tuple(sorted(asked - self.years))


@dataclass(frozen=True, slots=True)
class Told:
    """A day with its reason."""

    day: dt.date
    kind: DayKind
    name: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A period as it is stored: from which day, how many, of which unit.

    `rolls` says whether a last day that is off moves on; it does not where something is valid for
    a time, and ends when it ends.
    """

    start: dt.date
    count: int
    unit: Unit
    rolls: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a clock, and why: what was left out, what counts though it is a weekend."""

    clock: Clock
    last_day: dt.date
    left_out: tuple[Told, ...] = ()
    made_up: tuple[Told, ...] = ()
    lacking: tuple[int, ...] = ()

    @property
    def groups(self) -> tuple["Group", ...]:
        """The days left out, those on end and of one reason taken together."""
        return tuple(_grouped(self.left_out))

    @property
    def period(self) -> str:
        """How long the clock runs, in words."""
        return amount(self.clock.count, self.clock.unit)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What makes the last day uncertain, and what to do about it."""
        return tuple(missing_year(year) for year in self.lacking)


@dataclass(frozen=True, slots=True)
class Group:
    """Days on end that are left out for one reason."""

    first: Told
    last: Told
    count: int


def due(clock: Clock, calendar: Calendar) -> Due:
    """Return the last day of a clock."""
    if clock.unit == Unit.WORKING_DAYS:
        return _after_working_days(clock, calendar)
    nominal = _nominal(clock)
    if not clock.rolls:
        return Due(clock, nominal)
    left_out = tuple(
        calendar.told(day)
        for day in takewhile(lambda day: not calendar.is_working(day), days_from(nominal))
    )
    last = nominal + len(left_out) * DAY
    relied = [nominal + DAY * number for number in range(len(left_out) + 1)]
    return Due(clock, last, left_out, (), calendar.lacking(relied))


def days_from(day: dt.date) -> Iterator[dt.date]:
    """Yield a day and those after it."""
    while True:
        yield day
        day += DAY


def _after_working_days(clock: Clock, calendar: Calendar) -> Due:
    left_out, made_up, day, counted = [], [], clock.start, 0
    while counted < clock.count:
        day += DAY
        kind = calendar.kind(day)
        if kind in {DayKind.WEEKEND, DayKind.HOLIDAY}:
            left_out.append(calendar.told(day))
            continue
        counted += 1
        if kind == DayKind.MADE_UP:
            made_up.append(calendar.told(day))
    relied = _between(clock.start, day)
    return Due(clock, day, tuple(left_out), tuple(made_up), calendar.lacking(relied))


def _nominal(clock: Clock) -> dt.date:
    """Return where a period of days, months or years ends before any day off is asked about."""
    if clock.unit == Unit.DAYS:
        return clock.start + clock.count * DAY
    months = clock.count * (12 if clock.unit == Unit.YEARS else 1)
    year, month = divmod(clock.start.year * 12 + clock.start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(clock.start.day, last))


def _between(after: dt.date, last: dt.date) -> list[dt.date]:
    return [after + DAY * number for number in range(1, (last - after).days + 1)]


def days_between(after: dt.date, last: dt.date, unit: Unit, calendar: Calendar) -> int:
    """Return how many days lie after a day, up to and including another.

    Of working days those that are worked; months and years are not counted between two days.
    """
    if unit == Unit.DAYS:
        return max(0, (last - after).days)
    if unit == Unit.WORKING_DAYS:
        return sum(calendar.is_working(day) for day in _between(after, last))
    raise ValueError(unit)


def is_long_enough(clock: Clock, least: Clock, calendar: Calendar) -> bool:
    """Whether a period ends no earlier than the shortest one that is allowed."""
    return due(clock, calendar).last_day >= due(least, calendar).last_day


def amount(count: int, unit: str) -> str:
    """Return a number with its unit, in words."""
    words = {
        Unit.WORKING_DAYS: ngettext("%(count)d 个工作日", "%(count)d 个工作日", count),
        Unit.DAYS: ngettext("%(count)d 日", "%(count)d 日", count),
        Unit.MONTHS: ngettext("%(count)d 个月", "%(count)d 个月", count),
        Unit.YEARS: ngettext("%(count)d 年", "%(count)d 年", count),
    }
    return words[Unit(unit)] % {"count": count}


def missing_year(year: int) -> Problem:
    """Say that a year's arrangement is not here, what was counted instead, and what to do."""
    words = _(
        "工作日历里还没有 %(year)d 年的放假安排，这一年按周一到周五算。"
        "国务院办公厅的通知发布后，由系统管理员补上，日期会自动重算"
    )
    return Problem("calendars.missing_year", words % {"year": year}, "year")


def clock_problems(start: dt.date, count: int, unit: str) -> Iterator[Problem]:
    """Say why a period cannot be counted."""
    if not EARLIEST <= start <= LATEST:
        words = _("起算日期要在 %(first)s 到 %(last)s 之间")
        facts = {"first": EARLIEST.isoformat(), "last": LATEST.isoformat()}
        yield Problem("calendars.start", words % facts, "start")
    most = MOST[Unit(unit)]
    if not 1 <= count <= most:
        words = _("期限填 1 到 %(most)d")
        yield Problem("calendars.count", words % {"most": most}, "count")


def span_problems(
    first: dt.date, last: dt.date, today: dt.date, *, name: str, document: str
) -> Iterator[Problem]:
    """Say what stands against special days: they are some on end, with a name and a document."""
    if last < first:
        yield Problem("calendars.order", _("最后一天不能早于第一天"), "last")
    elif (last - first).days >= MOST_DAYS_AT_ONCE:
        words = _("一次最多 %(most)d 天，分几次填")
        yield Problem("calendars.long", words % {"most": MOST_DAYS_AT_ONCE}, "last")
    if first.year != last.year:
        words = _("跨年的分两次填：%(first)d 年的一次，%(last)d 年的一次")
        facts = {"first": first.year, "last": last.year}
        yield Problem("calendars.two_years", words % facts, "last")
    yield from year_problems(first.year, today)
    if not name.strip():
        yield Problem("calendars.no_name", _("填写名称，例如“国庆节”"), "name")
    if not document.strip():
        yield Problem(
            "calendars.no_document", _("填写依据的文号，例如“国办发明电〔2025〕7号”"), "document"
        )


def year_problems(year: int, today: dt.date) -> Iterator[Problem]:
    """Say why a year does not belong into the calendar."""
    if not EARLIEST.year <= year <= today.year + 5:
        words = _("年份填 %(first)d 到 %(last)d")
        facts = {"first": EARLIEST.year, "last": today.year + 5}
        yield Problem("calendars.year", words % facts, "year")


def _grouped(days: Iterable[Told]) -> Iterator[Group]:
    first = last = None
    count = 0
    for day in days:
        on_end = last is not None and day.day == last.day + DAY
        if first is not None and last is not None and on_end and _reason(day) == _reason(first):
            last, count = day, count + 1
            continue
        if first is not None and last is not None:
            yield Group(first, last, count)
        first, last, count = day, day, 1
    if first is not None and last is not None:
        yield Group(first, last, count)


def _reason(told: Told) -> tuple[str, str, str]:
    return told.kind, told.name, told.document
