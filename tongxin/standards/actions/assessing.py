"""Assessing a subject: self-assessment, check, decision. A decided assessment never changes."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.registers import declaration
from tongxin.registers.permissions import division_of
from tongxin.standards.choices import Stage, State
from tongxin.standards.models import Assessment, Version
from tongxin.standards.permissions import ASSESSED, may_check, may_fill, may_open
from tongxin.standards.rules.judging import (
    decision_problems,
    reason_problems,
    text_problems,
    valid_until,
)
from tongxin.standards.rules.scoring import Result, score
from tongxin.standards.rules.writing import told as told_result


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is told at one stage: values by clause, conditions by name, reasons at clauses."""

    values: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, bool] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Award:
    """What goes with a decision: its day, and the numbers of certificate and plaque."""

    decided_on: dt.date
    certificate: str = ""
    plaque: str = ""


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
        problems.append(Problem("standards.draft", words % {"version": version}, "version"))
    if not round_.strip():
        problems.append(Problem("standards.round", _("填写轮次，例如 2026 年度"), "round"))
    told = {"version": version, "register": register, "subject_id": subject.pk}
    if Assessment.objects.filter(**told, round=round_.strip()).exists():
        words = _("“%(name)s”在这一轮里已经有评估，打开它接着填")
        problems.append(Problem("standards.twice", words % {"name": subject.name}, "round"))
    refuse_if(problems)
    made = Assessment.objects.create(
        **told,
        name=subject.name[:120],
        place_id=division_of(declaration.get(register), subject),
        round=round_.strip(),
        changed_at=timezone.now(),
    )
    after = {"standard": str(version), "round": made.round}
    record(by, "standards.opened", made, after=after, place=made.place_id)
    return made


@action
def save(
    assessment: Assessment, sheet: Sheet, *, by: Any, seen: int, hand_in: bool = False
) -> Assessment:
    """Save what is told at the present stage; handed in, it goes on to the check.

    One row is written, however many clauses there are.
    """
    current = _locked(assessment, seen)
    ask = may_fill if current.state == Stage.SELF else may_check
    if by is not None and not ask(by, current):
        raise NotYours
    kept = json.loads(current.told)
    before = kept.get(current.state, {})
    result = score(current.version.tree, sheet.values, sheet.conditions)
    refuse_if(text_problems(sheet.reasons))
    if current.state == Stage.CHECK:
        refuse_if(reason_problems(result_at(current, Stage.SELF), result, sheet.reasons))
    told = {
        "values": _plain(sheet.values),
        "conditions": dict(sheet.conditions),
        "reasons": {code: text.strip() for code, text in sheet.reasons.items() if text.strip()},
    }
    kept[current.state] = told
    _write(current, kept)
    if hand_in and current.state == Stage.SELF:
        kept[Stage.CHECK.value] = told | {"reasons": {}}
        current.told = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        current.state, current.handed_in_by = Stage.CHECK, by
        current.save(update_fields=["told", "state", "handed_in_by"])
    record(
        by,
        "standards.handed_in" if hand_in else "standards.filled_in",
        current,
        before=_moved(before, told),
        after=_moved(told, before),
        place=current.place_id,
    )
    return current


@action
def send_back(assessment: Assessment, *, by: Any, seen: int, reason: str) -> Assessment:
    """Give an assessment back to those who filled it in, with a reason."""
    current = _locked(assessment, seen)
    if current.state != Stage.CHECK or (by is not None and not may_check(by, current)):
        raise NotYours
    if not reason.strip():
        raise Refused(Problem("standards.send_back", _("写一句为什么退回"), "reason"))
    current.state = Stage.SELF
    current.revision += 1
    current.save(update_fields=["state", "revision"])
    record(by, "standards.sent_back", current, place=current.place_id, reason=reason.strip())
    return current


@action
def decide(assessment: Assessment, award: Award, *, by: Any, seen: int) -> Assessment:
    """Decide by what the check says. The result is kept as it is now, for good."""
    current = _locked(assessment, seen)
    if current.state != Stage.CHECK or (by is not None and not may_check(by, current)):
        raise NotYours
    result = result_at(current, Stage.CHECK)
    refuse_if(decision_problems(result, award.decided_on, timezone.localdate()))
    current.state = Stage.DECIDED
    current.result = json.dumps(told_result(result), ensure_ascii=False, sort_keys=True)
    current.total, current.grade = result.total, result.grade or ""
    current.decided_on = award.decided_on
    current.valid_until = valid_until(award.decided_on) if result.grade else None
    current.certificate, current.plaque = award.certificate.strip(), award.plaque.strip()
    current.revision += 1
    current.changed_at = timezone.now()
    current.save()
    after = {"total": result.total, "grade": result.grade, "outcome": result.outcome.value}
    record(by, "standards.decided", current, after=after, place=current.place_id)
    return current


def result_at(assessment: Assessment, stage: str) -> Result:
    """Score what is told at a stage by the version of the assessment."""
    told = json.loads(assessment.told).get(stage, {})
    return score(assessment.version.tree, told.get("values", {}), told.get("conditions", {}))


def _locked(assessment: Assessment, seen: int) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("version__standard")
    current = rows.get(pk=assessment.pk)
    if current.state == Stage.DECIDED:
        words = _("这次评估已经评定，不能再改")
        raise Refused(Problem("standards.decided", words))
    if current.revision != seen:
        raise Outdated(current)
    return current


def _write(current: Assessment, kept: Mapping[str, Any]) -> None:
    current.told = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    current.revision += 1
    current.changed_at = timezone.now()
    current.save(update_fields=["told", "revision", "changed_at"])


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
