"""Experts and committee over an assessment: averages, votes, and the way back to the check."""

import json
from decimal import Decimal

import pytest
from django.db.models import F

from tests import factories as make
from tests.assessments.conftest import MUSTS
from tests.assessments.judged import averaged, called, decided, now, scores, voted
from tests.refusals import refused
from tongxin.assessments import actions
from tongxin.assessments.actions import Award, Sheet
from tongxin.assessments.choices import Holding, Stage
from tongxin.assessments.models import Grade
from tongxin.assessments.permissions import assessments_of
from tongxin.core.errors import NotYours, Refused
from tongxin.journal.models import Entry
from tongxin.panels import actions as panels
from tongxin.panels.actions import Terms
from tongxin.panels.choices import Averaging, Conflict, Kind, Vote
from tongxin.panels.models import Member, Panel

pytestmark = pytest.mark.django_db


def test_experts_are_averaged_a_committee_votes_and_the_county_decides(checked, experts, county):
    averaged(checked, experts[:3], (960, 951, 930), county)
    assert now(checked).state == Stage.EXPERTS

    voted(checked, experts[3:6], (Vote.FOR, Vote.FOR, Vote.AGAINST), county)
    grade = decided(checked, county)

    done = now(checked)
    assert (done.state, done.total, done.grade) == (Stage.DECIDED, Decimal(947), "4A")
    assert (grade.name, grade.state) == ("4A", Holding.IN_FORCE)
    assert Panel.objects.get(kind=Kind.COMMITTEE).proposal == "评定为“4A”，总分 947"
    kept = json.loads(done.told)["experts"]
    assert (kept["scores"]["1"], kept["averaging"], kept["experts"]) == ("947", "mean", 3)
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb.startswith("assessments.")] == [
        "assessments.opened",
        "assessments.handed_in",
        "assessments.to_panel",
        "assessments.merged_in",
        "assessments.to_panel",
        "assessments.merged_in",
        "assessments.decided",
    ]


def test_one_highest_and_one_lowest_are_left_out_where_it_was_said_so(checked, experts, county):
    points = (700, 951, 960, 990)

    averaged(checked, experts[:4], points, county, averaging=Averaging.TRIMMED)

    assert json.loads(now(checked).told)["experts"]["scores"]["1"] == "1911/2"
    assert decided(checked, county).assessment.total == Decimal(956), "the scale rounds"


def test_an_expert_owes_a_reason_and_a_score_where_the_check_has_one(checked, experts, county):
    panel = called(checked, Kind.EXPERTS, experts[:1], county)
    with refused("条目 1 初审 960 分，专家 900 分，写明理由"):
        scores(checked, panel, experts[0], 900, reason="")

    sheet = Sheet(MUSTS, {}, {})
    seen = Member.objects.get(panel=panel).revision
    with refused("条目 1 初审有分，你还没有评"):
        actions.score_as_expert(now(checked), panel, sheet, by=experts[0], seen=seen, hand_in=True)


def test_a_veto_is_a_fact_on_which_experts_agree_or_are_asked_again(checked, experts, county):
    panel = called(checked, Kind.EXPERTS, experts[:2], county)
    scores(checked, panel, experts[0], 960)
    scores(checked, panel, experts[1], 960, **{"0.1": False})

    with refused(r"一票否决条目 0\.1，2 位专家中 1 位认为没有达到"):
        actions.put_together(panel, county)

    assert Panel.objects.get().state == "open"
    assert now(checked).state == Stage.EXPERTS


def test_an_expert_with_a_conflict_neither_scores_nor_sees(checked, experts, county):
    current = now(checked)
    seats = [experts[0].pk, experts[1].pk]
    panel = actions.call_panel(
        current, Terms(Kind.EXPERTS), seats, by=county, seen=current.revision
    )
    assert checked in assessments_of(experts[0])
    panels.declare(panel, Conflict.WORKED, by=experts[0])

    with refused("你已回避这次评审，不能评"):
        scores(checked, panel, experts[0], 960)
    assert checked not in assessments_of(experts[0])
    assert checked not in assessments_of(experts[2])


def test_whoever_handed_in_or_checked_it_is_not_asked_to_judge(checked, experts, county, tree):
    checker = make.posted("expert", tree.city)
    type(checked).objects.filter(pk=checked.pk).update(
        checked_by=checker, revision=F("revision") + 1
    )
    current = now(checked)

    with refused("经办、初审或评过这件事的人不能再评"):
        actions.call_panel(
            current, Terms(Kind.EXPERTS), [checker.pk], by=county, seen=current.revision
        )


