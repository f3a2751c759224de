"""Invented assessments of sample bases, one at each turn of its life; everything says 样例."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tongxin.assessments import actions
from tongxin.assessments.actions import Award, Ground, Sheet
from tongxin.assessments.models import Assessment, Grade
from tongxin.incubation.models import Base
from tongxin.panels.actions import Terms
from tongxin.panels.choices import Kind
from tongxin.panels.queries import candidates
from tongxin.programmes.models import Programme
from tongxin.public_notices import actions as notices
from tongxin.standards.actions import seed
from tongxin.standards.models import Version
from tongxin.standards.queries import newest

STANDARD = "incubation-base-county-example"
FULL: dict[str, Any] = {
    "0.1": True,
    "0.2": True,
    "1.1": "520",
    "1.2": "lease",
    "1.3": dict.fromkeys(("office", "meeting", "show", "reception", "barrier_free"), True),
    "2.1": "3",
    "2.2": True,
    "2.3": "entrusted",
    "2.4": {"admission": True, "service": True, "finance": True, "safety": True},
    "2.5": {"late_report": "1", "complaint": "0"},
    "3.1": "32",
    "3.2": {"own": "16", "joint": "8"},
    "3.3": "6",
    "3.4": "8",
    "4.1": "15",
    "4.2": "85",
    "4.3": "3",
    "4.4": {"own": "92", "best": "96"},
    "5.1": "1",
    "5.2": "1",
}
"""What a good base tells; invented, as the standard itself is an example."""
POORER: dict[str, Any] = {"1.1": "330", "2.1": "2", "3.1": "22", "4.1": "9", "4.2": "66"}
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """How far an assessment has come, and what it differs in from a good base."""

    stage: str
    changes: Mapping[str, Any]


TURNS = (
    Turn("self", POORER),
    Turn("check", POORER),
    Turn("experts", {}),
    Turn("proposed", {}),
    Turn("in force", POORER),
    Turn("lowered", {}),
)


def assess(programme: Programme) -> None:
    """Assess the first county bases of the sample programme, each as far as its turn."""
    seed()
    version = newest(STANDARD)
    if version is None:
        return
    bases = Base.objects.filter(programme=programme, level="county", void=False).order_by("pk")
    for base, turn in zip(bases[: len(TURNS)], TURNS, strict=False):
        _assess(version, base, turn)


def _assess(version: Version, base: Base, turn: Turn) -> None:
    made = actions.open_assessment(version, "bases", base, by=None, round_="2026 年度（样例）")
    values = FULL | dict(turn.changes)
    if turn.stage == "self":
        for code in ("4.1", "4.2", "4.4", "5.2"):
            values.pop(code)
    sheet = Sheet(values, {"party_unit": True}, {})
    made = actions.save(made, sheet, by=None, seen=1, hand_in=turn.stage != "self")
    if turn.stage == "experts":
        _ask_expert(made)
    elif turn.stage not in {"self", "check"}:
        _decide(made, turn)


def _ask_expert(made: Assessment) -> None:
    """Ask the experts of the demo, who have not declared anything yet."""
    fit = [each.number for each in candidates(made.place_id)]
    if fit:
        actions.call_panel(made, Terms(Kind.EXPERTS), fit[:5], by=None, seen=made.revision)


def _decide(made: Assessment, turn: Turn) -> None:
    """Decide; what comes after lies around the day on which the sample is loaded."""
    today = timezone.localdate()
    proposed = turn.stage == "proposed"
    award = Award(today - 60 * DAY, publicise=proposed)
    if not proposed:
        award = Award(award.decided_on, certificate="样例-证-01", plaque="样例-牌-01")
    actions.decide(made, award, by=None, seen=made.revision)
    grade = Grade.objects.get(assessment=made)
    if proposed:
        _put_up(grade, today)
    elif turn.stage == "lowered":
        ground = Ground(today - 5 * DAY, "样例：年度检查结论", "样例：编造的原因")
        actions.downgrade(grade, "4A", ground, by=None, seen=grade.revision)


def _put_up(grade: Grade, today: dt.date) -> None:
    """Post the notice of a grade, which stands, and take an appeal against it."""
    facts = {
        "name": f"关于“{grade.assessment.name}”评估结果的公示"[:60],
        "text": f"样例：拟评定为“{grade.name}”，征求意见。这份公示是编的。",
        "put_up_at": "样例：县级网站",
        "count": 7,
        "unit": "working_days",
    }
    notice = actions.put_up(grade, facts, by=None)
    notices.post(notice, by=None, starts_on=today - 2 * DAY)
    actions.appeal(grade, today - DAY, "样例：培训场次少算了三场。", by=None)
