"""Campaigns: their rule, who takes part, and the forms entered from a campaign's page."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tongxin.campaigns.models import Campaign, Participation, Series
from tongxin.campaigns.queries import participants, series_names
from tongxin.campaigns.register import CAMPAIGNS, PARTICIPATIONS, SERIES
from tongxin.campaigns.rules import campaign_problems
from tongxin.core.errors import Refused
from tongxin.organisations.register import ORGANISATIONS
from tongxin.registers.actions import change, set_void

FIRST = dt.date(2017, 5, 1)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("began", "ended", "found"),
    [
        (None, None, []),
        (FIRST, None, []),
        (None, FIRST, []),
        (FIRST, FIRST, []),
        (FIRST, FIRST - DAY, ["campaigns.order"]),
    ],
)
def test_a_campaign_does_not_end_before_it_begins(began, ended, found):
    assert [problem.code for problem in campaign_problems(began, ended)] == found


@pytest.mark.django_db
def test_a_campaign_is_entered_with_its_series_and_its_organisations(small):
    club = make.organisation(small.tree.north, "邻里会")
    small.enter("campaigns", name="公益季", place="甲市", themes="公益", began_on="2017-05-01")
    campaign = Campaign.objects.get()
    query = f"?campaign={campaign.pk}"

    small.enter("series", query, name="品牌评选")
    small.enter("participations", query, organisation="邻里会")

    assert str(Series.objects.get()) == "品牌评选"
    assert Participation.objects.get().organisation == club
    page = small.client.get(campaign.get_absolute_url()).content.decode()
    assert Series.objects.get().get_absolute_url() in page
    assert Participation.objects.get().get_absolute_url() in page


@pytest.mark.django_db
def test_the_days_of_a_campaign_are_judged_together(small):
    typed = {"name": "公益季", "place": "甲市", "began_on": "2017-05-01"}

    answer = small.enter("campaigns", **typed, ended_on="2017-04-30")

    assert answer.status_code == 422
    assert "结束日期要不早于 2017-05-01" in answer.content.decode()
    made = small.record("campaigns", began_on=FIRST)
    with pytest.raises(Refused, match=r"campaigns\.order"):
        change(CAMPAIGNS, made, by=None, values={"ended_on": FIRST - DAY})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "填写社会组织"),
        ("没有的会", "台账里没有“没有的会”。核对全称，或先到“社会组织”登记"),
        ("同名会", "有两个组织叫“同名会”。改填统一社会信用代码"),
        ("已作废的会", "台账里没有“已作废的会”"),
        ("邻里会", "“邻里会”已登记参加这项活动，不用再登记"),
    ],
)
def test_what_stands_against_taking_part_is_said(small, text, words):
    campaign = small.record("campaigns")
    club = make.organisation(small.tree.north, "邻里会")
    small.record("participations", campaign=campaign, organisation=club)
    for _twice in range(2):
        make.organisation(small.tree.north, "同名会")
    gone = make.organisation(small.tree.north, "已作废的会")
    set_void(ORGANISATIONS, gone, by=None, void=True, reason="误记")

    answer = small.enter("participations", f"?campaign={campaign.pk}", organisation=text)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Participation.objects.count() == 1


@pytest.mark.django_db
def test_an_organisation_is_found_by_its_code_and_shown_by_its_name(small):
    campaign = small.record("campaigns")
    club = make.organisation(small.tree.north, "同名会", credit_code=make.credit_code(7))
    make.organisation(small.tree.north, "同名会")
    query = f"?campaign={campaign.pk}"

    small.enter("participations", query, organisation=make.credit_code(7).lower())

    made = Participation.objects.get()
    assert (made.organisation, made.name) == (club, "同名会")
    form = small.client.get(f"{made.get_absolute_url()}edit/").context["form"]
    assert form["organisation"].value() == "同名会"


@pytest.mark.django_db
def test_organisations_out_of_sight_cannot_be_entered(small):
    make.organisation(small.tree.river, "河会")
    campaign = small.record("campaigns", place=small.tree.east)
    east = make.client_of(make.coordinator(small.tree.east))

    answer = make.fill(
        east, f"/registers/participations/new/?campaign={campaign.pk}", organisation="河会"
    )

    assert answer.status_code == 422
    assert "台账里没有“河会”" in answer.content.decode()


@pytest.mark.django_db
def test_participants_are_organisations_each_once_without_samples_and_void_ones(small):
    spring, autumn = small.record("campaigns"), small.record("campaigns")
    both, sample, void, gone = (
        make.organisation(small.tree.north, name, sample=name == "样例")
        for name in ("两次", "样例", "作废", "退出")
    )
    for campaign, one in [
        (spring, both),
        (autumn, both),
        (spring, sample),
        (spring, void),
        (spring, gone),
    ]:
        small.record("participations", campaign=campaign, organisation=one)
    set_void(ORGANISATIONS, void, by=None, void=True, reason="误记")
    entry = Participation.objects.get(organisation=gone)
    set_void(PARTICIPATIONS, entry, by=None, void=True, reason="误记")

    assert list(participants(small.pilot)) == [both]


@pytest.mark.django_db
def test_organisations_of_a_void_campaign_do_not_count(small):
    campaign = small.record("campaigns")
    club = make.organisation(small.tree.north)
    small.record("participations", campaign=campaign, organisation=club)
    set_void(CAMPAIGNS, campaign, by=None, void=True, reason="误记")

    assert not participants(small.pilot).exists()


@pytest.mark.django_db
def test_series_are_named_in_the_order_of_entry_without_void_ones(small):
    campaign, other = small.record("campaigns"), small.record("campaigns")
    for name, owner in [("丙", campaign), ("甲", campaign), ("乙", other), ("丁", campaign)]:
        small.record("series", campaign=owner, name=name)
    set_void(SERIES, Series.objects.get(name="丁"), by=None, void=True, reason="误记")
    set_void(CAMPAIGNS, other, by=None, void=True, reason="误记")

    assert series_names(small.pilot) == ["丙", "甲"]


@pytest.mark.django_db
def test_an_organisation_may_take_part_again_after_its_entry_was_voided(small):
    campaign, club = small.record("campaigns"), make.organisation(small.tree.north)
    entry = small.record("participations", campaign=campaign, organisation=club)

    with pytest.raises(Refused, match=r"campaigns\.twice"):
        small.record("participations", campaign=campaign, organisation=club)
    change(PARTICIPATIONS, entry, by=None, values={"organisation": club})
    set_void(PARTICIPATIONS, entry, by=None, void=True, reason="误记")
    small.record("participations", campaign=campaign, organisation=club)


@pytest.mark.django_db
def test_the_table_itself_holds_an_organisation_once(small):
    campaign, club = small.record("campaigns"), make.organisation(small.tree.north)
    small.record("participations", campaign=campaign, organisation=club)

    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(name="又", campaign=campaign, organisation=club)


@pytest.mark.django_db
def test_an_entry_brought_back_beside_its_twin_is_refused_in_words(small):
    campaign, club = small.record("campaigns"), make.organisation(small.tree.north)
    entry = small.record("participations", campaign=campaign, organisation=club)
    set_void(PARTICIPATIONS, entry, by=None, void=True, reason="误记")
    small.record("participations", campaign=campaign, organisation=club)

    answer = small.client.post(f"{entry.get_absolute_url()}void/", {"void": "no"})

    assert answer.status_code == 422
    assert "已登记参加这项活动" in answer.content.decode()
