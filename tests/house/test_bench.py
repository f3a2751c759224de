"""The benchmark in small: it runs, it counts queries, and lists ask the same at every size."""

import json
from itertools import islice

import pytest
from django.db import connection, transaction
from django.test import override_settings

# Both below the 500 records of a piece at which a search changes its way, and asks once more.
FEW, MORE = 60, 400


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker):
    """Every list of one account at two sizes, its desk, and the briefing, a few requests each."""
    from tests.bench import measures
    from tongxin.demo.actions import load

    if connection.vendor != "sqlite":
        pytest.skip("in small on SQLite only; make bench measures PostgreSQL")
    bench = override_settings(ROOT_URLCONF="tests.bench.bare", ALLOWED_HOSTS=["127.0.0.1"])
    with django_db_blocker.unblock(), transaction.atomic(), bench:
        load("a password that nobody types")
        yield [
            *measures.briefing(2),
            *measures.lists((FEW, MORE), 2, ["city"]),
            *measures.dashboards((FEW,), 2, ["county"]),
        ]
        transaction.set_rollback(True)


def test_every_page_is_measured_and_asks_the_same_at_every_size(measured):
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
    first_pages = [row for row in measured if row["page"] == "first page"]

    assert {row["queries"] - row["bare_queries"] for row in first_pages} == {2}


def test_the_briefing_is_measured_in_every_format(measured):
    from tongxin.briefings.writers import WRITERS

    rows = [row for row in measured if row["what"] == "briefing"]

    assert {row["page"] for row in rows} == set(WRITERS)
    assert all(row["cost"] > 0 and row["bytes"] > 0 for row in rows)


def test_a_page_whose_queries_grow_would_be_named():
    from tests.bench import measures

    page = {"what": "desk", "who": "somebody", "page": "dashboard", "rows": 1, "looked_up": 0}
    few = page | {"records": 10, "queries": 12}
    many = page | {"records": 100, "queries": 13}

    assert measures.uneven([few, few | {"records": 100}]) == []
    assert len(measures.uneven([few, many])) == 1


def test_the_benchmark_makes_the_same_organisations_every_time(measured, db):
    from tests.bench import organisations

    first, again = (
        [(each.name, each.division_id, each.credit_code) for each in islice(stream, 500)]
        for stream in (organisations._stream(), organisations._stream())
    )

    assert first == again
    assert len({name for name, _place, _code in first}) > 490
