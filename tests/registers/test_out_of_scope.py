"""Outside one's territory a record does not exist: same answer, same bytes, on every page."""

import re

import pytest

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.journal.models import Entry
from tongxin.registers import declaration

pytestmark = pytest.mark.django_db
PAGES = ("", "edit/", "history/", "void/")
KEYS = ("organisations", "sites", "bases", "brands", "recognitions", "projects", "trainings")
NOWHERE = 99_999


@pytest.fixture
def world():
    """Records of every register in 河镇 of 西县, and a clerk of 北镇 in 东县."""
    tree = make.tree()
    programme = make.programme(tree.city)
    for key in KEYS:
        make.record(key, place=tree.river, of=programme)
    return tree, programme, make.client_of(make.clerk(tree.north))


def bytes_of(response):
    """A page without what differs at every answer: token, address, and the minute of printing."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    page = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d</p>", "</p>", page)
    return re.sub(r"/registers/\w+/\d+/", "/registers/x/0/", page)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", KEYS)
def test_a_clerk_finds_no_record_of_another_street(world, key, page, method):
    _tree, _programme, client = world
    record = declaration.get(key).model.objects.get()
    entries = Entry.objects.count()

    hidden = getattr(client, method)(f"/registers/{key}/{record.pk}/{page}")
    absent = getattr(client, method)(f"/registers/{key}/{NOWHERE}/{page}")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert bytes_of(hidden) == bytes_of(absent)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("key", KEYS)
def test_a_clerks_list_and_search_hold_the_own_street_only(world, key):
    tree, programme, client = world
    own = make.record(key, place=tree.north, of=programme)
    hidden = declaration.get(key).model.objects.exclude(pk=own.pk).get()

    plain = client.get(f"/registers/{key}/").context["page"].rows
    narrowed = client.get(f"/registers/{key}/?division={tree.west.key}").context["page"].rows
    found = client.get("/search/", {"q": hidden.name[:2]}).content.decode()

    assert [row.url for row in plain] == [f"/registers/{key}/{own.pk}/"]
    assert list(narrowed) == []
    assert f"/registers/{key}/{hidden.pk}/" not in found


def test_a_county_sees_its_towns_and_the_city_sees_all(world):
    tree, programme, _client = world
    make.record("sites", place=tree.north, of=programme)

    def count(place):
        client = make.client_of(make.coordinator(place))
        return len(client.get("/registers/sites/").context["page"].rows)

    assert [count(place) for place in (tree.city, tree.east, tree.west)] == [2, 1, 1]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ORGANISATION, Role.EXPERT, Role.SYSTEM_ADMIN])
def test_who_may_not_write_finds_no_form(world, role):
    tree, _programme, _client = world
    client = make.client_of(make.posted(role, tree.city))
    record = declaration.get("sites").model.objects.get()

    answers = [
        client.get(f"/registers/sites/{page}").status_code
        for page in ("new/", f"{record.pk}/edit/", f"{record.pk}/void/")
    ]

    assert answers == [404, 404, 404]


def test_a_register_that_does_not_exist_is_not_found(world):
    _tree, _programme, client = world

    assert client.get("/registers/people/").status_code == 404
