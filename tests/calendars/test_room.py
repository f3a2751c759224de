"""The calendar of an installation: loaded once, kept by one, moving what has not run out."""

import datetime as dt

import pytest

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.calendars import actions
from tongxin.calendars.choices import Unit
from tongxin.calendars.models import Day, Year
from tongxin.calendars.permissions import may_keep
from tongxin.calendars.queries import calendar, last_day, last_days, supplied
from tongxin.calendars.rules import Clock
from tongxin.core.errors import NotYours, Refused
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 30)
SPAN = actions.Span(MONDAY, MONDAY, False, "台风停工", "市政府通告")  # noqa: FBT003
NEXT = {"year": 2027, "document": "国办发明电〔2026〕9号", "issued_on": dt.date(2026, 11, 20)}


def test_a_home_is_given_the_official_days_once(official):
    assert calendar() == supplied()
    assert Entry.objects.filter(verb="calendars.loaded").count() == len(official) == 19

    assert actions.seed() == ()
    assert Entry.objects.filter(verb="calendars.loaded").count() == 19


def test_what_somebody_changed_is_not_loaded_over(official, keeper):
    actions.clear_days(dt.date(2026, 10, 1), dt.date(2026, 10, 2), by=keeper)

    actions.seed()

    assert not Day.objects.filter(date=dt.date(2026, 10, 1)).exists()


def test_an_edited_calendar_changes_the_clock_and_leaves_an_entry(official, keeper, tree):
    clock = Clock(dt.date(2026, 11, 27), 1, Unit.WORKING_DAYS)
    assert last_day(clock).last_day == MONDAY

    actions.set_days(SPAN, by=keeper)

    assert last_day(clock).last_day == dt.date(2026, 12, 1)
    entry = Entry.objects.get(verb="calendars.changed")
    assert (entry.actor, entry.place_id, entry.before, entry.after) == (
        keeper,
        tree.city.pk,
        {"2026-11-30": ""},
        {"2026-11-30": "放假 台风停工 市政府通告"},
    )

    actions.clear_days(MONDAY, MONDAY, by=keeper)
    assert last_day(clock).last_day == MONDAY


def test_saying_the_same_again_changes_nothing(official, keeper):
    actions.set_days(SPAN, by=keeper)
    actions.set_days(SPAN, by=keeper)
    actions.clear_days(dt.date(2026, 11, 24), dt.date(2026, 11, 25), by=keeper)

    assert Entry.objects.filter(verb="calendars.changed").count() == 1


def test_a_year_warns_until_it_is_said_to_be_complete(official, keeper):
    clock = Clock(dt.date(2027, 1, 4), 3, Unit.WORKING_DAYS)
    actions.enter_year(by=keeper, **NEXT)
    assert last_day(clock).lacking == (2027,)

    actions.set_complete(2027, by=keeper, complete=True)
    assert last_day(clock).lacking == ()

    actions.set_complete(2027, by=keeper, complete=False)
    assert last_day(clock).lacking == (2027,)
    assert list(Entry.objects.order_by("sequence").values_list("verb", flat=True))[-3:] == [
        "calendars.entered",
        "calendars.checked",
        "calendars.checked",
    ]


def test_a_year_is_entered_once_and_with_its_document(official, keeper):
    for facts, code in (
        (NEXT | {"year": 2026}, "calendars.known_year"),
        (NEXT | {"document": " "}, "calendars.no_document"),
        (NEXT | {"year": 2099}, "calendars.year"),
    ):
        with pytest.raises(Refused) as refusal:
            actions.enter_year(by=keeper, **facts)
        assert [problem.code for problem in refusal.value.problems] == [code]
    assert not Year.objects.filter(year=2027).exists()


def test_days_of_a_year_that_is_not_there_are_refused(official, keeper):
    day = dt.date(2027, 10, 1)

    with pytest.raises(Refused) as refusal:
        actions.set_days(actions.Span(day, day, False, "国庆节", "文"), by=keeper)  # noqa: FBT003

    assert [problem.code for problem in refusal.value.problems] == ["calendars.unknown_year"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_another_role_at_the_top_does_not_keep_the_calendar(official, tree, role):
    with pytest.raises(NotYours):
        actions.set_days(SPAN, by=make.posted(role, tree.city))


@pytest.mark.usefixtures("official", "keeper")
def test_the_system_administrator_of_a_county_does_not_keep_the_calendar_of_all(tree):
    county = make.posted(Role.SYSTEM_ADMIN, tree.east)

    for act in (
        lambda: actions.set_days(SPAN, by=county),
        lambda: actions.clear_days(MONDAY, MONDAY, by=county),
        lambda: actions.set_complete(2026, by=county, complete=False),
        lambda: actions.enter_year(by=county, **NEXT),
    ):
        with pytest.raises(NotYours):
            act()


def test_the_city_keeps_it_until_somebody_above_does(official, tree, keeper):
    from tongxin.divisions.choices import Level

    county = make.posted(Role.SYSTEM_ADMIN, tree.east)
    assert (may_keep(keeper), may_keep(county)) == (True, False)

    province = make.division("province", "乙省", Level.PROVINCE, None)
    region = make.division("region", "丙市", Level.CITY, province)
    regional = make.posted(Role.SYSTEM_ADMIN, region)
    assert may_keep(regional)

    make.posted(Role.SYSTEM_ADMIN, province)
    assert not may_keep(make.posted(Role.SYSTEM_ADMIN, region))


@pytest.mark.parametrize("clocks", [1, 3])
def test_any_number_of_clocks_costs_two_queries(official, clocks, django_assert_num_queries):
    asked = [Clock(dt.date(2026, 9, 1), count, Unit.DAYS) for count in range(1, clocks + 1)]

    with django_assert_num_queries(2):
        assert len(last_days(asked)) == clocks
    with django_assert_num_queries(0):
        assert last_days([]) == []
