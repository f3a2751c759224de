"""No page reads or sorts a table that grows: the plans of every query, at ten thousand rows."""

import pytest
from django.db import connection, transaction

from tests import factories as make
from tests.registers import plans
from tests.registers.crowd import crowd, grown
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.ordering import PLAIN, orders_of
from tongxin.sites.models import Site

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Make the crowd once for all tests of this file, and take it away afterwards.

    What other tests left behind is swept away first: PostgreSQL prices dead rows too, as it would
    not after its own sweeping.
    """
    with django_db_blocker.unblock():
        swept()
        with transaction.atomic():
            yield crowd()
            transaction.set_rollback(True)


def swept():
    """Give back the room of rows that are gone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (FULL)")


EACH_SHAPE = ("organisations", "sites")
"""A register of the whole city, and one of a programme."""


def lists(keys):
    """Some registers: plain, searched, sorted, of one county, with void records.

    Records that are entered from another record's page are listed there, and no page leads to
    their own list; it is read plain.
    """
    for key in keys:
        base = f"/registers/{key}/"
        yield base
        if declaration.get(key).parent:
            continue
        for query in ("q=服务", "q=服务社", "q=fw", "q=无此名", "sort=-changed", "void=1"):
            yield f"{base}?{query}"
        for order in orders_of(declaration.get(key)).keys() - PLAIN.keys():
            yield f"{base}?sort={order}&col=changed_at"
            yield f"{base}?sort={order}&division=town0"
        yield f"{base}?division=county0&sort=-name"
        yield f"{base}?q=服务&sort=changed"


def filtered(client, keys):
    """Each choice of each filter of some registers."""
    for key in keys:
        page = client.get(f"/registers/{key}/")
        for shown in page.context["filters"]:
            for value, _label in shown["options"]:
                yield f"/registers/{key}/?{shown['path']}={value}"


def pages(world, keys):
    """The pages that show single records, figures and divisions."""
    for key in keys:
        yield f"/registers/{key}/{world.first[key]}/"
        yield f"/registers/{key}/{world.first[key]}/history/"
    yield from ("/", "/registers/", "/figures/", "/search/?q=服务", "/search/?q=无此名")
    yield from (f"/dashboards/{key}/" for key in ("city", "county0", "town0"))
    yield from (f"/figures/{key}/" for key in CATALOGUE)
    yield from ("/briefings/", "/briefings/briefing/")
    yield from ("/assessments/", "/panels/", "/notices/")
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
    with connection.execute_wrapper(Notes(found, address)):
        answer = client.get(address)
    assert answer.status_code in {200, 404}, address
    return answer


class Notes:
    """Keeps every SELECT with its values, and the page that made it first."""

    def __init__(self, found, address):
        self.found, self.address = found, address

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip("(").startswith("SELECT"):
            self.found.setdefault((sql, tuple(params or ())), self.address)
        return execute(sql, params, many, context)


def bad(found):
    tables = grown()
    told = {}
    for query, address in found.items():
        for complaint in plans.complaints(query, tables):
            told.setdefault(f"{complaint}: {query[0][:100]}", []).append(address)
    return told


def test_no_page_reads_or_sorts_a_table_that_grows(world):
    """One test, so that the crowd is made once."""
    assert_awake()
    told = {}
    every = [register.key for register in declaration.every()]
    for who, keys in (
        ("city", every),
        ("county", EACH_SHAPE),
        ("street", EACH_SHAPE),
        ("wide_clerk", EACH_SHAPE),
    ):
        client = make.client_of(getattr(world, who))
        addresses = [*lists(keys), *filtered(client, keys), *pages(world, keys)]

        found = asked(client, addresses)

        assert len(found) > len(addresses)
        told |= {f"{who}: {words}": pages for words, pages in bad(found).items()}
    told |= {f"expert: {words}": pages for words, pages in read_by_an_expert(world).items()}
    assert told == {}


def read_by_an_expert(world):
    """What an expert may open: the lists of what is public, and single records."""
    client = make.client_of(world.expert)
    addresses = [each for each in lists(EACH_SHAPE) if "q=" not in each]
    return bad(asked(client, [*addresses, *filtered(client, EACH_SHAPE)]))


TWINS = (
    lambda: Organisation.objects.order_by("work", "id")[:50],
    lambda: Organisation.objects.order_by("entered_at", "id")[:50],
    lambda: Organisation.objects.filter(work="无"),
    lambda: Organisation.objects.filter(name__contains="无"),
    lambda: Site.objects.filter(about="无").order_by("sort_key", "id"),
)


def assert_awake():
    """What no index serves is named; what one serves is not."""
    assert [bool(bad(made_by(twin()))) for twin in TWINS] == [True] * len(TWINS)
    served = Organisation.objects.filter(void=False).order_by("sort_key", "id")[:50]
    assert bad(made_by(served)) == {}


def made_by(rows):
    found = {}
    with connection.execute_wrapper(Notes(found, "here")):
        list(rows)
    return found
