"""Many rows are asked and written with as many queries as few, in every register."""

import csv
import io
from itertools import product

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.exchange.test_round_trips import KEYS, taken
from tests.test_query_counts import links
from tongxin.core.errors import Refused
from tongxin.exchange import actions
from tongxin.exchange.models import Batch
from tongxin.incubation.models import Tenancy
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.registers import declaration

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 6
ALTERED = {"公开范围": "公开", "可入驻组织数": "5", "参加人次": "30"}
"""What is written into a column, so that every row changes: whatever the register has of these."""


@pytest.fixture
def city(office):
    office.account = make.coordinator(office.tree.city)
    return office


def told_apart(office):
    """Places and indicators, so that no two figures are declared of the same."""
    places = (office.tree.north, office.tree.south, office.tree.river)
    plain = [key for key, each in CATALOGUE.items() if not each.split and each.unit == "个"]
    return iter(product(plain, places))


def entered(office, key, count, apart):
    """Enter some records of a register, each under something of its own."""
    known = [next(apart) for _number in range(count)]
    given = [(place, links(office.pilot, place, indicator)[key]) for indicator, place in known]
    return lambda: [
        make.record(key, place=place, of=office.pilot, **values) for place, values in given
    ]


def file_of(office, key, records, altered=()):
    """Take some records out as a csv, and alter what its rows say."""
    reader = csv.DictReader(io.StringIO(taken(office, key, "csv").decode("utf-8-sig")))
    numbers = {str(each.pk) for each in records}
    rows = [row | dict(altered) for row in reader if row["记录编号"] in numbers]
    assert len(rows) == len(numbers)
    out = io.StringIO()
    writer = csv.DictWriter(out, [*reader.fieldnames])
    writer.writeheader()
    writer.writerows({name: row[name] for name in reader.fieldnames} for row in rows)
    return out.getvalue().encode()


def received(office, key, content):
    return actions.receive(
        declaration.get(key),
        by=office.account,
        programme=office.pilot,
        name="名册.csv",
        content=content,
    )


def costs(office, key, content):
    """Count what looking through, applying and undoing ask."""
    batch = received(office, key, content)
    told = {}
    with CaptureQueriesContext(connection) as looked:
        report = actions.look_through(batch)
    told |= report.counts
    with CaptureQueriesContext(connection) as applied:
        actions.apply(batch, by=office.account, name="名册", reason="核对过")
    with CaptureQueriesContext(connection) as undone:
        actions.undo(Batch.objects.get(pk=batch.pk), by=office.account)
    return told, [len(each) for each in (looked, applied, undone)]


@pytest.mark.parametrize("key", KEYS)
def test_changed_rows_cost_the_queries_of_few(city, key):
    apart = told_apart(city)
    altered = {name: text for name, text in ALTERED.items() if key == "trainings" or len(text) < 3}

    def cost(count):
        records = entered(city, key, count, apart)()
        return costs(city, key, file_of(city, key, records, altered))

    cost(FEW)  # what is asked once in a process
    (few, asked), (many, asked_of_many) = cost(FEW), cost(MANY)

    assert (few["changed"], many["changed"]) == (FEW, MANY)
    assert asked_of_many == asked


@pytest.mark.parametrize("key", KEYS)
def test_new_rows_cost_the_queries_of_few(city, key):
    apart = told_apart(city)

    def cost(count):
        enter = entered(city, key, count, apart)
        with transaction.atomic():
            content = file_of(city, key, enter(), {"记录编号": ""})
            transaction.set_rollback(True)
        return costs(city, key, content)

    cost(FEW)  # what is asked once in a process
    (few, asked), (many, asked_of_many) = cost(FEW), cost(MANY)

    assert (few["new"], many["new"]) == (FEW, MANY)
    assert asked_of_many == asked


def tenancies_of(office, organisations):
    """Write a sheet in which organisations apply, each to a base of its own."""
    rows = ["孵化基地,社会组织,未登记的申请团队,入驻类型,孵化方式,占用席位,孵化目标"]
    for each in organisations:
        base = make.record("bases", place=office.tree.north, of=office.pilot)
        rows.append(f"{base.name},{each.name},,初创或能力较弱,壳内孵化,1,")
    return "\r\n".join(rows).encode()


def test_organisations_that_apply_cost_the_queries_of_few(city):
    def cost(count):
        made = [make.organisation(city.tree.north) for _number in range(count)]
        return costs(city, "tenancies", tenancies_of(city, made))

    cost(FEW)
    (few, asked), (many, asked_of_many) = cost(FEW), cost(MANY)

    assert (few["new"], many["new"]) == (FEW, MANY)
    assert asked_of_many == asked


def test_one_organisation_does_not_apply_twice_in_one_sheet(city):
    one, other = make.organisation(city.tree.north), make.organisation(city.tree.north)
    batch = received(city, "tenancies", tenancies_of(city, [other, one, one]))
    assert actions.look_through(batch).counts["error"] == 0

    with pytest.raises(Refused) as refusal:
        actions.apply(batch, by=city.account, name="名册")

    (problem,) = refusal.value.problems
    assert problem.code == "incubation.twice"
    assert "第 2 条" in str(problem)
    assert not Tenancy.objects.exists()