def test_a_vote_that_was_lost_goes_back_to_the_check_with_what_experts_gave(
    checked, experts, county
):
    averaged(checked, experts[:2], (960, 960), county)

    voted(checked, experts[3:6], (Vote.FOR, Vote.AGAINST, Vote.AGAINST), county)

    assert now(checked).state == Stage.CHECK
    assert "experts" not in json.loads(now(checked).told)


def test_nothing_is_decided_while_a_panel_is_open_or_a_vote_has_not_carried(
    checked, experts, county
):
    panel = called(checked, Kind.EXPERTS, experts[:1], county)
    with refused("评审还没有结束"):
        decided(checked, county)
    with refused("评审还没有结束"):
        actions.back_to_check(now(checked), by=county, seen=now(checked).revision, reason="重来")
    panels.call_off(panel, by=county, reason="换人")
    with refused("专家评分还没有汇总"):
        decided(checked, county)

    actions.back_to_check(now(checked), by=county, seen=now(checked).revision, reason="不评了")
    assert decided(checked, county).name == "5A"


def test_a_check_with_gaps_goes_to_nobody(graded, base, clerk, county, experts):
    made = actions.open_assessment(graded, "bases", base, by=clerk, round_="2027")
    actions.save(made, Sheet(MUSTS), by=clerk, seen=1, hand_in=True)
    current = now(made)

    with pytest.raises(Refused, match="incomplete"):
        actions.call_panel(
            current,
            Terms(Kind.EXPERTS),
            [experts[0].pk],
            by=county,
            seen=current.revision,
        )


def test_only_who_steers_calls_puts_together_and_takes_back(checked, experts, clerk, tree, county):
    current = now(checked)
    for stranger in (clerk, experts[0], make.coordinator(tree.west)):
        with pytest.raises(NotYours):
            actions.call_panel(
                current,
                Terms(Kind.EXPERTS),
                [experts[0].pk],
                by=stranger,
                seen=current.revision,
            )
    panel = called(checked, Kind.EXPERTS, experts[:1], county)
    scores(checked, panel, experts[0], 960)
    for stranger in (clerk, experts[0]):
        with pytest.raises(NotYours):
            actions.put_together(panel, stranger)
        with pytest.raises(NotYours):
            actions.decide(now(checked), Award(None), by=stranger, seen=now(checked).revision)


def test_numbers_of_papers_without_a_grade_are_refused_and_nothing_is_decided(
    published, base, clerk, county
):
    made = actions.open_assessment(published, "bases", base, by=clerk, round_="2026")
    from tests.assessments.test_assessing import DAY, FULL

    actions.save(made, Sheet(FULL), by=clerk, seen=1, hand_in=True)

    with refused("不发证书和牌匾"):
        actions.decide(now(made), Award(DAY, certificate="Z-1"), by=county, seen=now(made).revision)
    assert (now(made).state, Grade.objects.count()) == (Stage.CHECK, 0)


def test_a_vote_stands_for_what_was_proposed_and_for_nothing_after(checked, experts, county):
    averaged(checked, experts[:2], (960, 960), county)
    voted(checked, experts[3:6], (Vote.FOR,) * 3, county)
    with refused("评审委员会已经表决通过，可以评定"):
        called(checked, Kind.COMMITTEE, experts[3:6], county)
    with refused("已经交评审委员会表决"):
        called(checked, Kind.EXPERTS, experts[:1], county)

    current = now(checked)
    actions.back_to_check(current, by=county, seen=current.revision, reason="分数有误")
    panel = called(checked, Kind.COMMITTEE, experts[3:6], county)
    panels.call_off(panel, by=county, reason="重来")

    with refused("评审委员会还没有表决通过"):
        decided(checked, county)


def test_a_decision_without_a_grade_is_not_publicised(published, base, clerk, county):
    from tests.assessments.test_assessing import DAY, FULL

    made = actions.open_assessment(published, "bases", base, by=clerk, round_="2026")
    actions.save(made, Sheet(FULL), by=clerk, seen=1, hand_in=True)
    current = now(made)

    with refused("不用公示"):
        actions.decide(current, Award(DAY, publicise=True), by=county, seen=current.revision)
    assert (now(made).state, Grade.objects.count()) == (Stage.CHECK, 0)
