"""Declaring a figure as people write it, and the pages on which a figure shows what it rests on."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.core.errors import Refused
from tongxin.divisions.choices import Level
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.indicators.models import Observation
from tongxin.indicators.register import OBSERVATIONS
from tongxin.indicators.views import figure_url
from tongxin.registers import declaration
from tongxin.registers.actions import change, set_void

pytestmark = pytest.mark.django_db

TYPED = {
    "place": "甲市",
    "indicator": "training.participants",
    "stated_as": "3400余人",
    "source": "材料第 3 页",
}


@pytest.mark.parametrize(
    ("indicator", "words", "value", "qualifier"),
    [
        ("training.participants", "3400余人", 3400, "at_least"),
        ("training.participants", "3400余人次", 3400, "at_least"),
        ("training.participants", "３４００人次", 3400, "exact"),
        ("training.sessions", "约60期", 60, "about"),
        ("special_fund.annual", "2000万元", 20_000_000, "exact"),
        ("special_fund.annual", "2000万元/年", 20_000_000, "exact"),
        ("organisations.provincial_demonstration", "60家", 60, "exact"),
    ],
)
def test_a_figure_is_declared_in_the_words_of_its_source(small, indicator, words, value, qualifier):
    answer = small.enter("observations", **(TYPED | {"indicator": indicator, "stated_as": words}))

    made = Observation.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert (made.value, made.qualifier, made.stated_as) == (Decimal(value), qualifier, words)
    assert made.name == str(CATALOGUE[indicator].title)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"indicator": ""}, "选择指标"),
        ({"stated_as": ""}, "填写数字"),
        ({"source": ""}, "填写出处"),
        ({"stated_as": "很多人"}, "“很多人”里要有一个数字，例如 3400；约数写“3400余”"),
        ({"stated_as": "3400"}, "单位要写“人次”，例如“3400人次”"),
        ({"stated_as": "3400家"}, "单位要写“人次”"),
        ({"stated_as": "100万亿人次"}, "核对单位"),
        ({"stated_as": "0.001人次"}, "两位小数"),
        ({"part": "county"}, "这个指标不分级，级别留空"),
        (
            {"indicator": "incubation_bases", "stated_as": "40个"},
            "这个指标分级声明，选择级别；合计由各级相加",
        ),
        ({"place": "丙市"}, "丙市"),
    ],
)
def test_what_stands_against_a_declared_figure_is_said(small, typed, words):
    answer = small.enter("observations", **(TYPED | typed))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Observation.objects.exists()


def test_a_total_of_the_bases_cannot_be_declared_but_a_level_can(small):
    typed = TYPED | {"indicator": "incubation_bases", "part": "county", "stated_as": "13个"}

    answer = small.enter("observations", **typed)

    assert answer.status_code == 302
    assert Observation.objects.get().name == "县级社会组织孵化基地"


def test_a_figure_is_declared_once(small):
    small.enter("observations", **TYPED)

    again = small.enter("observations", **(TYPED | {"stated_as": "3500人"}))

    assert again.status_code == 422
    assert "这个地区的这个数已声明过。改原来那一条" in again.content.decode()
    assert Observation.objects.count() == 1


def test_a_declared_figure_may_be_changed_and_brought_back_only_alone(small):
    first = small.record("observations", small.tree.city)
    change(OBSERVATIONS, first, by=None, values={"value": Decimal(11)})
    set_void(OBSERVATIONS, first, by=None, void=True, reason="误记")
    small.record("observations", small.tree.city)

    with pytest.raises(Refused, match=r"indicators\.twice"):
        set_void(OBSERVATIONS, first, by=None, void=False)


def test_an_indicator_nobody_knows_is_refused(small):
    (problem,) = OBSERVATIONS.problems({"indicator": "unknown"}, None)

    assert problem.code == "indicators.unknown"


def test_a_clerk_declares_nothing(small):
    clerk = make.client_of(make.clerk(small.tree.north))

    assert clerk.get("/registers/observations/new/").status_code == 404


def test_more_records_than_a_page_holds_are_left_to_the_register(small):
    for _number in range(51):
        small.record("projects")

    trace = small.client.get("/figures/party_projects/").context["trace"]

    assert len(trace.records) == 50
    assert trace.more


def test_there_are_no_figures_without_a_programme(small):
    elsewhere = make.division("lonely", "丁市", Level.CITY, None)
    client = make.client_of(make.posted(Role.AUDITOR, elsewhere))

    assert client.get("/figures/").status_code == 404


def test_the_address_of_a_figure_page_carries_division_and_map():
    base = reverse("indicators:figure", args=["incubation_bases"])

    assert figure_url("incubation_bases") == base
    assert figure_url("incubation_bases?level=city", "haian", make.FACTS_ON) == (
        f"{base}?level=city&division=haian&map=today"
    )


def test_every_indicator_names_a_register_and_its_words():
    for each in CATALOGUE.values():
        assert declaration.get(each.register)
        assert str(each.title)
        assert str(each.definition)
        assert bool(each.split) == bool(each.words)
