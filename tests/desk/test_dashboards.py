"""Dashboards: from the city down to a record, the numbers of every map adding up."""

import pytest

from tests import factories as make
from tongxin.desk.pages import _legend
from tongxin.desk.queries import MEASURES

pytestmark = pytest.mark.django_db

MEASURE_KEYS = [measure.key for measure in MEASURES]


def board(nantong, key, query=""):
    return nantong.client().get(f"/dashboards/{key}/{query}").context


def test_three_steps_lead_from_the_city_to_a_record(nantong):
    client = nantong.client()
    city = client.get("/dashboards/nantong/?measure=party_projects")

    county = next(tile for tile in city.context["tiles"] if tile.name == "崇川区")
    street = next(t for t in client.get(county.url).context["tiles"] if t.name == "虹桥街道")
    page = client.get(street.url)
    records = next(
        part["records"]
        for part in page.context["own_records"]
        if part["measure"].key == "party_projects"
    )

    assert (county.number, street.number) == (12, 4)
    assert [record.name for record in records] == [
        "540聚力党建",
        "爱心当铺",
        "孙爷爷谈心室",
        "暖意绒绒编织屋",
    ]
    assert client.get(records[0].get_absolute_url()).status_code == 200


@pytest.mark.parametrize("query", ["", "?map=today"])
@pytest.mark.parametrize("key", ["nantong", "chongchuan-old", "chongchuan", "qidong", "t320602005"])
def test_children_own_and_unplaced_add_up_to_the_total_in_every_measure(nantong, key, query):
    shown = board(nantong, key, query)["board"]

    for at in range(len(MEASURES)):
        children = sum(child.counts[at] or 0 for child in shown.children)
        rest = (shown.own[at] or 0) + (shown.unplaced[at] or 0)
        assert children + rest == (shown.totals[at] or 0), MEASURE_KEYS[at]


def test_the_totals_of_the_pilot(nantong):
    shown = board(nantong, "nantong")["board"]

    assert dict(zip(MEASURE_KEYS, shown.totals, strict=True)) == {
        "demonstration_sites": 12,
        "regional_brands": 9,
        "recognitions": 14,
        "party_projects": 12,
    }
    assert dict(zip(MEASURE_KEYS, shown.unplaced, strict=True))["demonstration_sites"] == 3


@pytest.mark.parametrize("key", MEASURE_KEYS)
def test_the_map_shows_the_measure_asked_for(nantong, key):
    shown = board(nantong, "nantong", f"?measure={key}")

    assert shown["measure"].key == key
    at = MEASURE_KEYS.index(key)
    tiles = {tile.url: tile.number for tile in shown["tiles"]}
    assert list(tiles.values()) == [child.counts[at] for child in shown["board"].children]


def test_a_measure_that_is_not_one_falls_back(nantong):
    assert board(nantong, "nantong", "?measure=nothing")["measure"].key == "recognitions"


def test_what_is_not_on_record_is_a_dash_and_named(nantong):
    answer = nantong.client().get("/dashboards/nantong/")

    page = answer.content.decode()
    assert "未登记：开发区" in page
    (silent,) = (tile for tile in answer.context["tiles"] if tile.number is None)
    assert silent.step == 0


def test_the_map_of_today_knows_the_new_district_and_its_former_parts(nantong):
    city = board(nantong, "nantong", "?map=today&measure=recognitions")
    numbers = {tile.name: tile.number for tile in city["tiles"]}
    district = board(nantong, "chongchuan", "?map=today&measure=recognitions")

    assert numbers["崇川区"] == 3
    assert "港闸区" not in numbers
    assert city["total"] == 14
    assert [child.name for child in district["board"].children if child.former] == [
        "崇川区",
        "港闸区",
    ]
    assert "已并入" in nantong.client().get("/dashboards/chongchuan/?map=today").content.decode()


@pytest.mark.parametrize(
    ("username", "key", "status"),
    [
        ("city", "nantong", 200),
        ("auditor", "t320602005", 200),
        ("county", "qidong", 200),
        ("county", "nantong", 404),
        ("county", "haimen", 404),
        ("street", "t320602005", 200),
        ("street", "chongchuan", 404),
        ("city", "nowhere", 404),
        ("expert", "nantong", 404),
        ("system", "nantong", 404),
    ],
)
def test_a_dashboard_is_there_for_those_who_oversee_the_division(nantong, username, key, status):
    assert nantong.client(username).get(f"/dashboards/{key}/").status_code == status


@pytest.mark.parametrize(
    ("username", "key"), [("city", "nantong"), ("county", "qidong"), ("street", "t320602005")]
)
def test_the_dashboards_begin_with_the_division_one_works_for(nantong, username, key):
    answer = nantong.client(username).get("/dashboards/")

    assert (answer.status_code, answer.url) == (302, f"/dashboards/{key}/")


def test_the_way_down_is_linked_only_within_ones_scope(nantong):
    city = nantong.client().get("/dashboards/t320602005/").context["crumbs"]
    street = nantong.client("street").get("/dashboards/t320602005/").context["crumbs"]

    assert [(name, bool(url)) for name, url in city] == [
        ("汇总", True),
        ("南通市", True),
        ("崇川区", True),
        ("虹桥街道", False),
    ]
    assert [bool(url) for _name, url in street] == [True, False, False, False]


def test_who_may_not_enter_is_not_offered_to(nantong):
    parts = nantong.client("auditor").get("/dashboards/nantong/").context["own_records"]

    assert [part["may_enter"] for part in parts] == [False] * len(parts)


def test_the_dashboard_costs_the_same_for_twice_the_records(small, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = small.client

    def more():
        for key in ("brands", "recognitions", "projects"):
            small.record(key)
            small.record(key, place=small.tree.river)

    more()
    client.get("/dashboards/city/")
    with CaptureQueriesContext(connection) as first:
        client.get("/dashboards/city/")
    more()

    with django_assert_num_queries(len(first)):
        client.get("/dashboards/city/")


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, []),
        (1, [(4, "1")]),
        (2, [(2, "1"), (4, "2")]),
        (4, [(1, "1"), (2, "2"), (3, "3"), (4, "4")]),
        (8, [(1, "1–2"), (2, "3–4"), (3, "5–6"), (4, "7–8")]),
    ],
)
def test_the_legend_has_at_most_four_steps(most, steps):
    assert _legend(most) == steps


def test_the_legend_of_a_large_map_reaches_the_largest_number():
    assert [step for step, _words in _legend(100)] == [1, 2, 3, 4]
    assert _legend(100)[-1][1].endswith("100")


def test_there_is_no_dashboard_without_a_programme(small):
    from tongxin.accounts.choices import Role
    from tongxin.divisions.choices import Level

    elsewhere = make.division("lonely", "丁市", Level.CITY, None)
    client = make.client_of(make.posted(Role.AUDITOR, elsewhere))

    assert client.get("/dashboards/lonely/").status_code == 404
    assert client.get("/").status_code == 200
