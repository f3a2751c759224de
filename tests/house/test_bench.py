"""The benchmark in small: it runs, it counts queries, and lists ask the same at every size."""

import json

import pytest
from django.test import override_settings

pytestmark = pytest.mark.django_db
FEW, MORE = 60, 600


@pytest.fixture
def city():
    """The demo's facts, without the passwords that nobody types."""
    from tongxin.demo.actions import load

    load("a password that nobody types")


@pytest.fixture
def measured(city):
    """Every list measured at two sizes, and the desk, with one pair of requests each."""
    from tests.bench import measures

    with override_settings(ROOT_URLCONF="tests.bench.bare", ALLOWED_HOSTS=["127.0.0.1"]):
        yield [*measures.lists((FEW, MORE), 2), *measures.dashboards((FEW,), 2)]


def test_the_benchmark_measures_every_page_and_finds_its_queries_even(measured):
    from tests.bench import measures, pages

    lists = [row for row in measured if row["what"] == "list"]
    of_the_city = {row["page"]: row for row in lists if row["who"] == pages.WHO["city"]}

    assert measures.uneven(measured) == []
    assert {row["records"] for row in lists} == {FEW, MORE}
    assert of_the_city["first page"]["rows"] == 50
    assert of_the_city["search by initials"]["rows"] > 0
    assert of_the_city["search, no such name"]["rows"] == 0
    assert all(row["cost"] > 0 and row["ratio"] > 0 and row["sent"] < row["bytes"] for row in lists)
    assert json.dumps(measured)


def test_a_list_asks_for_its_rows_and_the_names_of_their_places_and_no_more(measured):
    spent = {
        row["queries"] - row["bare_queries"]
        for row in measured
        if row["what"] == "list" and row["page"] == "first page"
    }

    assert spent <= {1, 2}


def test_the_briefing_is_measured_in_every_format(city):
    from tests.bench import measures
    from tongxin.briefings.writers import WRITERS

    rows = list(measures.briefing(2))

    assert {row["page"] for row in rows if row["what"] == "briefing"} == set(WRITERS)
    assert all(row["cost"] > 0 for row in rows)


def test_a_page_whose_queries_grow_would_be_named():
    from tests.bench import measures

    page = {"what": "desk", "who": "somebody", "page": "dashboard", "rows": 1}
    few = page | {"records": 10, "queries": 12}
    many = page | {"records": 100, "queries": 13}

    assert measures.uneven([few, few | {"records": 100}]) == []
    assert len(measures.uneven([few, many])) == 1


def test_the_benchmark_makes_the_same_organisations_every_time(city):
    from itertools import islice

    from tests.bench import organisations

    first, again = (
        [(each.name, each.division_id, each.credit_code) for each in islice(stream, 500)]
        for stream in (organisations._stream(), organisations._stream())
    )

    assert first == again
    assert len({name for name, _place, _code in first}) > 490
