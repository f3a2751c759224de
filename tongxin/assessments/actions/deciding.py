"""Deciding: a decided assessment never changes, and its grade begins its own life."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tongxin.assessments import queries
from tongxin.assessments.choices import Holding, Stage
from tongxin.assessments.models import Assessment, Grade
from tongxin.assessments.permissions import TOPIC, may_steer
from tongxin.assessments.rules.judging import award_problems, decision_problems, valid_until
from tongxin.core.errors import NotYours, Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.panels.choices import PanelState
from tongxin.panels.queries import panels_of
from tongxin.standards.rules.writing import told as told_result

from .holding import locked


@dataclass(frozen=True, slots=True)
class Award:
    """What goes with a decision: its day, whether it is publicised first, the numbers of papers."""

    decided_on: dt.date
    certificate: str = ""
    plaque: str = ""
    publicise: bool = False


@action
def decide(assessment: Assessment, award: Award, *, by: Any, seen: int) -> Assessment:
    """Decide by what the experts gave, or the check where there were none. It is kept for good.

    Where a committee was called, its vote must have carried. A grade that is publicised first is
    proposed; else it is in force from the day of the decision. Raises NotYours, Outdated, Refused.
    """
    current = locked(assessment, seen)
    if by is not None and not may_steer(by, current):
        raise NotYours
    result = queries.standing_result(current)
    refuse_if(
        [
            *_panels_done(current),
            *decision_problems(result, award.decided_on, timezone.localdate()),
            *queries.beaten(current),
            *award_problems(result, award.certificate, award.plaque, publicise=award.publicise),
        ]
    )
    current.state = Stage.DECIDED
    current.result = json.dumps(told_result(result), ensure_ascii=False, sort_keys=True)
    current.total, current.grade = result.total, result.grade or ""
    current.decided_on = award.decided_on
    current.revision += 1
    current.changed_at = timezone.now()
    current.save()
    if result.grade:
        _begin(current, result.grade, award)
    after = {"total": result.total, "grade": result.grade, "outcome": result.outcome.value}
    record(by, "assessments.decided", current, after=after, place=current.place_id)
    return current


def _begin(current: Assessment, name: str, award: Award) -> None:
    """Begin the life of the grade."""
    papers = {"certificate": award.certificate.strip(), "plaque": award.plaque.strip()}
    grade = Grade(assessment=current, name=name, **papers)
    if not award.publicise:
        grade.state, grade.confirmed_on = Holding.IN_FORCE, award.decided_on
        grade.valid_until = valid_until(award.decided_on)
    grade.save()


def _panels_done(current: Assessment) -> list[Problem]:
    """Say why what was asked of panels is not there yet."""
    panels = panels_of(TOPIC, current.pk)
    if any(each.state == PanelState.OPEN for each in panels):
        return [Problem("assessments.panel_open", _("评审还没有结束，先汇总、计票或撤销评审"))]
    if current.state == Stage.COMMITTEE and not queries.has_carried(current, panels):
        words = _("评审委员会还没有表决通过。再召集一次，或退回初审")
        return [Problem("assessments.not_carried", words)]
    if current.state == Stage.EXPERTS and Stage.EXPERTS.value not in json.loads(current.told):
        return [Problem("assessments.not_scored", _("专家评分还没有汇总，先汇总或退回初审"))]
    return []
