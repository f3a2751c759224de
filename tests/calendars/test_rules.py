"""Where a period ends, and why."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calendars import naive
from tongxin.calendars.choices import DayKind, Unit
from tongxin.calendars.queries import arrangements, supplied
from tongxin.calendars.rules import (
    Calendar,
    Clock,
    Special,
    clock_problems,
    days_between,
    due,
    is_long_enough,
    span_problems,
)

WORKING, DAYS, MONTHS, YEARS = Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS, Unit.YEARS
TODAY = dt.date(2026, 11, 27)


def day(text):
    return dt.date.fromisoformat(text)


def last(start, count, unit=WORKING, **more):
    return due(Clock(day(start), count, unit, **more), supplied()).last_day.isoformat()


@pytest.mark.parametrize(
    ("start", "count", "ends"),
    [
        # 国办发明电〔2016〕17号: off 1 to 8 October 2017, Saturday 30 September is worked.
        # 26, 27, 28, 29, 30 September; 9, 10, 11, 12, 13 October.
        ("2017-09-25", 10, "2017-10-13"),
        # 国办发明电〔2019〕16号: off 1 to 8 October 2020; 27 September and 10 October are worked.
        # 25, 27, 28, 29, 30 September; 9, 10 October.
        ("2020-09-24", 7, "2020-10-10"),
        # 国办发明电〔2024〕12号: off 1 to 8 October 2025; 28 September and 11 October are worked.
        # 26, 28, 29, 30 September; 9, 10, 11 October.
        ("2025-09-25", 7, "2025-10-11"),
        # 国办发明电〔2020〕1号 kept 31 January to 2 February 2020 off: 3, 4 February.
        ("2020-01-23", 2, "2020-02-04"),
        # 国发明电〔2015〕1号: off 3 to 5 September 2015, Sunday 6 September is worked.
        ("2015-09-02", 1, "2015-09-06"),
        # A period that runs from a day off begins on the day after it all the same.
        ("2017-10-03", 1, "2017-10-09"),
    ],
)
def test_working_days_across_holidays_end_where_a_hand_counts_them(start, count, ends):
    assert last(start, count) == ends


@pytest.mark.parametrize(
    ("start", "count", "unit", "ends"),
    [
        ("2017-09-20", 7, DAYS, "2017-09-27"),
        ("2017-09-24", 7, DAYS, "2017-10-09"),  # 1 October is off: on to the day after the 8th
        ("2017-09-23", 7, DAYS, "2017-09-30"),  # a Saturday that is worked
        ("2026-01-31", 1, MONTHS, "2026-02-28"),  # worked that year: 国办发明电〔2025〕7号
        ("2024-02-29", 1, YEARS, "2025-02-28"),
        ("2016-02-29", 4, YEARS, "2020-03-02"),  # 29 February 2020 was a Saturday
        ("2025-11-30", 3, MONTHS, "2026-02-28"),
        ("2025-12-31", 12, MONTHS, "2026-12-31"),
    ],
)
def test_days_months_and_years_follow_the_civil_code(start, count, unit, ends):
    assert last(start, count, unit) == ends


def test_what_is_valid_for_a_time_ends_on_its_day_though_it_is_off():
    assert last("2016-02-29", 4, YEARS, rolls=False) == "2020-02-29"


def test_the_reason_names_each_day_that_was_left_out_and_each_that_was_made_up():
    found = due(Clock(day("2025-09-25"), 7, WORKING), supplied())

    assert [(told.day.isoformat(), told.kind) for told in found.left_out] == [
        ("2025-09-27", DayKind.WEEKEND),
        *((f"2025-10-0{number}", DayKind.HOLIDAY) for number in range(1, 9)),
    ]
    assert [told.day.isoformat() for told in found.made_up] == ["2025-09-28", "2025-10-11"]
    assert {told.document for told in found.made_up} == {"国办发明电〔2024〕12号"}
    assert sum(group.count for group in found.groups) == len(found.left_out)


def test_a_year_without_an_arrangement_counts_weekdays_and_warns_with_its_name():
    found = due(Clock(day("2026-12-28"), 5, WORKING), supplied())

    assert found.last_day == day("2027-01-04")
    assert found.lacking == (2027,)
    assert [problem.code for problem in found.warnings] == ["calendars.missing_year"]
    assert "2027" in str(found.warnings[0])


@pytest.mark.parametrize(
    ("start", "count", "unit", "lacking"),
    [
        ("2026-12-20", 5, WORKING, ()),
        ("2026-12-23", 4, WORKING, (2027,)),  # 29 December may move with the next arrangement
        ("2026-06-01", 240, DAYS, (2027,)),
        ("2026-06-01", 240, WORKING, (2027,)),
        ("2007-06-01", 1, WORKING, (2007,)),
        ("2027-03-01", 10, DAYS, (2027,)),
    ],
)
def test_only_years_on_which_the_last_day_depends_are_missed(start, count, unit, lacking):
    assert due(Clock(day(start), count, unit), supplied()).lacking == lacking


def test_what_does_not_move_depends_on_no_calendar():
    assert due(Clock(day("2026-06-01"), 5, YEARS, rolls=False), supplied()).warnings == ()


def test_an_edited_day_moves_the_clock():
    before = supplied()
    storm = day("2026-11-30")
    after = Calendar({**before.special, storm: Special(False, "台风停工", "通告")}, before.years)  # noqa: FBT003

    assert last("2026-11-27", 1) == "2026-11-30"
    assert due(Clock(day("2026-11-27"), 1, WORKING), after).last_day == day("2026-12-01")


EDGES = st.dates(dt.date(2006, 1, 1), dt.date(2029, 12, 31))


@settings(max_examples=400, deadline=None)
@given(
    start=EDGES,
    count=st.integers(1, 80),
    unit=st.sampled_from(list(Unit)),
    rolls=st.booleans(),
    odd=st.dictionaries(EDGES, st.booleans(), max_size=20),
)
def test_every_last_day_is_the_one_that_walking_day_by_day_finds(start, count, unit, rolls, odd):
    special = {date: told.working for date, told in supplied().special.items()} | odd
    calendar = Calendar({d: Special(working, "日", "文") for d, working in special.items()})

    found = due(Clock(start, count, unit, rolls), calendar)

    assert found.last_day == naive.last_day(start, count, unit.value, special, rolls=rolls)
    assert start < found.last_day
    if unit == WORKING:
        span = (found.last_day - start).days
        assert span == count + len(found.left_out)
        assert days_between(start, found.last_day, WORKING, calendar) == count
    assert all(not naive.is_worked(told.day, special) for told in found.left_out)
    assert all(naive.is_worked(told.day, special) for told in found.made_up)


@settings(max_examples=60, deadline=None)
@given(start=EDGES, count=st.integers(1, 60))
def test_one_day_more_never_ends_earlier(start, count):
    for unit in Unit:
        shorter, longer = (due(Clock(start, each, unit), supplied()) for each in (count, count + 1))
        assert shorter.last_day <= longer.last_day


def test_days_between_leave_out_the_first_and_take_in_the_last():
    first, then = day("2017-09-29"), day("2017-10-09")

    assert days_between(first, then, DAYS, supplied()) == 10
    assert days_between(first, then, WORKING, supplied()) == 2
    assert days_between(then, first, DAYS, supplied()) == 0
    with pytest.raises(ValueError, match="months"):
        days_between(first, then, MONTHS, supplied())


@pytest.mark.parametrize(
    ("count", "unit", "answer"), [(5, WORKING, True), (4, WORKING, False), (7, DAYS, True)]
)
def test_a_period_is_long_enough_when_it_ends_no_earlier_than_the_shortest(count, unit, answer):
    start = day("2017-11-06")  # a Monday with no holiday near
    least = Clock(start, 5, WORKING)

    assert is_long_enough(Clock(start, count, unit), least, supplied()) is answer


@pytest.mark.parametrize(
    ("start", "count", "codes"),
    [
        ("2026-01-01", 1, []),
        ("2026-01-01", 0, ["calendars.count"]),
        ("2026-01-01", 2_501, ["calendars.count"]),
        ("1900-01-01", -1, ["calendars.start", "calendars.count"]),
        ("9999-12-31", 1, ["calendars.start"]),
    ],
)
def test_a_period_that_cannot_be_counted_is_refused(start, count, codes):
    assert [each.code for each in clock_problems(day(start), count, WORKING)] == codes


@pytest.mark.parametrize(
    ("first", "last_", "name", "codes"),
    [
        ("2027-10-01", "2027-10-07", "国庆节", []),
        ("2027-10-07", "2027-10-01", "国庆节", ["calendars.order"]),
        ("2027-10-01", "2027-11-05", "国庆节", ["calendars.long"]),
        ("2026-12-31", "2027-01-02", "元旦", ["calendars.two_years"]),
        ("2099-10-01", "2099-10-01", " ", ["calendars.year", "calendars.no_name"]),
    ],
)
def test_special_days_are_some_on_end_with_a_name(first, last_, name, codes):
    found = span_problems(day(first), day(last_), TODAY, name=name, document="文")

    assert [problem.code for problem in found] == codes


def test_every_made_up_day_is_a_weekend_and_every_year_has_its_notice():
    """The notices as a whole: make-up days are weekends, and pay for the weekdays that are off.

    A year has 11 statutory days (13 from 2025 on, 国务院令第795号), so that its weekdays off are
    its make-up days and these; 2015 was given one more, and 2020 one more by its extension.
    """
    days = supplied().special
    assert all(date.weekday() >= 5 for date, told in days.items() if told.working)
    assert [each.year for each in arrangements()] == list(range(2008, 2027))

    notices = {each.document: each.year for each in arrangements()}
    later = {
        "国发明电〔2015〕1号": 2015,
        "国办发明电〔2019〕3号": 2019,
        "国办发明电〔2020〕1号": 2020,
    }
    gained = dict.fromkeys(notices.values(), 0)
    for date, told in days.items():
        year = (notices | later)[told.document]
        if date.weekday() < 5 or told.working:
            gained[year] += -1 if told.working else 1
    usual = {year: 13 if year >= 2025 else 11 for year in gained}
    assert gained == usual | {2015: 12, 2020: 13}
