"""Assessing a subject: the self-assessment, and its check."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from tongxin.assessments.choices import Stage
from tongxin.assessments.models import Assessment
from tongxin.assessments.permissions import ASSESSED, TOPIC, may_check, may_fill, may_open
from tongxin.assessments.queries import best_of_round, result_at
from tongxin.assessments.rules.comparing import with_best
from tongxin.assessments.rules.judging import reason_problems, text_problems
from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.panels.models import Panel
from tongxin.registers import declaration
from tongxin.registers.permissions import division_of
from tongxin.standards.choices import State
from tongxin.standards.models import Version
from tongxin.standards.rules.scoring import score

from .holding import locked, write


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is told at one stage: values by clause, conditions by name, reasons at clauses."""

    values: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, bool] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@action
def open_assessment(
    version: Version, register: str, subject: Any, *, by: Any, round_: str
) -> Assessment:
    """Open the assessment of a subject in a round. Raises NotYours, or Refused."""
    if register not in ASSESSED or (by is not None and not may_open(by, register, subject)):
        raise NotYours
    problems = []
    if version.state != State.PUBLISHED:
        words = _("%(version)s 还没有发布，不能用来评估")
        problems.append(Problem("assessments.draft", words % {"version": version}, "version"))
    if not round_.strip():
        problems.append(Problem("assessments.round", _("填写轮次，例如 2026 年度"), "round"))
    told = {"version": version, "register": register, "subject_id": subject.pk}
    if Assessment.objects.filter(**told, round=round_.strip()).exists():
        words = _("“%(name)s”在这一轮里已经有评估，打开它接着填")
        problems.append(Problem("assessments.twice", words % {"name": subject.name}, "round"))
    refuse_if(problems)
    made = Assessment.objects.create(
        **told,
        name=subject.name[:120],
        place_id=division_of(declaration.get(register), subject),
        round=round_.strip(),
        changed_at=timezone.now(),
    )
    after = {"standard": str(version), "round": made.round}
    record(by, "assessments.opened", made, after=after, place=made.place_id)
    return made


@action
def save(
    assessment: Assessment, sheet: Sheet, *, by: Any, seen: int, hand_in: bool = False
) -> Assessment:
    """Save what is told at the present stage; handed in, it goes on to the check.

    One row is written, however many clauses there are.
    """
    current = locked(assessment, seen)
    ask = may_fill if current.state == Stage.SELF else may_check
    if by is not None and not ask(by, current):
        raise NotYours
    kept = json.loads(current.told)
    before = kept.get(current.state, {})
    if current.state == Stage.CHECK:
        values = with_best(current.version.tree, sheet.values, best_of_round(current))
        sheet = replace(sheet, values=values)
    result = score(current.version.tree, sheet.values, sheet.conditions)
    refuse_if(text_problems(sheet.reasons))
    if current.state == Stage.CHECK:
        stages = (Stage.SELF.label, Stage.CHECK.label)
        own = result_at(current, Stage.SELF)
        refuse_if(reason_problems(own, result, sheet.reasons, stages))
    told = told_of(sheet)
    kept[current.state] = told
    if current.state == Stage.CHECK:
        current.checked_by = by
    elif hand_in:
        kept[Stage.CHECK.value] = told | {"reasons": {}}
        current.state, current.handed_in_by = Stage.CHECK, by
    write(current, kept, "state", "handed_in_by", "checked_by")
    record(
        by,
        "assessments.handed_in" if hand_in else "assessments.filled_in",
        current,
        before=_moved(before, told),
        after=_moved(told, before),
        place=current.place_id,
    )
    return current


@action
def send_back(assessment: Assessment, *, by: Any, seen: int, reason: str) -> Assessment:
    """Give an assessment back to those who filled it in, with a reason."""
    current = locked(assessment, seen)
    if current.state != Stage.CHECK or (by is not None and not may_check(by, current)):
        raise NotYours
    if not reason.strip():
        raise Refused(Problem("assessments.send_back", _("写一句为什么退回"), "reason"))
    current.state = Stage.SELF
    current.revision += 1
    current.save(update_fields=["state", "revision"])
    record(by, "assessments.sent_back", current, place=current.place_id, reason=reason.strip())
    return current


@action
def cancel(assessment: Assessment, *, by: Any, seen: int, reason: str) -> None:
    """Take an assessment back that was opened by mistake; the journal keeps what was told.

    Only while it is filled in, and where nobody was asked to judge it. Raises NotYours, Outdated,
    Refused.
    """
    current = locked(assessment, seen)
    if current.state != Stage.SELF or (by is not None and not may_fill(by, current)):
        raise NotYours
    if not reason.strip():
        raise Refused(Problem("assessments.cancel", _("写一句为什么撤销"), "reason"))
    if Panel.objects.filter(topic=TOPIC, topic_id=current.pk).exists():
        words = _("已经邀请过评审，评审记录要留存，不能撤销。接着填，或者就停在这里")
        raise Refused(Problem("assessments.judged", words))
    refuse_if(text_problems({"reason": reason}))
    told = json.loads(current.told).get(Stage.SELF, {})
    before = {"standard": str(current.version), "round": current.round, **_moved(told, {})}
    record(
        by,
        "assessments.cancelled",
        current,
        before=before,
        place=current.place_id,
        reason=reason.strip(),
    )
    current.delete()


def told_of(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as it is kept."""
    return {
        "values": _plain(sheet.values),
        "conditions": dict(sheet.conditions),
        "reasons": {code: text.strip() for code, text in sheet.reasons.items() if text.strip()},
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them: numbers as they were typed."""
    return {
        code: _plain(value)
        if isinstance(value, Mapping)
        else value
        if isinstance(value, bool | list)
        else str(value)
        for code, value in values.items()
    }


def _moved(told: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from the other, for the journal."""
    values, others = told.get("values", {}), other.get("values", {})
    found = {code: value for code, value in values.items() if others.get(code) != value}
    for part in ("conditions", "reasons"):
        if told.get(part) and told.get(part) != other.get(part):
            found[part] = told[part]
    return found
