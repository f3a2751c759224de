"""Ratios refer to the best of the round, which nobody has to look up and nobody can understate."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.assessments.judged import now
from tests.refusals import refused
from tongxin.assessments import actions
from tongxin.assessments.actions import Award, Sheet, open_assessment, save
from tongxin.assessments.queries import best_of_round, result_at
from tongxin.assessments.rules import comparing
from tongxin.demo.assessing import FULL
from tongxin.panels.actions import Terms
from tongxin.panels.choices import Kind
from tongxin.standards.actions import seed
from tongxin.standards.queries import newest

pytestmark = pytest.mark.django_db
RATIO = "4.4"
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def by_ratio(db):
    seed()
    return newest("incubation-base-county-example")


@pytest.fixture
def assess(by_ratio, base, tree, clerk, county):
    """Hand in, and check, the sheet of another base, which tells so much of itself."""

    def made(name, own, *, checked=True, best=None, round_="2026 年度"):
        other = make.record("bases", place=tree.north, of=base.programme, name=name)
        opened = open_assessment(by_ratio, "bases", other, by=clerk, round_=round_)
        told = {"own": own} | ({"best": best} if best else {})
        sheet = Sheet(FULL | {RATIO: told}, conditions(by_ratio))
        opened = save(opened, sheet, by=clerk, seen=1, hand_in=True)
        return save(opened, sheet, by=county, seen=2) if checked else opened

    return made


def conditions(version):
    return {each.name: True for each in version.tree.conditions}


def told_at(assessment):
    return json.loads(now(assessment).told)["check"]["values"][RATIO]


def test_the_check_takes_the_best_of_the_round_where_it_is_left_open(assess):
    assess("甲基地", "92")
    assess("乙基地", "96")
    assess("去年的基地", "99", round_="2025 年度")

    poorer, better = assess("丙基地", "48"), assess("丁基地", "98")

    assert told_at(poorer) == {"own": "48", "best": "96"}
    assert told_at(better) == {"own": "98", "best": "98"}
    ratio = next(x for x in result_at(now(poorer), "check").lines if x.clause.code == RATIO)
    assert ratio.score == ratio.clause.maximum / 2


def test_half_a_ratio_is_not_reported_and_owes_no_reason(assess):
    first = assess("甲基地", "92", checked=False)

    line = next(x for x in result_at(first, "self").lines if x.clause.code == RATIO)

    assert (line.score, line.missing) == (None, ("best",))
    assert told_at(first) == {"own": "92"}


def test_a_best_that_another_has_bettered_is_not_decided_by(assess, county, experts):
    early = assess("甲基地", "92")
    assess("乙基地", "96")
    current = now(early)

    words = r"条目 4\.4 按本轮最优值 92 计分，本轮现在的最优值是 96"
    with refused(words):
        actions.decide(current, Award(DAY), by=county, seen=current.revision)
    with refused(words):
        seats = [each.pk for each in experts[:3]]
        terms = Terms(Kind.EXPERTS)
        actions.call_panel(current, terms, seats, by=county, seen=current.revision)
    told = json.loads(current.told)["check"]
    told["values"][RATIO] = {"own": "92"}
    sheet = Sheet(told["values"], told["conditions"])
    current = save(current, sheet, by=county, seen=current.revision)
    assert told_at(current) == {"own": "92", "best": "96"}
    actions.decide(current, Award(DAY), by=county, seen=current.revision)

    assert now(early).decided_on == DAY


def test_the_guard_is_awake(assess, county, monkeypatch):
    """Without it a sheet is decided by a best value that is none any more."""
    early = assess("甲基地", "92")
    assess("乙基地", "96")
    current = now(early)
    monkeypatch.setattr(comparing, "_better", lambda _rule: lambda pair: pair[-1])

    actions.decide(current, Award(DAY), by=county, seen=current.revision)

    assert now(early).total > 0


def test_what_nobody_handed_in_is_compared_with_nothing(assess, by_ratio, base, clerk):
    first = assess("甲基地", "92")
    opened = open_assessment(by_ratio, "bases", base, by=clerk, round_="2026 年度")
    save(opened, Sheet({RATIO: {"own": "500"}}), by=clerk, seen=1)

    assert best_of_round(first) == {}


def test_the_best_of_a_round_is_one_query_however_many_take_part(assess):
    first = assess("甲基地", "92")
    counts = []
    for number in range(3):
        assess(f"第 {number} 家", str(60 + number))
        first.version.tree  # noqa: B018  is read with the page, and not counted here
        with CaptureQueriesContext(connection) as asked:
            assert best_of_round(first)[RATIO] == (60 + number, number + 1)
        counts.append(len(asked))
    assert counts == [1, 1, 1]


def test_the_page_says_where_an_open_best_is_taken_from(assess, clerk, county, base, by_ratio):
    assess("甲基地", "92")
    late = assess("乙基地", "80", checked=False)
    opened = open_assessment(by_ratio, "bases", base, by=clerk, round_="2026 年度")

    checking = make.client_of(county).get(late.get_absolute_url()).content.decode()
    filling = make.client_of(clerk).get(opened.get_absolute_url()).content.decode()

    assert "空着就取本轮最优值（另外 1 家中最优 92）" in checking
    assert "自评可以空着，初审时取本轮最优值" in filling
    assert "甲基地" not in checking
