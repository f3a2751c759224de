"""Records that may be one are pointed out: on entering, pair by pair, and from one of them."""

import pytest

from tests import factories as make
from tests.registers.twofold import Cast
from tongxin.accounts.choices import Role
from tongxin.organisations.models import Organisation
from tongxin.registers.merging import queries

pytestmark = pytest.mark.django_db
BASE = "/registers/organisations/"


@pytest.fixture
def cast():
    return Cast()


def typed(cast, **more):
    return {
        "name": "同馨服务社",
        "place": "北镇",
        "kind": "community",
        "status": "filed",
        "credit_code": "",
    } | more


def test_entering_asks_once_whether_it_is_one_that_is_there(cast):
    asked = make.fill(cast.client, f"{BASE}new/", **typed(cast))

    text = asked.content.decode()
    assert asked.status_code == 422
    assert "可能已登记" in text
    assert cast.kept.get_absolute_url() in text
    assert "名称同音" in text
    again = {**make.offered(asked), "distinct": asked.context["distinct"]}
    assert cast.client.post(f"{BASE}new/", again).status_code == 302
    assert Organisation.objects.filter(name="同馨服务社").count() == 1


def test_another_name_is_asked_about_again(cast):
    asked = make.fill(cast.client, f"{BASE}new/", **typed(cast, name="同馨服务社"))
    again = {**make.offered(asked), "distinct": asked.context["distinct"], "name": "同心服务站"}

    assert cast.client.post(f"{BASE}new/", again).status_code == 422


def test_what_lies_out_of_sight_is_not_pointed_out(cast):
    client = make.client_of(make.clerk(cast.tree.river))

    made = make.fill(client, f"{BASE}new/", **typed(cast, place="河镇"))

    assert made.status_code == 302


def test_like_records_are_listed_pair_by_pair_with_the_way_to_merge_them(cast):
    page = cast.client.get(f"{BASE}duplicates/")

    (pair,) = page.context["found"].pairs
    assert {pair.one.pk, pair.other.pk} == {cast.kept.pk, cast.twin.pk}
    assert cast.page(cast.kept, cast.twin) in page.content.decode() or (
        cast.page(cast.twin, cast.kept) in page.content.decode()
    )
    auditor = make.client_of(make.posted(Role.AUDITOR, cast.tree.city))
    assert "/merge/" not in auditor.get(f"{BASE}duplicates/").content.decode()
    elsewhere = make.client_of(make.clerk(cast.tree.river)).get(f"{BASE}duplicates/")
    assert elsewhere.context["found"].pairs == ()


@pytest.mark.parametrize("who", ["city", "county", "clerk"])
def test_pairs_are_looked_for_piece_by_piece_and_none_is_passed_over(cast, monkeypatch, who):
    monkeypatch.setattr(queries, "WINDOW", 2)
    for name in ("甲甲社", "乙乙社", "丙丙社", "丁丁社"):
        make.organisation(cast.tree.north, name)
    accounts = {
        "city": lambda: cast.city,
        "county": lambda: make.coordinator(cast.tree.east),
        "clerk": lambda: make.clerk(cast.tree.north),
    }
    client = make.client_of(accounts[who]())
    seen, after, pages = set(), "", 0
    while True:
        found = client.get(f"{BASE}duplicates/?after={after}").context["found"]
        seen |= {(pair.one.pk, pair.other.pk) for pair in found.pairs}
        pages, after = pages + 1, found.following
        if not after:
            break

    assert pages == 3
    assert {frozenset(pair) for pair in seen} == {frozenset((cast.kept.pk, cast.twin.pk))}


def test_a_record_leads_to_those_like_it(cast):
    page = cast.client.get(f"{cast.kept.get_absolute_url()}similar/")

    assert [each.pk for each in page.context["likes"]] == [cast.twin.pk]
    assert cast.page(cast.kept, cast.twin) in page.content.decode()


@pytest.mark.parametrize("path", ["duplicates/", "{pk}/similar/", "{pk}/merge/{pk}/"])
def test_records_that_are_never_one_have_no_such_pages(cast, path):
    held = make.record("campaigns", place=cast.tree.city, of=cast.pilot)

    answer = cast.client.get(f"/registers/campaigns/{path.format(pk=held.pk)}")

    assert answer.status_code == 404
