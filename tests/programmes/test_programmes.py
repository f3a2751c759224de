"""Programmes and their words; who takes part in which, and the choice between several."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account
from tongxin.journal.queries import entries_of
from tongxin.programmes.queries import (
    functions_of,
    groups_of,
    pillars_of,
    programmes_for,
    recognition_kinds_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make.tree()


def names(rows):
    return [row.name for row in rows]


def test_a_programme_is_founded_with_its_words_in_order(tree):
    pilot = make.programme(tree.city)

    assert names(pillars_of(pilot)) == ["示范引领", "品牌带动"]
    assert names(groups_of(pilot)) == ["新媒体从业人员", "中介人员"]
    assert names(functions_of(pilot)) == ["学习", "服务"]
    assert names(recognition_kinds_of(pilot)) == ["入选项目", "会议交流"]
    assert [entry.verb for entry in entries_of(pilot)] == ["programmes.founded"]


def test_the_words_of_one_programme_are_not_those_of_another(tree):
    first, second = make.programme(tree.city), make.programme(tree.city, "second")

    assert {group.programme for group in groups_of(first)} == {first}
    assert {group.programme for group in groups_of(second)} == {second}


def test_a_programme_speaks_of_its_cut_off_day_or_of_today(tree):
    assert make.programme(tree.city).day == dt.date(2017, 12, 31)
    assert make.programme(tree.city, "going", facts_on=None).day == timezone.localdate()


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("city", ["whole", "eastern"]),
        ("east", ["whole", "eastern"]),
        ("north", ["whole", "eastern"]),
        ("west", ["whole"]),
        ("river", ["whole"]),
    ],
)
def test_an_account_takes_part_in_the_programmes_above_and_below_it(tree, place, keys):
    make.programme(tree.city, "whole", begins="2018-01")
    make.programme(tree.east, "eastern")

    account = make.clerk(getattr(tree, place))

    assert [each.key for each in programmes_for(account)] == keys


def test_an_account_without_a_posting_takes_part_in_none(tree):
    make.programme(tree.city)

    assert programmes_for(make.account()) == []


def test_the_newest_programme_is_the_one_a_request_works_in(tree):
    make.programme(tree.city, "old", begins="2016-01")
    make.programme(tree.city, "new", begins="2018-01")
    client = make.client_of(make.coordinator(tree.city))

    assert client.get("/").wsgi_request.programme.key == "new"


def test_another_programme_is_chosen_and_stays_chosen(tree):
    old = make.programme(tree.city, "old", begins="2016-01")
    make.programme(tree.city, "new", begins="2018-01")
    make.site(old, tree.north, "老示范点")
    client = make.client_of(make.coordinator(tree.city))
    assert "老示范点" not in client.get("/registers/sites/").content.decode()

    answer = client.post("/programmes/choose/", {"programme": "old"})

    assert answer.status_code == 302
    assert client.get("/").wsgi_request.programme == old
    assert "老示范点" in client.get("/registers/sites/").content.decode()


def test_a_programme_elsewhere_can_be_neither_chosen_nor_read(tree):
    make.programme(tree.east, "eastern")
    client = make.client_of(make.clerk(tree.river))

    assert client.get("/programmes/eastern/").status_code == 404
    assert client.post("/programmes/choose/", {"programme": "eastern"}).status_code == 404


def test_a_choice_is_made_by_post_alone(tree):
    make.programme(tree.city)

    answer = make.client_of(make.clerk(tree.north)).get("/programmes/choose/")

    assert answer.status_code == 405


def test_the_page_of_a_programme_shows_its_words(tree):
    make.programme(tree.city)
    client = make.client_of(make.clerk(tree.north))

    page = client.get("/programmes/pilot/").content.decode()

    for word in ("甲市", "示范引领", "新媒体从业人员", "学习", "会议交流"):
        assert word in page


def test_a_chosen_programme_that_one_no_longer_takes_part_in_is_forgotten(tree):
    make.programme(tree.east, "eastern", begins="2016-01")
    make.programme(tree.city, "whole", begins="2018-01")
    account = make.posted(Role.CLERK, tree.north)
    client = make.client_of(account)
    client.post("/programmes/choose/", {"programme": "eastern"})
    make.accounts.end_posting(account.postings.get(), by=None, until=timezone.localdate())
    make.accounts.post(
        by=None,
        account=Account.objects.get(pk=account.pk),
        office=make.office(tree.river),
        role=Role.CLERK,
        since=make.EARLY,
    )
    kept = dict(client.session)
    # The change of rights has ended the session; who signs in again brings the old choice along.
    client = make.client_of(Account.objects.get(pk=account.pk))
    session = client.session
    session.update({name: kept[name] for name in kept if not name.startswith("_auth")})
    session.save()

    assert client.get("/").wsgi_request.programme.key == "whole"
