"""Pages cut by key: walked forwards and backwards, every row is seen exactly once, in order."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration, queries
from tongxin.registers.ordering import orders_of
from tongxin.registers.queries import Wish, page_of

DAY = dt.date(2017, 12, 31)
KINDS = ("community", "52")
SORTS = ("name", "-name", "changed", "-changed", "kind", "-kind", "status", "-demonstration")
pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """A town."""
    return make.tree().north


def rows_named(place, keys):
    """Organisations straight into the table, with sort keys that may be equal."""
    Organisation.objects.all().delete()
    Organisation.objects.bulk_create(
        Organisation(
            name=f"社{key}", sort_key=key, division=place, kind=KINDS[len(key) % 2], status="filed"
        )
        for key in keys
    )


def walk(sort):
    """All pages forwards, then all pages backwards from the last: two lists of addresses."""
    register = declaration.get("organisations")
    rows = Organisation.objects.all()
    forwards, backwards, token = [], [], ""
    while True:
        page = page_of(register, rows, Wish(sort=sort, after=token), DAY)
        forwards += [row.url for row in page.rows]
        if not page.following:
            break
        token = page.following
    backwards = [row.url for row in page.rows]
    while page.preceding:
        page = page_of(register, rows, Wish(sort=sort, before=page.preceding), DAY)
        backwards = [row.url for row in page.rows] + backwards
    return forwards, backwards


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(keys=st.lists(st.sampled_from(["a", "b", "bb", "c d"]), max_size=14))
@pytest.mark.parametrize("sort", SORTS)
def test_every_row_stands_on_exactly_one_page(place, monkeypatch, sort, keys):
    monkeypatch.setattr(queries, "PAGE", 3)
    rows_named(place, keys)

    forwards, backwards = walk(sort)

    order = orders_of(declaration.get("organisations"))[sort]
    sign = "-" if order.falling else ""
    wanted = Organisation.objects.order_by(*(f"{sign}{name}" for name in (*order.fields, "id")))
    assert forwards == [f"/registers/organisations/{row.pk}/" for row in wanted]
    assert backwards == forwards


@pytest.mark.parametrize("token", ["x", "W10", "bnVsbA", "WzEsMl0", "a" * 700, "%00"])
def test_a_token_that_was_tampered_with_means_the_first_page(place, token):
    rows_named(place, ["a", "b"])
    register = declaration.get("organisations")

    page = page_of(register, Organisation.objects.all(), Wish(after=token), DAY)

    assert len(page.rows) == 2


@pytest.mark.parametrize(
    "token", ["WyJhIiwxXQ", "WzEsImEiLDFd", "WyI1MiIsIlx1MDAwMCIsMV0", "W251bGwsbnVsbCwxXQ"]
)
def test_a_token_of_another_order_means_the_first_page(place, token):
    rows_named(place, ["a", "b"])
    register = declaration.get("organisations")

    page = page_of(register, Organisation.objects.all(), Wish(sort="kind", after=token), DAY)

    assert len(page.rows) == 2
