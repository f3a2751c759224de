"""The list of a county, put together from the first rows of each of its places."""

import datetime as dt
from itertools import product

import pytest
from django.db import connection

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.divisions.choices import Level
from tongxin.organisations.actions import appoint_representative
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.ordering import order_of
from tongxin.registers.permissions import territory, visible_to
from tongxin.registers.queries import Place, Wish, page_of

DAY = dt.date(2017, 12, 31)
PLAIN = ("name", "-name", "changed", "-changed")
COLUMNS = ("kind", "-kind", "status", "-status", "demonstration", "-demonstration")
SIZE = 4
pytestmark = pytest.mark.django_db


def fill(places, each):
    """So many organisations in each place, some void, some restricted, names that are equal."""
    Organisation.objects.all().delete()
    Organisation.objects.bulk_create(
        Organisation(
            name="社",
            sort_key=f"{number // 2 % 7}",
            division=place,
            kind=("community", "51")[number // 3 % 2],
            status=("filed", "other")[number // 4 % 2],
            void=number % 5 == 0,
            sensitivity=("restricted", "internal", "public")[number % 3],
        )
        for number, place in product(range(each), places)
    )


def walked(account, wish):
    """Every page of a list as an account reads it."""
    register = declaration.get("organisations")
    rows = visible_to(account, register, by_place=True)
    places = territory(account, register)
    shown, token = [], ""
    while True:
        asked = Wish(**wish, by_place=True, places=places, after=token, size=SIZE)
        page = page_of(register, rows, asked, DAY)
        shown += [row.url for row in page.rows]
        token = page.following
        if not token:
            return shown


def wanted(account, sort, *, with_void=False):
    """The same by asking for everything at once."""
    register = declaration.get("organisations")
    order = order_of(register, sort)
    by = [f"-{name}" if order.falling else name for name in (*order.fields, "id")]
    rows = visible_to(account, register).order_by(*by)
    rows = rows if with_void else rows.filter(void=False)
    return [f"/registers/organisations/{row.pk}/" for row in rows]


@pytest.mark.parametrize("sort", PLAIN + COLUMNS)
@pytest.mark.parametrize("with_void", [False, True])
def test_the_list_of_a_county_holds_the_rows_in_sight_in_their_order(sort, with_void):
    tree = make.tree()
    fill([tree.north, tree.south, tree.east, tree.river], 11)

    for account in (
        make.coordinator(tree.east),
        make.clerk(tree.north),
        make.posted(Role.EXPERT, tree.east),
    ):
        shown = walked(account, {"sort": sort, "with_void": with_void})

        assert shown == wanted(account, sort, with_void=with_void)
        assert shown


def test_a_county_asked_for_by_the_city_holds_its_rows_and_no_others():
    tree = make.tree()
    fill([tree.north, tree.south, tree.east, tree.river], 11)
    city, county = make.coordinator(tree.city), make.coordinator(tree.east)

    shown = walked(city, {"division": Place(tree.east.pk, "county")})

    assert shown == wanted(county, "name")


def test_a_list_of_which_it_is_known_beforehand_that_it_is_empty_is_empty():
    tree = make.tree()
    county = make.coordinator(tree.east)
    make.record("trainings", place=tree.north, of=make.programme(tree.city))
    register = declaration.get("trainings")
    wish = Wish(fixed={"programme": None}, by_place=True, places=territory(county, register))

    page = page_of(register, visible_to(county, register, by_place=True), wish, DAY)

    assert list(page.rows) == []


def test_what_is_seen_for_another_reason_than_its_place_stays_in_the_list():
    tree = make.tree()
    account = make.posted(Role.ORGANISATION, tree.north)
    make.organisation(tree.north)
    elsewhere = make.organisation(tree.river)
    appoint_representative(by=None, account=account, organisation=elsewhere)

    assert territory(account, declaration.get("organisations")) is None
    assert f"/registers/organisations/{elsewhere.pk}/" in walked(account, {})


def steps(account, sort, **asked):
    """How many steps SQLite takes for the first page, in tens."""
    count = 0

    def step():
        nonlocal count
        count += 1

    register = declaration.get("organisations")
    rows = visible_to(account, register, by_place=True)
    places = territory(account, register)
    wish = Wish(sort=sort, by_place=True, places=places, size=SIZE, **asked)
    connection.connection.set_progress_handler(step, 10)
    try:
        page_of(register, rows, wish, DAY)
    finally:
        connection.connection.set_progress_handler(None, 10)
    return count


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps")
@pytest.mark.parametrize("sort", PLAIN + COLUMNS)
def test_the_first_page_of_a_county_takes_as_many_steps_for_many_rows_as_for_few(sort):
    tree = make.tree()
    county = make.coordinator(tree.east)
    places = [tree.north, tree.south, tree.east, tree.river]
    fill(places, 40)
    few = steps(county, sort)

    fill(places, 1_200)

    assert steps(county, sort) <= few * 1.1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps")
@pytest.mark.parametrize("kind", ["community", "51", "53"])
def test_so_does_what_a_county_filters(kind):
    tree = make.tree()
    county = make.coordinator(tree.east)
    places = [tree.north, tree.south, tree.east, tree.river]
    fill(places, 40)
    few = steps(county, "name", chosen={"kind": kind})

    fill(places, 1_200)

    assert steps(county, "name", chosen={"kind": kind}) <= few * 1.1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps")
def test_a_place_out_of_sight_is_not_walked():
    tree = make.tree()
    clerk, other = make.clerk(tree.north), Place(tree.south.pk, Level.TOWN)
    fill([tree.north, tree.south], 40)
    few = steps(clerk, "name", division=other)

    fill([tree.north, tree.south], 1_200)

    assert steps(clerk, "name", division=other) <= few * 1.1
    assert walked(clerk, {"sort": "name", "division": other}) == []
    assert walked(clerk, {"sort": "name", "division": Place(tree.north.pk, Level.TOWN)})
