"""What is taken out reads back as the same, for every register, as a workbook and as a csv."""

import json

import pytest

from tests import factories as make
from tests.test_query_counts import links
from tongxin.exchange import taking, uploads
from tongxin.exchange.preflight import preflight
from tongxin.exchange.writing import template_of
from tongxin.journal.models import Entry
from tongxin.journal.queries import head
from tongxin.registers import declaration
from tongxin.registers.queries import Wish
from tongxin.sheets.reading import read

pytestmark = pytest.mark.django_db
KEYS = (
    "organisations",
    "sites",
    "designations",
    "visits",
    "activities",
    "bases",
    "intakes",
    "tenancies",
    "events",
    "trainings",
    "campaigns",
    "series",
    "participations",
    "brands",
    "recognitions",
    "projects",
    "means",
    "budgets",
    "observations",
)


def test_every_register_is_among_these():
    assert sorted(KEYS) == sorted(register.key for register in declaration.every())


@pytest.fixture
def city(office):
    """Every register with three records, in the office of the city."""
    office.account = make.coordinator(office.tree.city)
    places = (office.tree.north, office.tree.south, office.tree.river)
    indicators = ("demonstration_sites", "regional_brands", "recognitions")
    for place, indicator in zip(places, indicators, strict=True):
        for key, values in links(office.pilot, place, indicator).items():
            make.record(key, place=place, of=office.pilot, **values)
    return office


def taken(office, key, extension):
    register = declaration.get(key)
    fixed = {register.within: office.pilot} if register.within else None
    plan = taking.plan_of(
        register, by=office.account, programme=office.pilot, wish=Wish(fixed=fixed)
    )
    content, _extract = taking.take_out(plan, extension)
    return content


def book_of(content, name):
    stored = uploads.keep(content)
    return read(uploads.path_of(stored), name)


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
@pytest.mark.parametrize("key", KEYS)
def test_what_is_taken_out_comes_back_unchanged(city, key, extension):
    book = book_of(taken(city, key, extension), f"list.{extension}")

    report = preflight(declaration.get(key), book, city.asker)

    assert [message.text for message in report.messages] == []
    count = declaration.get(key).model._default_manager.count()
    assert report.counts == {"new": 0, "changed": 0, "unchanged": count, "error": 0}
    assert count >= 3


@pytest.mark.parametrize("key", KEYS)
def test_a_template_filled_with_nothing_is_empty_and_says_so(city, key):
    content = template_of(declaration.get(key), city.asker)

    report = preflight(declaration.get(key), book_of(content, "template.xlsx"), city.asker)

    assert [message.code for message in report.messages] == ["exchange.empty"]
    assert [each.reason for each in report.left_out] == ["example"]


def test_what_leaves_the_house_is_written_down_and_carries_the_head(city):
    content = json.loads(taken(city, "sites", "json"))

    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.actor, entry.facts["count"]) == ("sites.exported", city.account, 6)
    assert content["journal"] == {"number": entry.sequence, "digits": head().digits}
    assert len(content["rows"]) == 6
    assert content["rows"][0].keys() >= {"number", "name", "place", "group"}


def test_a_county_takes_out_what_it_sees(city):
    city.account = make.coordinator(city.tree.east)

    content = json.loads(taken(city, "sites", "json"))

    assert {row["place"] for row in content["rows"]} == {"北镇", "南镇"}
