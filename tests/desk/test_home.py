"""What each role finds at its desk: what needs it today, the figures, the way on."""

import pytest
from django.utils import timezone

from tests import factories as make
from tongxin.desk.todos import MOST
from tongxin.divisions.actions import Decree, merge
from tongxin.divisions.choices import Level
from tongxin.indicators.models import Observation

pytestmark = pytest.mark.django_db


def home(nantong, username):
    return nantong.client(username).get("/")


def titles(answer):
    return [todo.title for todo in answer.context["todo"]]


def nav(answer):
    return [item.label for item in answer.context["frame"].nav]


@pytest.mark.parametrize("username", ["city", "auditor"])
def test_who_oversees_the_city_sees_everything_that_is_open(nantong, username):
    answer = home(nantong, username)

    clocks = ["待答复的异议：1 条"] if username == "city" else []
    assert titles(answer) == [
        *clocks,
        "“启东市北城区街道”与区划名称对不上",
        "3 个示范点没有写明地区",
        "8 个声明数字在台账里记录不全",
        "南通经济技术开发区没有登记地区品牌、成果",
    ]
    page = answer.content.decode()
    assert f"今天有 {4 + len(clocks)} 件事等你" in page
    assert "中天科技集团、高仁律师事务所、91家纺网总部" in page


def test_every_thing_to_do_leads_to_where_it_is_done(nantong):
    client = nantong.client()

    for todo in client.get("/").context["todo"]:
        answer = client.get(todo.url, follow=True)
        assert answer.status_code == 200, todo.url
    listed = client.get("/registers/sites/?place_state=not_stated").content.decode()
    assert listed.count("<tr>") == 1 + 3


def test_a_county_is_asked_only_for_what_is_its_own(nantong):
    answer = home(nantong, "county")

    assert titles(answer) == ["“启东市北城区街道”与区划名称对不上"]
    assert answer.context["headlines"]["bar"].total is None
    assert answer.context["headlines"]["figures"] == []


def test_a_street_has_nothing_open_and_is_told_so(nantong):
    answer = home(nantong, "street")

    page = answer.content.decode()
    assert titles(answer) == []
    assert "今天没有事等你" in page
    assert "地区都写明了，数字都有记录" in page
    assert answer.context["tiles"] == []
    assert client_sees(nantong, "street", "/dashboards/", "爱心当铺")


def client_sees(nantong, username, url, words):
    return words in nantong.client(username).get(url, follow=True).content.decode()


def test_there_are_never_more_than_five_things_to_do(small):
    for number in range(9):
        small.record("projects", place_text=f"新城{number}", place_state="unmatched")

    answer = small.client.get("/")

    assert len(answer.context["todo"]) == MOST == 5


def test_many_open_places_are_one_thing_to_do_with_three_names(small):
    for number in range(4):
        make.site(small.pilot, small.tree.city, f"甲园{number}", place_state="not_stated")

    (todo,) = (each for each in small.client.get("/").context["todo"] if "示范点" in each.title)

    assert todo.title == "4 个示范点没有写明地区"
    assert todo.note == "甲园0、甲园1、甲园2等"


def test_a_site_whose_place_is_filled_in_leaves_the_list(nantong):
    client = nantong.client()
    url = client.get("/registers/sites/?q=ztkjjt").context["page"].rows[0].url

    make.fill(client, f"{url}edit/", place="通州区")

    assert "2 个示范点没有写明地区" in titles(client.get("/"))


@pytest.mark.parametrize(
    ("username", "words", "ways"),
    [
        ("organisation", "核对本组织的名称、代码和业务范围", ["今日", "本组织", "入驻申请"]),
        ("expert", "台账", ["今日", "台账", "公示", "评审"]),
        ("system", "单位", ["今日", "单位", "账号", "日历"]),
        ("security", "任职", ["今日", "任职"]),
        ("audit", "日志", ["今日", "日志", "权限清单"]),
    ],
)
def test_those_who_keep_no_registers_find_what_is_theirs(nantong, username, words, ways):
    answer = home(nantong, username)

    assert words in answer.content.decode()
    assert nav(answer) == ways
    for item in answer.context["frame"].nav:
        assert nantong.client(username).get(item.url).status_code == 200


