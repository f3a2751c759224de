"""The figures of the pilot of 2017, as its own registers and declarations give them."""

import pytest

from tests import factories as make
from tongxin.core.figures import State
from tongxin.indicators.catalogue import BASES, CATALOGUE, DEMONSTRATING, PARTICIPANTS, RECOGNITIONS
from tongxin.indicators.queries import Asked, figure, figures, read_address, records_of, total
from tongxin.registers import declaration

pytestmark = pytest.mark.django_db

ON = make.FACTS_ON


def asked_of_nantong(nantong, key="nantong", map_on=ON):
    return Asked(nantong.programme, nantong.division(key).pk, ON, map_on)


@pytest.mark.parametrize(
    ("address", "declared", "counted", "state"),
    [
        ("incubation_bases?level=city", "1个", "1个", State.AGREED),
        ("incubation_bases?level=county", "13个", None, State.DECLARED),
        ("incubation_bases?level=town", "12个", None, State.DECLARED),
        ("incubation_bases?level=community", "14个", None, State.DECLARED),
        ("demonstration_sites", None, "12个", State.COUNTED),
        ("regional_brands", None, "9个", State.COUNTED),
        ("recognitions", None, "14项", State.COUNTED),
        ("party_projects", None, "12个", State.COUNTED),
        ("training.sessions", "60余期", None, State.DECLARED),
        ("training.participants", "3400余人", None, State.DECLARED),
        (PARTICIPANTS.key, "437个", None, State.DECLARED),
        (DEMONSTRATING.key, "60家", None, State.DECLARED),
        ("special_fund.annual", "2000万元", None, State.DECLARED),
    ],
)
def test_the_figures_of_the_pilot(nantong, address, declared, counted, state):
    found = figure(asked_of_nantong(nantong), address)

    assert (found.declared.text if found.declared else None) == declared
    assert (str(found.counted) if found.counted else None) == counted
    assert found.state is state


def test_the_sum_of_the_bases_of_the_pilot_is_forty_and_stated_by_nobody(nantong):
    whole = total(asked_of_nantong(nantong), BASES)

    assert (str(whole.quantity), whole.declared.pk, str(whole.counted)) == ("40个", 0, "1个")
    stated = declaration.get("observations").model.objects
    assert not stated.filter(value=40).exists()


def test_the_zone_without_recognitions_is_named_as_absent(nantong):
    assert figure(asked_of_nantong(nantong), RECOGNITIONS.key).absent == ("南通经济技术开发区",)


def test_records_of_is_what_the_number_counts(nantong):
    for each in CATALOGUE.values():
        rows = records_of(asked_of_nantong(nantong), each)
        for found in figures(asked_of_nantong(nantong), [each]):
            _indicator, part = read_address(found.address)
            here = rows.filter(**{each.split: part}) if part else rows
            assert here.count() == found.records


def test_the_figures_stand_side_by_side_with_what_is_missing(nantong):
    page = nantong.client().get("/figures/").content.decode()

    for words in ("60余期", "3400余人", "437个", "2000万元", "只有声明", "记录与声明一致", "14项"):
        assert words in page
    assert "未登记：南通经济技术开发区" in page
    assert "40个" not in page


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_every_figure_opens(nantong, key):
    answer = nantong.client().get(f"/figures/{key}/")

    assert answer.status_code == 200
    assert str(CATALOGUE[key].definition) in answer.content.decode()


def test_the_sum_of_the_bases_shows_its_parts_and_no_statement_of_its_own(nantong):
    answer = nantong.client().get("/figures/incubation_bases/")

    page = answer.content.decode()
    assert "由分列数相加：1个＋13个＋12个＋14个" in page
    assert [each.figure.text for each in answer.context["parts"]] == ["1个", "13个", "12个", "14个"]
    assert answer.context["trace"].statement_url == ""


def test_every_way_from_a_figure_leads_somewhere(nantong):
    client = nantong.client()
    for key in CATALOGUE:
        trace = client.get(f"/figures/{key}/").context["trace"]
        urls = [
            trace.register_url,
            trace.told.url,
            *(r.get_absolute_url() for r in trace.records[:1]),
        ]
        if trace.statement_url:
            urls.append(trace.statement_url)
        for url in urls:
            assert client.get(url).status_code == 200, url


@pytest.mark.parametrize(
    "url",
    [
        "/figures/nothing/",
        "/figures/incubation_bases/?level=moon",
        "/figures/recognitions/?division=nowhere",
        "/figures/recognitions/?division=nantong",
        "/figures/recognitions/?division=haimen",
    ],
)
def test_what_is_not_there_or_out_of_scope_is_not_found(nantong, url):
    assert nantong.client("county").get(url).status_code == 404


def test_a_county_sees_the_figure_of_its_own_division(nantong):
    answer = nantong.client("county").get("/figures/recognitions/")

    assert answer.context["asked"].division_id == nantong.division("qidong").pk
    assert str(answer.context["trace"].told.figure.counted) == "1项"


@pytest.mark.parametrize(
    ("query", "then"),
    [
        ("division=gangzha", True),
        ("division=gangzha&map=today", False),
        ("division=chongchuan", False),
    ],
)
def test_a_figure_is_shown_on_the_map_on_which_its_division_stands(nantong, query, then):
    asked = nantong.client().get(f"/figures/recognitions/?{query}").context["asked"]

    assert (asked.map_on == nantong.programme.day) is then


@pytest.mark.parametrize("username", ["organisation", "expert", "system", "security", "audit"])
def test_figures_are_closed_to_those_who_see_no_registers(nantong, username):
    client = nantong.client(username)

    assert client.get("/figures/").status_code == 404
    assert client.get("/figures/recognitions/").status_code == 404
