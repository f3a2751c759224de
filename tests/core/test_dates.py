"""Half-open spans of days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxin.core.dates import Span

MARCH, JUNE, JULY = dt.date(2017, 3, 1), dt.date(2017, 6, 30), dt.date(2017, 7, 1)
ends = st.none() | st.dates(dt.date(2017, 1, 1), dt.date(2017, 1, 9))
spans = st.builds(Span, ends, ends)
days = st.dates(dt.date(2016, 12, 30), dt.date(2017, 1, 12))


@pytest.mark.parametrize(
    ("span", "day", "inside"),
    [
        (Span(MARCH, JULY), MARCH, True),
        (Span(MARCH, JULY), JUNE, True),
        (Span(MARCH, JULY), JULY, False),
        (Span(None, JULY), dt.date.min, True),
        (Span(MARCH), dt.date.max, True),
        (Span(), MARCH, True),
        (Span(MARCH, MARCH), MARCH, False),
    ],
)
def test_the_first_day_is_in_a_span_and_the_last_is_not(span, day, inside):
    assert (day in span) is inside


@pytest.mark.parametrize(
    ("span", "any_day"),
    [(Span(), True), (Span(MARCH, MARCH), False), (Span(JULY, MARCH), False)],
)
def test_a_span_without_a_day_is_false(span, any_day):
    assert bool(span) is any_day


@given(spans, spans, days)
def test_a_meeting_holds_the_days_of_both(one, other, day):
    assert (day in one.meet(other)) == (day in one and day in other)


@given(spans, spans)
def test_two_spans_meet_exactly_when_they_share_a_day(one, other):
    around = [dt.date(2016, 12, 30) + dt.timedelta(days=at) for at in range(16)]

    assert bool(one.meet(other)) == any(day in one and day in other for day in around)
