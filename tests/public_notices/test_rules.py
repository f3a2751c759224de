"""When a notice may be posted, objected to and closed. No database."""

import datetime as dt

import pytest

from tongxin.calendars.choices import Unit
from tongxin.calendars.queries import supplied
from tongxin.calendars.rules import Calendar, Special
from tongxin.public_notices.choices import State
from tongxin.public_notices.rules import (
    Period,
    answer_problems,
    closing_problems,
    draft_problems,
    ending,
    going_on_problems,
    may_move,
    naming_problems,
    objection_problems,
    posting_problems,
    signing_problems,
    withdrawing_problems,
)

WORKING, DAYS = Unit.WORKING_DAYS, Unit.DAYS
SEVEN = Period(7, WORKING)
START = dt.date(2017, 9, 25)
NOBODY = ("", None)


def day(text):
    return dt.date.fromisoformat(text)


def codes(problems):
    return [problem.code.removeprefix("public_notices.") for problem in problems]


def ends(start="2017-09-25", period=SEVEN, announced=None):
    return ending(day(start), period, supplied(), announced)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        # 国办发明电〔2016〕17号: 1 to 8 October 2017 off, Saturday 30 September worked.
        # 26, 27, 28, 29, 30 September; 9, 10 October.
        ("2017-09-25", 7, "2017-10-10"),
        # 国办发明电〔2025〕7号: 25 to 27 September and 1 to 7 October 2026 off; Sunday
        # 20 September and Saturday 10 October worked. 18, 20, 21, 22, 23, 24, 28, 29, 30
        # September; 8, 9, 10 October.
        ("2026-09-17", 12, "2026-10-10"),
    ],
)
def test_a_notice_across_the_national_day_ends_where_a_hand_counts_it(start, count, last):
    assert ends(start, Period(count, WORKING)).last_day == day(last)


def test_a_changed_calendar_lengthens_a_notice_and_never_shortens_what_was_announced():
    later = Calendar(
        {**supplied().special, day("2017-10-10"): Special(False, "台风", "通告")},  # noqa: FBT003
        supplied().years,
    )
    earlier = Calendar(
        {**supplied().special, day("2017-10-07"): Special(True, "调休", "通告")},  # noqa: FBT003
        supplied().years,
    )
    announced = ends().last_day

    longer, same = (ending(START, SEVEN, known, announced) for known in (later, earlier))

    assert (longer.last_day, longer.moved) == (day("2017-10-11"), True)
    assert same.due.last_day == day("2017-10-09")
    assert (same.last_day, same.moved) == (announced, True)
    assert not ends(announced=announced).moved


@pytest.mark.parametrize(
    ("period", "found"),
    [
        (Period(7, WORKING, (5, WORKING)), []),
        (Period(4, WORKING, (5, WORKING)), ["short"]),
        (Period(7, DAYS, (5, WORKING)), []),  # asked when the day of posting is known
        (Period(7, DAYS, (0, WORKING)), ["least"]),
    ],
)
def test_a_draft_keeps_to_the_least_that_is_asked_for(period, found):
    assert codes(draft_problems(period, START)) == found


def test_a_period_of_no_days_is_refused():
    assert [each.code for each in draft_problems(Period(0, DAYS), START)] == ["calendars.count"]


@pytest.mark.parametrize(
    ("state", "starts", "period", "named", "found"),
    [
        ("draft", "2017-09-25", SEVEN, NOBODY, []),
        ("draft", "2017-10-21", SEVEN, NOBODY, ["future"]),
        ("posted", "2017-09-25", SEVEN, NOBODY, ["not_draft"]),
        ("withdrawn", "2017-09-25", SEVEN, NOBODY, ["not_draft"]),
        # 7 days from 29 September 2017 end on 9 October, 5 working days on 12 October.
        ("draft", "2017-09-29", Period(7, DAYS, (5, WORKING)), NOBODY, ["short"]),
        ("draft", "2017-09-25", SEVEN, ("张样例", "2017-12-31"), []),
        ("draft", "2017-09-25", SEVEN, ("张样例", "2017-10-10"), ["names_until"]),
        ("draft", "2017-09-25", SEVEN, ("张样例", "2018-10-11"), ["names_until"]),
        ("draft", "2017-09-25", SEVEN, ("张样例", "2018-10-10"), []),
    ],
)
def test_a_draft_is_posted_today_or_before_long_enough_and_names_come_down(
    state, starts, period, named, found
):
    names, until = named
    problems = posting_problems(
        state,
        day(starts),
        period,
        supplied(),
        day("2017-10-20"),
        names=names,
        names_until=until and day(until),
    )

    assert codes(problems) == found


