"""From self-assessment to decision: who fills in what, what is frozen, and what it costs."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.assessments import queries
from tongxin.assessments.actions import (
    Award,
    Sheet,
    decide,
    open_assessment,
    save,
    send_back,
)
from tongxin.assessments.choices import Holding, Stage
from tongxin.assessments.models import Assessment, Grade
from tongxin.assessments.permissions import assessments_of
from tongxin.assessments.rules.judging import valid_until
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.journal.models import Entry
from tongxin.standards.actions import begin_draft, change, publish
from tongxin.standards.queries import newest, supplied
from tongxin.standards.rules import tree as trees

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)
FULL = {
    "1": "100",
    "2": "5",
    "3": "5",
    "4": {"host": "8", "hire": "0"},
    "5": "25",
    "6": "100",
    "7": {"company": "8", "trader": "0"},
    "8": "4",
    "9": "2400000",
    "10": "240000",
    "11": {"college": "0", "bachelor": "0", "master": "1", "doctor": "2"},
}
FULL["4"] |= {"host_joint": "0", "hire_joint": "0"}


@pytest.fixture
def opened(published, base, clerk):
    return open_assessment(published, "bases", base, by=clerk, round_="2026 年度")


def now(assessment):
    return Assessment.objects.get(pk=assessment.pk)


def fill(assessment, by, values=None, *, hand_in=False, reasons=None):
    current = now(assessment)
    sheet = Sheet(values or FULL, {}, reasons or {})
    return save(current, sheet, by=by, seen=current.revision, hand_in=hand_in)


def decided(assessment, by, **award):
    current = now(assessment)
    return decide(current, Award(DAY, **award), by=by, seen=current.revision)


def test_a_base_is_assessed_from_the_clerk_to_the_decision_of_the_county(opened, clerk, county):
    fill(opened, clerk, FULL | {"1": "49"})
    fill(opened, clerk, hand_in=True)
    lower = FULL | {"1": "60"}
    fill(opened, county, lower, reasons={"1": "现场只有 60 个"})

    done = decided(opened, county)

    assert (done.state, done.total, done.grade) == (Stage.DECIDED, Decimal(96), "")
    kept = json.loads(now(opened).told)
    assert kept["self"]["values"]["1"] == "100"
    assert kept["check"]["reasons"] == {"1": "现场只有 60 个"}
    verbs = Entry.objects.filter(subject_type="assessments.assessment").values_list(
        "verb", flat=True
    )
    assert list(verbs.order_by("pk")) == [
        "assessments.opened",
        "assessments.filled_in",
        "assessments.handed_in",
        "assessments.filled_in",
        "assessments.decided",
    ]


def test_a_score_that_differs_owes_a_reason(opened, clerk, county):
    fill(opened, clerk, hand_in=True)

    with pytest.raises(Refused) as refusal:
        fill(opened, county, FULL | {"1": "50", "2": "3"})

    assert [each.field for each in refusal.value.problems] == ["1", "2"]
    assert json.loads(now(opened).told)["check"]["values"]["1"] == "100"


def test_a_reason_holds_no_number_of_anybodys_papers(opened, clerk):
    with pytest.raises(Refused, match=r"assessments\.number"):
        fill(opened, clerk, reasons={"11": "张某 11010519491231002X"})


def test_each_works_at_their_own_stage_only(opened, clerk, county, tree):
    stranger = make.clerk(tree.river)
    for account in (stranger, make.posted(Role.EXPERT, tree.city)):
        with pytest.raises(NotYours):
            fill(opened, account)
    with pytest.raises(NotYours):
        decided(opened, county)
    fill(opened, clerk, hand_in=True)
    with pytest.raises(NotYours):
        fill(opened, clerk)
    with pytest.raises(NotYours):
        decided(opened, clerk)


def test_whoever_handed_in_decides_nothing(opened, county):
    fill(opened, county, hand_in=True)

    with pytest.raises(NotYours):
        decided(opened, county)


def test_a_sheet_is_given_back_with_a_reason(opened, clerk, county):
    fill(opened, clerk, hand_in=True)
    with pytest.raises(Refused, match="send_back"):
        send_back(now(opened), by=county, seen=now(opened).revision, reason=" ")

    send_back(now(opened), by=county, seen=now(opened).revision, reason="材料不全")

    fill(opened, clerk, FULL | {"2": "4"}, hand_in=True)
    assert now(opened).state == Stage.CHECK


def test_an_assessment_with_gaps_is_not_decided(opened, clerk, county):
    fill(opened, clerk, {"1": "50"}, hand_in=True)

    with pytest.raises(Refused, match="incomplete"):
        decided(opened, county)


def test_a_decision_does_not_lie_in_the_future(opened, clerk, county):
    fill(opened, clerk, hand_in=True)
    current = now(opened)

    with pytest.raises(Refused, match="future"):
        decide(current, Award(dt.date(2999, 1, 1)), by=county, seen=current.revision)


def test_the_same_subject_is_assessed_once_in_a_round(opened, published, base, clerk):
    with pytest.raises(Refused, match="twice"):
        open_assessment(published, "bases", base, by=clerk, round_="2026 年度")
    with pytest.raises(Refused, match="round"):
        open_assessment(published, "bases", base, by=clerk, round_=" ")


def test_nothing_but_sites_bases_and_organisations_is_assessed(published, base, clerk):
    with pytest.raises(NotYours):
        open_assessment(published, "trainings", base, by=clerk, round_="2026")


def test_a_draft_assesses_nothing(draft, base, clerk):
    with pytest.raises(Refused, match=r"assessments\.draft"):
        open_assessment(draft, "bases", base, by=clerk, round_="2026")


def test_a_change_in_between_is_outdated(opened, clerk):
    fill(opened, clerk)

    with pytest.raises(Outdated):
        save(opened, Sheet(FULL), by=clerk, seen=1)


def test_a_decided_assessment_keeps_its_result_for_ever(opened, clerk, county, writer, published):
    fill(opened, clerk, hand_in=True)
    decided(opened, county)
    before = now(opened)

    second = begin_draft(published.standard, by=writer)
    stricter = replace(second.tree.clauses[0], rule=trees.Manual())
    content = replace(second.tree, clauses=(stricter, *second.tree.clauses[1:]))
    change(second, content, by=writer, seen=1)
    publish(second, by=writer, seen=2)

    with pytest.raises(Refused, match="decided"):
        fill(opened, clerk)
    for statement in (
        "UPDATE assessments_assessment SET grade = 'x' WHERE id = %s",
        "DELETE FROM assessments_assessment WHERE id = %s",
    ):
        with (
            pytest.raises(DatabaseError, match="frozen"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [opened.pk])
    after = now(opened)
    assert (after.result, after.total, after.version_id) == (
        before.result,
        before.total,
        published.pk,
    )
    assert json.loads(after.result)["standard"]["sha256"] == published.sha256


def test_a_grade_holds_five_years_from_its_day(base, clerk, county):
    from tongxin.standards.actions import seed

    seed()
    version = newest("organisation-grade-1000")
    made = open_assessment(version, "bases", base, by=clerk, round_="2020")
    values = {f"0.{at}": True for at in range(1, 6)} | {"1": "960"}
    save(made, Sheet(values, {"party_unit": False}), by=clerk, seen=1, hand_in=True)

    current = now(made)
    award = Award(dt.date(2020, 3, 1), certificate="2026-01", plaque="P-7")
    done = decide(current, award, by=county, seen=current.revision)

    grade = Grade.objects.get(assessment=done)
    assert (done.grade, grade.name, grade.state) == ("4A", "4A", Holding.IN_FORCE)
    assert (grade.confirmed_on, grade.valid_until) == (award.decided_on, dt.date(2025, 3, 1))
    assert (grade.certificate, grade.plaque) == ("2026-01", "P-7")
    assert valid_until(dt.date(2024, 2, 29)) == dt.date(2029, 2, 28)


def test_who_sees_an_assessment_sees_the_history_of_its_subject(opened, clerk, county, tree):
    seen = {
        label: assessments_of(account).exists()
        for label, account in {
            "clerk": clerk,
            "county": county,
            "city": make.coordinator(tree.city),
            "auditor": make.posted(Role.AUDITOR, tree.city),
            "other clerk": make.clerk(tree.river),
            "expert": make.posted(Role.EXPERT, tree.city),
        }.items()
    }

    assert seen == {
        "clerk": True,
        "county": True,
        "city": True,
        "auditor": True,
        "other clerk": False,
        "expert": False,
    }


def wide(clauses):
    """A standard of so many clauses of every kind of count."""
    leaf = supplied("makerspace-incubating").clauses[0]
    many = tuple(replace(leaf, code=str(at), text=f"条目 {at}") for at in range(1, clauses + 1))
    return trees.Standard("wide", "宽", "1", Decimal(10 * clauses), many)


@pytest.mark.parametrize("clauses", [1, 60])
def test_a_sheet_of_any_length_is_saved_with_the_same_queries(tree, base, clerk, clauses):
    version = make.standard(tree.city, "wide", wide(clauses))
    made = open_assessment(version, "bases", base, by=clerk, round_="2026")
    values = {str(at): "60" for at in range(1, clauses + 1)}

    with CaptureQueriesContext(
        connection,
    ) as asked:
        save(made, Sheet(values), by=clerk, seen=1)

    assert len(asked) <= 16
    own = [each["sql"] for each in asked if "assessments_assessment" in each["sql"]]
    assert len(own) == 2


def test_forty_bases_of_sixty_clauses_are_scored_anew_in_four_queries(tree, base, clerk):
    version = make.standard(tree.city, "wide", wide(60))
    values = {str(at): "60" for at in range(1, 61)}
    for number in range(40):
        made = open_assessment(version, "bases", base, by=clerk, round_=f"第 {number} 轮")
        save(made, Sheet(values), by=clerk, seen=1)
    writer = make.coordinator(tree.city)
    second = begin_draft(version.standard, by=writer)
    softer = replace(second.tree, clauses=second.tree.clauses[:59], maximum=Decimal(590))
    change(second, softer, by=writer, seen=1)
    publish(second, by=writer, seen=2)
    third = newest("wide")

    with CaptureQueriesContext(connection) as asked:
        anew = queries.what_if(writer, third)

    assert len(anew) == 40
    assert len(asked) <= 4
    assert {(each.before.total, each.after.total, each.moved) for each in anew} == {
        (Decimal(360), Decimal(354), True)
    }


def test_values_that_no_longer_fit_are_left_out_and_not_taken_for_nothing(published):
    result = queries.fitting(
        replace(
            published.tree,
            clauses=(replace(published.tree.clauses[0], rule=trees.PassFail(Decimal(10))),),
        ),
        FULL,
        {"gone": True},
    )

    assert (result.total, result.not_reported) == (0, ("1",))
    assert result.lines[0].score is None
