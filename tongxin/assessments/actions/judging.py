"""Handing an assessment on to experts and to a committee, and taking what they gave."""

import json
from collections.abc import Collection
from typing import Any

from tongxin.assessments import queries
from tongxin.assessments.choices import Stage
from tongxin.assessments.models import Assessment
from tongxin.assessments.permissions import TOPIC, may_steer
from tongxin.assessments.rules.judging import (
    missing_problems,
    reason_problems,
    text_problems,
    unscored_problems,
)
from tongxin.assessments.rules.merging import differing_problems, merged
from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.panels import actions as panels
from tongxin.panels.actions import Matter, Terms
from tongxin.panels.choices import Averaging, Kind, MemberState, Outcome, PanelState
from tongxin.panels.models import Member, Panel
from tongxin.panels.queries import panels_of
from tongxin.standards.rules.scoring import score

from .assessing import Sheet, told_of
from .holding import locked, write


@action
def call_panel(
    assessment: Assessment, terms: Terms, members: Collection[int], *, by: Any, seen: int
) -> Panel:
    """Call experts, or the committee, to an assessment whose check is complete.

    A committee votes on what the experts gave, or the check where there were none. Raises
    NotYours, Outdated, Refused.
    """
    current = locked(assessment, seen)
    if by is not None and not may_steer(by, current):
        raise NotYours
    result, kept = queries.standing_result(current), json.loads(current.told)
    told = [*missing_problems(result), *queries.beaten(current)]
    refuse_if([*_in_turn(current, terms.kind), *told])
    words = queries.proposal_of(result) if terms.kind == Kind.COMMITTEE else ""
    matter = Matter(TOPIC, current.pk, str(current), current.place_id, words)
    panel = panels.convene(matter, terms, members, by=by)
    current.state = Stage.EXPERTS if terms.kind == Kind.EXPERTS else Stage.COMMITTEE
    if terms.kind == Kind.COMMITTEE:
        kept[Stage.COMMITTEE.value] = {"panel": panel.pk}
    write(current, kept, "state")
    after = {"state": current.state}
    record(by, "assessments.to_panel", current, after=after, place=current.place_id)
    return panel


@action
def score_as_expert(  # noqa: PLR0913  whose sheet, and as it was seen
    assessment: Assessment, panel: Panel, sheet: Sheet, *, by: Any, seen: int, hand_in: bool = False
) -> Member:
    """Keep what an expert gives; conditions stay as the check found them.

    Handed in, no clause may be without a score that has one in the check, and a score that is a
    point or more apart owes a reason. Raises NotYours, Outdated, Refused.
    """
    if (panel.kind, panel.topic, panel.topic_id) != (Kind.EXPERTS, TOPIC, assessment.pk):
        raise NotYours
    checked = queries.result_at(assessment, Stage.CHECK)
    found = score(assessment.version.tree, sheet.values, queries.conditions_of(assessment))
    refuse_if(text_problems(sheet.reasons))
    if hand_in:
        stages = (Stage.CHECK.label, _("专家"))
        refuse_if(
            [
                *unscored_problems(checked, found),
                *reason_problems(checked, found, sheet.reasons, stages),
            ]
        )
    told = json.dumps(told_of(sheet), ensure_ascii=False, sort_keys=True)
    return panels.fill(panel, told, by=by, seen=seen, hand_in=hand_in)


@action
def put_together(panel: Panel, by: Any) -> Assessment:
    """Take what a panel gave: the averages of experts, or the vote of a committee.

    A proposal that was lost goes back to the check, and what experts gave with it. Raises NotYours,
    Refused with every clause of which no average can be taken.
    """
    assessment = Assessment.objects.get(pk=panel.topic_id)
    current = locked(assessment, assessment.revision)
    if by is not None and not may_steer(by, current):
        raise NotYours
    kept = json.loads(current.told)
    if panel.kind == Kind.COMMITTEE:
        panel = panels.count_votes(panel, by=by)
        after = {"outcome": panel.outcome}
        if panel.outcome == Outcome.LOST:
            _forget_panels(kept)
            current.state = Stage.CHECK
    else:
        seats = panels.close(panel, by=by)
        kept[Stage.EXPERTS.value] = _averaged(current, panel, seats)
        after = {"averaging": panel.averaging, "scores": kept[Stage.EXPERTS.value]["scores"]}
    write(current, kept, "state")
    record(by, "assessments.merged_in", current, after=after, place=current.place_id)
    return current


@action
def back_to_check(assessment: Assessment, *, by: Any, seen: int, reason: str) -> Assessment:
    """Take an assessment back from experts or committee to its check, with a reason."""
    current = locked(assessment, seen)
    if current.state == Stage.CHECK or (by is not None and not may_steer(by, current)):
        raise NotYours
    if not reason.strip():
        raise Refused(Problem("assessments.send_back", _("写一句为什么退回"), "reason"))
    refuse_if([*text_problems({"": reason}), *_open_among(panels_of(TOPIC, current.pk))])
    kept = json.loads(current.told)
    _forget_panels(kept)
    current.state = Stage.CHECK
    write(current, kept, "state")
    record(by, "assessments.sent_back", current, place=current.place_id, reason=reason.strip())
    return current


def _forget_panels(kept: dict[str, Any]) -> None:
    """Leave out what experts gave and that a committee was asked: the check begins anew."""
    for stage in (Stage.EXPERTS.value, Stage.COMMITTEE.value):
        kept.pop(stage, None)


def _averaged(current: Assessment, panel: Panel, seats: list[Member]) -> dict[str, Any]:
    standard, conditions = current.version.tree, queries.conditions_of(current)
    results = [
        score(standard, json.loads(seat.told)["values"], conditions)
        for seat in seats
        if seat.state == MemberState.IN
    ]
    refuse_if(differing_problems(results))
    found = merged(results, Averaging(panel.averaging))
    return {
        "scores": {code: str(points) for code, points in found.scores.items()},
        "failed": list(found.failed),
        "conditions": conditions,
        "averaging": panel.averaging,
        "experts": len(results),
    }


def _in_turn(current: Assessment, kind: Kind) -> list[Problem]:
    """Say why a panel of a kind cannot be called now."""
    panels = panels_of(TOPIC, current.pk)
    scored = Stage.EXPERTS.value in json.loads(current.told)
    if found := _open_among(panels):
        return found
    if kind == Kind.EXPERTS and current.state == Stage.COMMITTEE:
        words = _("已经交评审委员会表决。要专家重评的，先退回初审")
        return [Problem("assessments.before_committee", words)]
    if kind == Kind.EXPERTS and scored:
        words = _("专家评分已经汇总。要重评的，先退回初审")
        return [Problem("assessments.scored", words)]
    if kind == Kind.COMMITTEE and current.state == Stage.EXPERTS and not scored:
        words = _("专家评分还没有汇总，先汇总或退回初审")
        return [Problem("assessments.not_scored", words)]
    if kind == Kind.COMMITTEE and queries.has_carried(current, panels):
        return [Problem("assessments.carried", _("评审委员会已经表决通过，可以评定"))]
    return []


def _open_among(panels: list[Panel]) -> list[Problem]:
    if any(each.state == PanelState.OPEN for each in panels):
        return [Problem("assessments.panel_open", _("评审还没有结束，先汇总、计票或撤销评审"))]
    return []