@pytest.mark.parametrize(
    ("names", "basis", "until", "found"),
    [
        ("", "", None, []),
        ("张样例", "办法第十条", START, []),
        ("张样例", "", None, ["names_basis", "names_until"]),
    ],
)
def test_a_name_has_a_basis_and_an_end(names, basis, until, found):
    assert codes(naming_problems(names, basis, until)) == found


@pytest.mark.parametrize(
    ("state", "received", "today", "found"),
    [
        ("posted", "2017-09-25", "2017-10-20", []),
        ("posted", "2017-10-10", "2017-10-20", []),
        ("posted", "2017-10-11", "2017-10-20", ["too_late"]),
        ("closed", "2017-10-11", "2017-10-20", ["too_late"]),
        ("closed", "2017-10-10", "2017-10-20", ["over"]),
        ("withdrawn", "2017-10-10", "2017-10-20", ["over"]),
        ("posted", "2017-09-24", "2017-10-20", ["too_early"]),
        ("posted", "2017-09-28", "2017-09-27", ["future"]),
        ("draft", "2017-09-28", "2017-09-27", ["not_posted"]),
    ],
)
def test_an_objection_is_taken_from_the_day_of_posting_to_the_last(state, received, today, found):
    problems = objection_problems(state, day(received), START, ends(), day(today))

    assert codes(problems) == found


def test_a_notice_that_was_never_posted_takes_no_objection():
    assert codes(objection_problems("withdrawn", START, None, None, START)) == ["not_posted"]


@pytest.mark.parametrize(
    ("objector", "signed", "found"),
    [
        ("", False, []),
        ("王样例", True, []),
        ("", True, ["no_name"]),
        ("王样例", False, ["unsigned"]),
    ],
)
def test_a_signature_is_there_or_not(objector, signed, found):
    assert codes(signing_problems(objector, signed=signed)) == found


@pytest.mark.parametrize(
    ("state", "answered", "reason", "found"),
    [
        ("posted", "2017-09-28", "查了", []),
        ("posted", "2017-09-28", " ", ["no_reason"]),
        ("posted", "2017-09-26", "查了", ["answered_on"]),
        ("posted", "2017-10-21", "查了", ["answered_on"]),
        ("closed", "2017-09-28", "查了", ["over"]),
    ],
)
def test_an_answer_says_why_and_comes_after_the_objection(state, answered, reason, found):
    problems = answer_problems(state, day("2017-09-27"), day(answered), reason, day("2017-10-20"))

    assert codes(problems) == found


@pytest.mark.parametrize(
    ("state", "on", "unanswered", "found"),
    [
        ("posted", "2017-10-11", 0, []),
        ("posted", "2017-10-10", 0, ["running"]),
        ("posted", "2017-10-10", 2, ["running", "unanswered"]),
        ("posted", "2017-10-11", 1, ["unanswered"]),
        ("posted", "2017-10-21", 0, ["future"]),
        ("draft", "2017-10-11", 0, ["not_posted"]),
        ("closed", "2017-10-11", 0, ["not_posted"]),
    ],
)
def test_a_notice_is_closed_after_its_last_day_and_with_every_answer(state, on, unanswered, found):
    today = day("2017-10-20")
    assert codes(closing_problems(state, ends(), unanswered, day(on), today)) == found


def test_a_notice_is_not_closed_before_its_last_objection_was_answered():
    on, answered_on, today = (day(f"2017-10-{each}") for each in (12, 13, 20))
    found = closing_problems("posted", ends(), 0, on, today, answered_on)
    assert codes(found) == ["answered_later"]


@pytest.mark.parametrize(
    ("state", "reason", "found"),
    [
        ("draft", "写错了", []),
        ("posted", "写错了", []),
        ("posted", " ", ["no_reason"]),
        ("closed", "写错了", ["over"]),
        ("withdrawn", "写错了", ["over"]),
    ],
)
def test_what_is_open_is_withdrawn_with_a_reason(state, reason, found):
    assert codes(withdrawing_problems(state, reason)) == found


@pytest.mark.parametrize(
    ("state", "closed", "upheld", "found"),
    [
        ("closed", "2017-10-11", 0, []),
        ("closed", "2017-10-21", 0, ["not_closed"]),
        ("closed", "2017-10-11", 1, ["upheld"]),
        ("posted", None, 0, ["not_closed"]),
        ("draft", None, 0, ["not_closed"]),
        ("withdrawn", "2017-10-11", 0, ["not_closed"]),
    ],
)
def test_things_go_on_when_the_notice_is_closed_and_nothing_was_upheld(
    state, closed, upheld, found
):
    problems = going_on_problems(state, closed and day(closed), upheld, day("2017-10-20"))

    assert codes(problems) == found


def test_a_notice_only_goes_forward():
    moves = {(a.value, b.value) for a in State for b in State if may_move(a, b)}

    assert moves == {
        ("draft", "posted"),
        ("draft", "withdrawn"),
        ("posted", "closed"),
        ("posted", "withdrawn"),
    }
