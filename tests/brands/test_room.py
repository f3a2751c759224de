"""Brands and recognitions: their names, which of them count, and their forms."""

import datetime as dt

import pytest

from tests import factories as make
from tongxin.brands.models import Brand, Recognition
from tongxin.brands.queries import brands, brands_in_order, held_by_division, recognitions
from tongxin.brands.register import BRANDS, RECOGNITIONS
from tongxin.brands.rules import cell
from tongxin.core.errors import Refused
from tongxin.registers.actions import change, set_void

pytestmark = pytest.mark.django_db

ON = make.FACTS_ON
DAY = dt.timedelta(days=1)


def kind(small, key="spoken"):
    return make.kind_of(small.pilot, key)


def test_a_brand_is_entered_with_the_words_of_its_table(small):
    answer = small.enter("brands", name="同心圆", place="东县", work="打造“同心圆”品牌")

    made = Brand.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert brands_in_order(small.pilot) == [(small.tree.east.pk, made.pk, "打造“同心圆”品牌")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "填写名称"),
        ({"work": ""}, "填写工作内容"),
        ({"work": "长" * 201}, "工作内容最多 200 字，现在 201 字"),
        ({"place": ""}, "选择所属地区"),
    ],
)
def test_what_a_brand_lacks_is_said(small, typed, words):
    answer = small.enter("brands", **({"name": "同心圆", "place": "东县", "work": "打造"} | typed))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Brand.objects.exists()


def test_a_recognition_is_entered_as_facts_and_called_by_its_phrase(small):
    answer = small.enter(
        "recognitions",
        place="东县",
        kind=kind(small).pk,
        level="province",
        venue="全省会议",
        form="大会交流",
        recognised_on="2017-05-01",
    )

    made = Recognition.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert made.name == "在全省会议上作大会交流"


@pytest.mark.parametrize(
    ("kind_key", "typed", "words"),
    [
        ("spoken", {}, "填写会议名称"),
        ("spoken", {"venue": "全省会议"}, "填写交流形式，例如“大会交流”"),
        ("listed", {"venue": "全省会议"}, "填写项目或奖项的全称"),
        ("listed", {"title": "项目", "recognised_on": "2999-01-01"}, "取得日期不能晚于今天"),
        ("listed", {"title": "长" * 61}, "项目或奖项最多 60 字，现在 61 字"),
        ("", {}, "选择种类"),
        ("listed", {"title": "项目", "place": "丙县"}, "丙县"),
    ],
)
def test_what_stands_against_a_recognition_is_said(small, kind_key, typed, words):
    facts = {"place": "东县", "kind": kind(small, kind_key).pk if kind_key else ""}

    answer = small.enter("recognitions", **(facts | typed))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Recognition.objects.exists()


def test_a_wording_of_its_own_needs_no_facts(small):
    answer = small.enter("recognitions", place="东县", kind=kind(small).pk, wording="会上作了交流")

    assert answer.status_code == 302
    assert Recognition.objects.get().name == "会上作了交流"


def test_a_recognition_elsewhere_is_refused_in_words(small):
    east = make.client_of(make.coordinator(small.tree.east))

    answer = make.fill(
        east,
        "/registers/recognitions/new/",
        place="西县",
        kind=kind(small, "listed").pk,
        title="项",
    )

    assert answer.status_code == 422
    assert "“西县”不在你负责的范围里。填“东县”，或它下面的地区" in answer.content.decode()
    assert not Recognition.objects.exists()


def test_kinds_of_another_programme_are_not_offered(small):
    other = make.programme(small.tree.city, "other", begins="2016-01")

    answer = small.enter("recognitions", place="东县", kind=make.kind_of(other).pk, title="项目")

    assert answer.status_code == 422


def test_a_name_longer_than_the_list_allows_is_cut_with_a_mark(small):
    made = small.record("recognitions", title="长" * 60)

    assert len(made.name) == 60
    assert made.name.endswith("…")
    assert cell(
        each.wording for each in held_by_division(small.pilot, ON)[small.tree.north.pk]
    ) == ("入选" + "长" * 60)


def test_a_changed_recognition_is_called_by_its_new_facts(small):
    made = small.record("recognitions", title="甲项目")

    change(RECOGNITIONS, made, by=None, values={"title": "乙项目", "subject": "工作法"})

    assert Recognition.objects.get().name == "工作法入选乙项目"
    with pytest.raises(Refused, match=r"brands\.no_title"):
        change(RECOGNITIONS, made, by=None, values={"title": ""})


def test_recognitions_count_up_to_a_day_and_not_when_void(small, django_assert_num_queries):
    unknown = small.record("recognitions")
    won = small.record("recognitions", recognised_on=ON)
    elsewhere = small.record("recognitions", place=small.tree.west)
    small.record("recognitions", recognised_on=ON + DAY)
    gone = small.record("recognitions")
    set_void(RECOGNITIONS, gone, by=None, void=True, reason="重复")

    with django_assert_num_queries(1):
        held = held_by_division(small.pilot, ON)

    assert {place: [each.pk for each in rows] for place, rows in held.items()} == {
        small.tree.north.pk: [unknown.pk, won.pk],
        small.tree.west.pk: [elsewhere.pk],
    }
    assert recognitions(small.pilot, ON).count() == 3


def test_brands_stand_in_office_order_without_void_ones(small):
    west = small.record("brands", place=small.tree.west, work="西")
    east = small.record("brands", place=small.tree.east, work="东")
    gone = small.record("brands")
    set_void(BRANDS, gone, by=None, void=True, reason="重复")

    assert [pk for _place, pk, _work in brands_in_order(small.pilot)] == [east.pk, west.pk]
    assert brands(small.pilot).count() == 2


def test_the_list_filters_by_kind_and_level(small):
    small.record("recognitions", title="省里项目", level="province")
    small.record("recognitions", kind=kind(small), venue="会", form="交流", level="city")

    for query, seen, unseen in [
        (f"kind={kind(small).pk}", "在会上作交流", "省里项目"),
        ("level=province", "省里项目", "在会上作交流"),
    ]:
        page = small.client.get(f"/registers/recognitions/?{query}").content.decode()
        assert seen in page
        assert unseen not in page
