"""No page reads or sorts a table that grows: the plans of every query, at ten thousand rows."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.registers import plans
from tests.registers.crowd import crowd, grown
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Make the crowd once for all tests of this file, and take it away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield crowd()
        transaction.set_rollback(True)


def lists():
    """Every register: plain, by each filter, searched, sorted, of one county, with void records."""
    for register in declaration.every():
        base = f"/registers/{register.key}/"
        for query in ("", "q=服务", "q=社1", "q=fw", "q=无此名", "sort=-changed", "void=1"):
            yield f"{base}?{query}"
        yield f"{base}?division=county0&sort=-name"
        yield f"{base}?q=服务&sort=changed"


def filtered(client):
    """Each choice of each filter of each list."""
    for register in declaration.every():
        for wanted in register.filters:
            page = client.get(f"/registers/{register.key}/")
            shown = next(f for f in page.context["filters"] if f["path"] == wanted.path)
            for value, _label in shown["options"]:
                yield f"/registers/{register.key}/?{wanted.path}={value}"


def pages(world):
    """The pages that show single records, figures and divisions."""
    for key, number in world.first.items():
        yield f"/registers/{key}/{number}/"
        yield f"/registers/{key}/{number}/history/"
    yield from ("/", "/registers/", "/figures/", "/search/?q=服务", "/search/?q=无此名")
    yield from (f"/dashboards/{key}/" for key in ("city", "county0", "town0"))
    yield from (f"/figures/{key}/" for key in CATALOGUE)
    yield from ("/briefings/", "/briefings/briefing/")
    yield "/briefings/briefing/?trace=figure:demonstration_sites"
    yield "/briefings/briefing/?trace=row:demonstration_sites:0"


def asked(client, addresses):
    """Every SELECT that some pages and their second pages make, with the page that made it."""
    found = {}
    for address in addresses:
        answer = note(client, address, found)
        if answer.context and answer.context.get("older"):
            note(client, address.partition("?")[0] + answer.context["older"], found)
    return found


def note(client, address, found):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code in {200, 404}, address
    for query in queries.captured_queries:
        if query["sql"].startswith(("SELECT", "(SELECT")):
            found.setdefault(query["sql"], address)
    return answer


def bad(found):
    tables = grown()
    told = {}
    for sql, address in found.items():
        for complaint in plans.complaints(sql, tables):
            told.setdefault(f"{complaint}: {sql[:100]}", []).append(address)
    return told


@pytest.mark.parametrize("who", ["city", "county", "street"])
def test_no_list_reads_or_sorts_a_whole_register(world, who):
    client = make.client_of(getattr(world, who))

    found = asked(client, [*lists(), *filtered(client)])

    assert len(found) > 100
    assert bad(found) == {}


@pytest.mark.parametrize("who", ["city", "county", "street"])
def test_no_page_of_records_figures_or_divisions_reads_a_whole_register(world, who):
    client = make.client_of(getattr(world, who))

    found = asked(client, pages(world))

    assert len(found) > 100
    assert bad(found) == {}


def sql_of(rows):
    with CaptureQueriesContext(connection) as queries:
        list(rows)
    return [query["sql"] for query in queries.captured_queries]


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Organisation.objects.order_by("work", "id")[:50],
        lambda: Organisation.objects.order_by("initials")[:50],
        lambda: Organisation.objects.filter(work="无"),
        lambda: Organisation.objects.filter(name__contains="无"),
    ],
)
def test_a_query_that_no_index_serves_would_be_named(world, rows):
    assert bad(dict.fromkeys(sql_of(rows()), "twin"))


def test_a_query_that_an_index_serves_is_not_named(world):
    rows = Organisation.objects.filter(void=False).order_by("sort_key", "id")[:50]

    assert bad(dict.fromkeys(sql_of(rows), "twin")) == {}
