"""Places by month against counting day by day; and that there are never more than there are."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.incubation.lives import (
    TO_ADMIT,
    application,
    base,
    day,
    move,
    notice_over,
    taken_to,
    tenant,
)
from tongxin.core.dates import Span
from tongxin.core.errors import Refused
from tongxin.incubation.actions.incubating import Agreed
from tongxin.incubation.choices import State, Verb
from tongxin.incubation.models import Event, Tenancy
from tongxin.incubation.queries import events_by_month, held_of, stays_of
from tongxin.incubation.register import BASES
from tongxin.incubation.rules.occupancy import Held, by_month, peak, room_problems
from tongxin.registers.actions import change

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine draws slowly; that says nothing about the rules."""
FIRST, DAYS = dt.date(2017, 1, 1), 730
days = st.integers(0, DAYS).map(lambda number: FIRST + dt.timedelta(days=number))


@st.composite
def held(draw):
    since, until = draw(days), draw(st.none() | days)
    if until is not None and until < since:
        since, until = until, since
    return Held(Span(since, until), draw(st.integers(1, 4)))


def naive(stays, on):
    """The places held on a day, asked one by one."""
    return sum(
        stay.places
        for stay in stays
        if stay.span.since <= on and (stay.span.until is None or on < stay.span.until)
    )


def each_day(since, until):
    while since < until:
        yield since
        since += dt.timedelta(days=1)


@UNHURRIED
@given(st.lists(held(), max_size=12))
def test_months_are_what_counting_every_day_gives(stays):
    for month in by_month(stays, FIRST, 24):
        following = (month.first + dt.timedelta(days=32)).replace(day=1)
        counts = [naive(stays, on) for on in each_day(month.first, following)]
        came = sum(s.places for s in stays if month.first <= s.span.since < following)
        went = sum(
            s.places for s in stays if s.span.until and month.first <= s.span.until < following
        )
        assert (month.most, month.at_end) == (max(counts), counts[-1])
        assert (month.came, month.went) == (came, went)


@UNHURRIED
@given(st.lists(held(), max_size=12), days, st.integers(0, 400))
def test_the_peak_of_a_span_is_that_of_its_fullest_day(stays, since, length):
    until = since + dt.timedelta(days=length)

    assert peak(stays, Span(since, until)) == max(
        (naive(stays, on) for on in each_day(since, until)), default=0
    )


@UNHURRIED
@given(st.lists(st.tuples(held(), st.booleans()), max_size=14), st.integers(0, 9))
def test_who_is_let_in_only_where_there_is_room_never_overfills(asked, capacity):
    inside = []
    for one, _ in asked:
        if not list(room_problems(capacity, inside, one.span, one.places)):
            inside.append(one)

    until = FIRST + dt.timedelta(days=DAYS + 40)
    assert all(naive(inside, on) <= capacity for on in each_day(FIRST, until))


def careless(capacity, stays, span, wanted):
    """The broken twin: it asks only how many are held on the first day."""
    return [] if naive(stays, span.since) + wanted <= capacity else ["full"]


def test_a_guard_that_asks_about_the_first_day_only_would_overfill():
    later = Held(Span(day(30), None), 1)

    assert careless(1, [later], Span(day(0)), 1) == []
    assert list(room_problems(1, [later], Span(day(0)), 1)) != []


def test_the_refusal_tells_all_four_numbers():
    stays = [Held(Span(day(0)), 7)]

    (problem,) = room_problems(8, stays, Span(day(1)), 2)

    assert problem.message.startswith(
        "席位不够：共 8 个，已占用或已答应 7 个，还剩 1 个，这里要 2 个"
    )


@pytest.mark.django_db
def test_promises_count_until_they_are_kept_and_nobody_is_promised_beyond_them(small):
    of = base(small, capacity=2)
    first = taken_to(application(of, places=2), *TO_ADMIT[:3])
    second = taken_to(application(of), Verb.SUBMIT, Verb.CHECK)

    with pytest.raises(Refused, match=r"incubation\.full"):
        move(second, Verb.APPROVE)

    first = taken_to(first, Verb.PUBLICISE, on=day(5))
    notice_over(first)
    move(first, Verb.ADMIT, on=day(30), agreed=Agreed(day(700), "on", 1))
    assert move(second, Verb.APPROVE, on=day(31)).state == State.APPROVED


@pytest.mark.django_db
def test_an_agreement_cannot_take_the_places_that_others_were_promised(small):
    of = base(small, capacity=2)
    first, second = (taken_to(application(of), *TO_ADMIT[:4]) for _each in range(2))
    for each in (first, second):
        notice_over(each)

    with pytest.raises(Refused, match=r"incubation\.full"):
        move(first, Verb.ADMIT, on=day(30), agreed=Agreed(day(700), "on", 2))

    move(first, Verb.ADMIT, on=day(30))
    move(second, Verb.ADMIT, on=day(30))
    assert peak(held_of(of), Span(day(30))) == 2


@pytest.mark.django_db
def test_a_base_that_does_not_say_how_many_it_takes_takes_none(small):
    tenancy = taken_to(application(base(small, capacity=None)), Verb.SUBMIT, Verb.CHECK)

    with pytest.raises(Refused, match=r"incubation\.no_capacity"):
        move(tenancy, Verb.APPROVE)


@pytest.mark.django_db
@pytest.mark.parametrize("capacity", [1, None])
def test_the_capacity_is_not_set_below_what_is_held(small, capacity):
    of = base(small, capacity=3)
    for _each in range(2):
        tenant(of)

    with pytest.raises(Refused, match=r"incubation\.capacity"):
        change(BASES, of, by=None, values={"capacity": capacity})

    assert change(BASES, of, by=None, values={"capacity": 2}).capacity == 2


@pytest.mark.django_db
def test_the_page_of_a_base_tells_its_places_month_by_month(small):
    of = base(small, capacity=3)
    gone = tenant(of, places=2)
    tenant(of, on=day(30))
    taken_to(gone, Verb.LEAVE, Verb.HAND_BACK, on=day(60))

    context = small.client.get(f"/incubation/bases/{of.pk}/?year=2017").context

    stays = stays_of(Tenancy.objects.filter(base=of))
    assert context["months"] == by_month(stays, dt.date(2017, 1, 1), 12)
    assert [month.most for month in context["months"]][8:] == [1, 2, 2, 1]
    assert (context["taken"], context["promised"], context["free"]) == (1, 0, 2)


@pytest.mark.django_db
def test_months_of_a_tenant_are_counted_from_its_events(small):
    tenancy = tenant(base(small))
    for kind, on in (("service", 40), ("service", 41), ("mentoring", 41), ("activity", 75)):
        make.record("events", tenancy=tenancy, kind=kind, happened_on=day(on))

    assert events_by_month(Event.objects.filter(tenancy=tenancy)) == {
        dt.date(2017, 10, 1): {"service": 2, "mentoring": 1},
        dt.date(2017, 11, 1): {"activity": 1},
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("on", "code"), [(day(1), "outside"), (dt.date(2999, 1, 1), "future")])
def test_an_event_lies_within_the_tenancy(small, on, code):
    tenancy = tenant(base(small))

    with pytest.raises(Refused, match=rf"incubation\.{code}"):
        make.record("events", tenancy=tenancy, happened_on=on)
