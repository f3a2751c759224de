"""Figures: counted from records, beside what was declared, never more than either says."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tongxin.campaigns.register import CAMPAIGNS
from tongxin.core.figures import State
from tongxin.core.quantities import Qualifier, Quantity
from tongxin.indicators.catalogue import (
    ATTENDANCES,
    BASES,
    CATALOGUE,
    DEMONSTRATING,
    FUND,
    PARTICIPANTS,
    PROJECTS,
    RECOGNITIONS,
    SESSIONS,
    SITES,
)
from tongxin.indicators.lineage import remark_on, told
from tongxin.indicators.queries import (
    Asked,
    address_of,
    figure,
    figures,
    read_address,
    total,
)
from tongxin.registers import declaration
from tongxin.registers.actions import set_void

pytestmark = pytest.mark.django_db

ON = make.FACTS_ON
DAY = dt.timedelta(days=1)


def asked(small, division=None, on=ON):
    return Asked(small.pilot, (division or small.tree.city).pk, on, on)


def declare(small, indicator, value, stated="", **more):
    """State a figure for the city."""
    facts = {"indicator": indicator.key, "part": "", "qualifier": "exact", "stated_as": stated}
    facts |= {"value": Decimal(value)} | more
    return small.record("observations", small.tree.city, **facts)


def test_nothing_on_record_is_unknown_and_not_zero(small):
    for each in figures(asked(small), CATALOGUE.values()):
        assert (each.counted, each.declared, each.records) == (None, None, 0), each.key
        assert (each.state, each.text, each.quantity) == (State.MISSING, "—", None), each.key
        assert remark_on(each) == "台账里没有记录，也没有声明"


def test_what_is_on_record_is_counted_with_its_unit(small):
    small.record("projects")
    small.record("projects", place=small.tree.river)

    found = figure(asked(small), PROJECTS.key)

    assert (found.state, str(found.counted), found.records) == (State.COUNTED, "2个", 2)
    assert (found.title, found.scope, found.on, found.map_on) == ("党建项目", "甲市", ON, ON)
    assert remark_on(found) == ""


@pytest.mark.parametrize(
    ("records", "state", "short_by", "remark"),
    [
        (0, State.DECLARED, 3, "声明 3个，台账里没有一条记录"),
        (1, State.DIFFERENT, 2, "声明 3个，台账 1个，还有 2个没有登记"),
        (3, State.AGREED, None, "声明 3个，台账 3个，相符"),
        (4, State.DIFFERENT, None, "声明 3个，台账 4个，多出 1个，核对声明"),
    ],
)
def test_records_and_statement_stand_side_by_side(small, records, state, short_by, remark):
    for _number in range(records):
        small.record("projects")
    declare(small, PROJECTS, 3, "3个")

    found = figure(asked(small), PROJECTS.key)

    assert (found.state, found.short_by, found.text) == (state, short_by, "3个")
    assert remark_on(found) == remark
    assert found.declared.source == "材料"


def test_a_lower_bound_stays_one_on_its_way(small):
    small.record("trainings", sessions=45)
    declare(small, SESSIONS, 60, "60余期", qualifier="at_least")

    found = figure(asked(small), SESSIONS.key)

    assert (found.text, str(found.quantity), str(found.counted)) == ("60余期", "60余期", "45期")
    assert found.declared.quantity.qualifier is Qualifier.AT_LEAST
    assert "还有 15余期没有登记" in remark_on(found)


def test_persons_are_not_attendances(small):
    small.record("trainings", attendances=80, persons=50)
    small.record("trainings", persons=30)

    attended = figure(asked(small), ATTENDANCES.key)

    assert (str(attended.counted), attended.records) == ("80人次", 2)
    assert not [each for each in CATALOGUE.values() if each.measure == "persons"]


def test_attendances_that_nobody_noted_are_unknown(small):
    small.record("trainings", persons=30)

    attended = figure(asked(small), ATTENDANCES.key)
    sessions = figure(asked(small), SESSIONS.key)

    assert (attended.counted, attended.records, attended.state) == (None, 1, State.MISSING)
    assert str(sessions.counted) == "1期"


def test_numbers_of_different_units_do_not_add():
    with pytest.raises(ValueError, match="does not add"):
        _sum = Quantity(Decimal(1), "人") + Quantity(Decimal(1), "人次")


def test_the_levels_of_bases_are_figures_of_their_own_and_their_sum_has_no_statement(small):
    for part, value in zip(BASES.parts(), (1, 13, 12, 14), strict=True):
        declare(small, BASES, value, f"{value}个", part=part)

    parts = figures(asked(small), [BASES])
    whole = total(asked(small), BASES)

    assert [each.text for each in parts] == ["1个", "13个", "12个", "14个"]
    assert [each.title for each in parts][1] == "县级社会组织孵化基地"
    assert (str(whole.quantity), whole.declared.pk, whole.declared.stated_as) == ("40个", 0, "")
    assert whole.declared.source == "1个＋13个＋12个＋14个"
    assert (whole.title, whole.address) == ("社会组织孵化基地", "incubation_bases")


def test_a_sum_is_unknown_while_a_part_of_it_is(small):
    for part, value in zip(BASES.parts()[1:], (13, 12, 14), strict=True):
        declare(small, BASES, value, part=part)

    whole = total(asked(small), BASES)

    assert (whole.declared, whole.counted, whole.quantity) == (None, None, None)


def test_the_counts_of_the_levels_add_up(small):
    small.record("bases", level="city")
    small.record("bases", level="town")
    small.record("bases", level="town")

    whole = total(asked(small), BASES)

    assert (str(whole.counted), whole.records) == ("3个", 3)
    assert [each.records for each in figures(asked(small), [BASES])] == [1, 0, 2, 0]


def test_a_site_with_two_namings_is_one_and_one_whose_naming_ended_is_none(small):
    site = make.site(small.pilot, small.tree.north)
    make.record("designations", site=site, level="county")
    ended = make.site(small.pilot, small.tree.north, designated=False)
    make.record("designations", site=ended, designated_on=make.EARLY, until=ON)

    assert str(figure(asked(small), SITES.key).counted) == "1个"
    assert str(figure(asked(small, on=ON - DAY), SITES.key).counted) == "2个"


def test_samples_count_nowhere(small):
    sample = make.organisation(small.tree.north, demonstration="province", sample=True)
    campaign = small.record("campaigns")
    small.record("participations", campaign=campaign, organisation=sample)

    assert figure(asked(small), DEMONSTRATING.key).counted is None
    assert figure(asked(small), PARTICIPANTS.key).counted is None


def test_an_organisation_in_two_campaigns_is_one_participant(small):
    club = make.organisation(small.tree.north)
    for campaign in (small.record("campaigns"), small.record("campaigns")):
        small.record("participations", campaign=campaign, organisation=club)

    assert str(figure(asked(small), PARTICIPANTS.key).counted) == "1个"
    set_void(CAMPAIGNS, campaign, by=None, void=True, reason="误记")
    assert str(figure(asked(small), PARTICIPANTS.key).counted) == "1个"


def test_a_void_record_counts_in_no_figure(small):
    small.record("bases")
    small.record("brands")
    small.record("recognitions")
    small.record("projects")
    small.record("trainings", attendances=3)
    small.record("budgets", year=2017)
    make.site(small.pilot, small.tree.north)
    make.organisation(small.tree.north, demonstration="province")
    declare(small, PROJECTS, 3)
    wanted = ("bases", "brands", "recognitions", "projects", "trainings", "budgets", "sites")
    for key in (*wanted, "organisations", "observations"):
        register = declaration.get(key)
        for row in register.model.objects.all():
            set_void(register, row, by=None, void=True, reason="误记")

    for each in figures(asked(small), CATALOGUE.values()):
        assert each.state is State.MISSING, each.key


def test_the_fund_is_the_sum_of_the_budgets_of_the_year(small):
    small.record("budgets", year=2017, amount=Decimal(20_000_000))
    small.record("budgets", place=small.tree.west, year=2017, amount=Decimal(500_000))
    small.record("budgets", year=2016)

    assert str(figure(asked(small), FUND.key).counted) == "2050万元/年"


def test_a_figure_is_that_of_the_division_asked_for_and_of_what_lies_below(small):
    small.record("projects", place=small.tree.north)
    small.record("projects", place=small.tree.east)
    small.record("projects", place=small.tree.river)
    declare(small, PROJECTS, 9)

    counted = {
        place.key: figure(asked(small, place), PROJECTS.key)
        for place in (small.tree.city, small.tree.east, small.tree.north, small.tree.south)
    }

    assert {key: each.records for key, each in counted.items()} == {
        "city": 3,
        "east": 2,
        "north": 1,
        "south": 0,
    }
    assert counted["city"].declared is not None
    assert counted["east"].declared is None


def test_a_division_below_of_which_nothing_is_on_record_is_named(small):
    small.record("recognitions", place=small.tree.north)

    assert figure(asked(small), RECOGNITIONS.key).absent == ("西县",)
    # Towns are not expected to have each their own.
    assert figure(asked(small, small.tree.east), RECOGNITIONS.key).absent == ()
    assert figure(asked(small), PROJECTS.key).absent == ()


def test_the_scope_a_statement_names_is_kept(small):
    declare(small, PARTICIPANTS, 437, "437个", scope_text="市区")

    assert figure(asked(small), PARTICIPANTS.key).scope == "市区"


def test_a_statement_of_an_indicator_that_is_gone_disturbs_nobody(small):
    declare(small, PROJECTS, 3)
    model = declaration.get("observations").model
    model.objects.update(indicator="given.up")

    assert figure(asked(small), PROJECTS.key).declared is None


@pytest.mark.parametrize(
    "address", ["nothing", "incubation_bases?level=moon", "nothing?level=city"]
)
def test_an_address_that_leads_nowhere_is_an_error(small, address):
    with pytest.raises(KeyError):
        read_address(address)
    with pytest.raises(KeyError):
        figure(asked(small), address)


def test_the_whole_of_a_split_indicator_is_asked_by_total_only(small):
    with pytest.raises(KeyError):
        figure(asked(small), BASES.key)


@pytest.mark.parametrize(
    ("address", "indicator", "part"),
    [
        ("incubation_bases", BASES, ""),
        ("incubation_bases?level=county", BASES, "county"),
        ("training.sessions", SESSIONS, ""),
        ("training.sessions?level=county", SESSIONS, ""),
    ],
)
def test_an_address_names_an_indicator_and_a_part(address, indicator, part):
    assert read_address(address) == (indicator, part)


def test_every_figure_has_an_address_that_leads_back_to_it(small):
    for each in figures(asked(small), CATALOGUE.values()):
        indicator, part = read_address(each.address)
        assert address_of(indicator, part) == each.address
        assert indicator.key == each.key
        assert told(each).url.startswith("/figures/")


def test_the_figures_cost_the_same_for_one_record_and_for_many(small, django_assert_num_queries):
    def many():
        for place in (small.tree.north, small.tree.river):
            for key in ("bases", "brands", "recognitions", "projects", "trainings"):
                small.record(key, place=place)

    many()
    with CaptureQueriesContext(connection) as first:
        figures(asked(small), CATALOGUE.values())
    many()

    with django_assert_num_queries(len(first)):
        figures(asked(small), CATALOGUE.values())