@pytest.mark.parametrize(
    ("username", "ways", "role"),
    [
        (
            "city",
            ["今日", "汇总", "审核", "台账", "公示", "数字", "简报", "评审", "标准", "区划"],
            "南通市协调员",
        ),
        (
            "county",
            ["今日", "汇总", "审核", "台账", "公示", "数字", "评审", "标准", "区划"],
            "启东市协调员",
        ),
        (
            "street",
            ["今日", "汇总", "审核", "台账", "公示", "数字", "标准", "区划"],
            "虹桥街道经办员",
        ),
        (
            "auditor",
            ["今日", "汇总", "台账", "公示", "数字", "简报", "标准", "区划", "日志", "权限清单"],
            "审计员",
        ),
    ],
)
def test_the_navigation_shows_what_a_role_may_open(nantong, username, ways, role):
    answer = home(nantong, username)

    assert nav(answer) == ways
    assert answer.context["frame"].role == role
    for item in answer.context["frame"].nav:
        assert nantong.client(username).get(item.url, follow=True).status_code == 200


def test_an_account_without_a_posting_is_told_whom_to_ask(small):
    answer = make.client_of(make.account()).get("/")

    assert "这个账号还没有任职" in answer.content.decode()
    assert "找安全管理员登记任职" in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get("/").status_code == 302


def test_the_headlines_are_what_was_declared_with_its_words(nantong):
    headlines = home(nantong, "city").context["headlines"]

    assert headlines["bar"].total == 40
    assert [part.figure.text for part in headlines["bar"].parts] == ["1个", "13个", "12个", "14个"]
    assert [each.figure.text for each in headlines["figures"]] == [
        "437个",
        "60家",
        "60余期",
        "3400余人",
        "2000万元",
    ]


def test_no_sum_is_shown_while_a_level_of_the_bases_is_unknown(nantong):
    Observation.objects.filter(part="town").delete()

    assert home(nantong, "city").context["headlines"]["bar"].total is None


def test_the_map_of_the_home_shows_recognitions_and_names_who_is_silent(nantong):
    answer = home(nantong, "city")

    numbers = {tile.name: tile.number for tile in answer.context["tiles"]}
    assert numbers == {
        "海安县": 2,
        "如皋市": 2,
        "如东县": 1,
        "海门市": 1,
        "启东市": 1,
        "通州区": 2,
        "崇川区": 2,
        "港闸区": 1,
        "开发区": None,
    }
    assert (answer.context["total"], answer.context["own"]) == (14, 2)
    assert answer.context["silent"] == ["开发区"]
    assert "未登记：开发区" in answer.content.decode()


def test_the_home_costs_the_same_for_twice_the_records(small, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = small.client

    def more():
        for place in (small.tree.north, small.tree.river):
            for key in ("bases", "brands", "recognitions", "projects", "trainings"):
                small.record(key, place=place)

    more()
    client.get("/")
    with CaptureQueriesContext(connection) as first:
        client.get("/")
    more()

    with django_assert_num_queries(len(first)):
        client.get("/")


def test_who_is_posted_to_a_division_that_was_merged_is_told_so_and_shown_nothing_of_it():
    top = make.division("a-city", "甲市", Level.CITY, None)
    old, heir = (make.division(key, key, Level.COUNTY, top) for key in ("old-county", "new-county"))
    brand = make.record("brands", place=old, of=make.programme(top, "merging"), name="老县品牌")
    clerk = make.clerk(old)
    merge([old], heir, Decree(timezone.localdate()), by=None)
    client = make.client_of(clerk)

    page = client.get("/").content.decode()

    assert "你任职的地区今天不在区划里" in page
    assert brand.name not in page
    assert client.get("/figures/").status_code == 404
