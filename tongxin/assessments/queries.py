"""Assessments as pages ask for them, their results, and what another version would make of them."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tongxin.accounts.choices import Sensitivity
from tongxin.core.errors import Problem, Refused
from tongxin.core.words import gettext as _
from tongxin.core.words import in_source_language
from tongxin.files.models import Attachment
from tongxin.panels.choices import Kind, Outcome, PanelState
from tongxin.panels.models import Panel
from tongxin.panels.queries import latest, panels_of
from tongxin.public_notices.choices import Outcome as Objected
from tongxin.public_notices.choices import State as NoticeState
from tongxin.public_notices.queries import calendar_for, ending_of
from tongxin.registers import declaration
from tongxin.registers.attached.permissions import open_to
from tongxin.registers.choices import Act
from tongxin.registers.permissions import permitted, visible_to
from tongxin.standards.models import Version
from tongxin.standards.rules import tree
from tongxin.standards.rules.amounts import shown
from tongxin.standards.rules.scoring import Result, score, score_given

from .choices import Holding, Stage
from .models import Appeal, Assessment, Evidence, Grade
from .permissions import APPEAL, ASSESSED, assessments_of
from .rules.comparing import beaten_problems, best_of, ratios_of
from .rules.holding import has_run_out

MOST_PAPERS = 100


def result_at(assessment: Assessment, stage: str) -> Result:
    """Score what is told at a stage by the version of the assessment."""
    standard = assessment.version.tree
    told = json.loads(assessment.told).get(stage, {})
    if stage == Stage.EXPERTS:
        scores = {code: Fraction(points) for code, points in told.get("scores", {}).items()}
        return score_given(standard, scores, told.get("failed", ()), told.get("conditions", {}))
    return score(standard, told.get("values", {}), told.get("conditions", {}))


def standing_stage(assessment: Assessment) -> Stage:
    """Return the stage whose scores hold: the experts' where there are some, else the check's."""
    scored = Stage.EXPERTS.value in json.loads(assessment.told)
    return Stage.EXPERTS if scored else Stage.CHECK


def standing_result(assessment: Assessment) -> Result:
    """Return the result that holds now; see `standing_stage`."""
    return result_at(assessment, standing_stage(assessment))


def conditions_of(assessment: Assessment) -> dict[str, bool]:
    """Return the conditions as the check found them."""
    told: dict[str, bool] = json.loads(assessment.told).get(Stage.CHECK, {}).get("conditions", {})
    return told


def best_of_round(assessment: Assessment) -> dict[str, tuple[Decimal, int]]:
    """Return by clause code the best value of the other sheets of the round, and of how many.

    Only what was handed in counts: what nobody has checked yet is changed freely. One query where
    the standard compares with the best of a round, else none.
    """
    standard = assessment.version.tree
    if not ratios_of(standard):
        return {}
    rows = Assessment.objects.filter(
        version=assessment.version_id, register=assessment.register, round=assessment.round
    ).exclude(pk=assessment.pk)
    told = rows.exclude(state=Stage.SELF).values_list("told", flat=True)
    checked = (json.loads(each).get(Stage.CHECK.value, {}) for each in told)
    return best_of(standard, (each.get("values", {}) for each in checked))


def beaten(assessment: Assessment) -> list[Problem]:
    """Say which ratios of a sheet refer to a best value that is none now. One query at most."""
    told = json.loads(assessment.told).get(Stage.CHECK, {}).get("values", {})
    return list(beaten_problems(assessment.version.tree, told, best_of_round(assessment)))


def proposal_of(result: Result) -> str:
    """Return what a committee votes on, in words that are kept."""
    with in_source_language():
        if result.grade:
            words = _("评定为“%(grade)s”，总分 %(total)s")
            return words % {"grade": result.grade, "total": shown(result.total)}
        words = _("%(outcome)s，总分 %(total)s")
        return words % {"outcome": result.outcome.label, "total": shown(result.total)}


def grade_of(assessment: Assessment) -> Grade | None:
    """Return the grade that an assessment gave. One query."""
    return Grade.objects.filter(assessment=assessment).select_related("notice").first()


def has_carried(assessment: Assessment, panels: Sequence[Panel]) -> bool:
    """Whether the committee that the assessment lies before has carried; one before it does not do.

    `panels` are those of the assessment that were not called off.
    """
    asked = json.loads(assessment.told).get(Stage.COMMITTEE, {}).get("panel")
    return any(each.pk == asked and each.outcome == Outcome.CARRIED for each in panels)


def wants_notice(grade: Grade) -> bool:
    """Whether a proposed grade is to be publicised, for the first time or anew.

    It was not yet, the notice was withdrawn, or an objection to it was upheld. One query at most.
    """
    notice = grade.notice
    if grade.state != Holding.PROPOSED:
        return False
    if notice is None or notice.state == NoticeState.WITHDRAWN:
        return True
    upheld = notice.objections.filter(outcome=Objected.UPHELD)
    return notice.state == NoticeState.CLOSED and upheld.exists()


def grade_in_words(assessment: Assessment, day: dt.date) -> str:
    """Return the grade of an assessment as it stands on a day; empty where it gave none.

    `standing` has been read with the assessment. What was lowered since is told as it is now.
    """
    grade: Grade | None = getattr(assessment, "standing", None)
    if grade is None:
        return ""
    if has_run_out(grade.state, grade.valid_until, day):
        return _("%(grade)s（已过有效期）") % {"grade": grade.name}
    if grade.state == Holding.IN_FORCE:
        return grade.name
    facts = {"grade": grade.name, "state": Holding(grade.state).label}
    return _("%(grade)s（%(state)s）") % facts


def stands(grade: Grade) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of the notice of a grade while it stands. Two queries."""
    notice = grade.notice
    if notice is None or notice.starts_on is None or notice.state == NoticeState.WITHDRAWN:
        return None
    ends = ending_of(notice, calendar_for([notice]))
    return None if ends is None else (notice.starts_on, ends.last_day)


def carried(appeal: Appeal) -> bool:
    """Whether the committee of re-examination has carried what was proposed. One query."""
    last = latest(panels_of(APPEAL, appeal.pk), Kind.COMMITTEE)
    closed = last is not None and last.state == PanelState.CLOSED
    return closed and last is not None and last.outcome == Outcome.CARRIED


def papers_of(account: Any, assessment: Assessment) -> list[Attachment]:
    """Return the papers of the subject's record that an account may open; None opens all.

    At most a hundred, the newest first. Two or three queries.
    """
    rows = Attachment.objects.filter(
        register=assessment.register, subject_id=assessment.subject_id, void=False
    )
    if account is not None:
        register = declaration.get(assessment.register)
        record = visible_to(account, register).filter(pk=assessment.subject_id).first()
        if record is None:
            return []
        rows = rows.filter(open_to(account, register, record))
    return list(rows.order_by("-pk")[:MOST_PAPERS])


def evidence_of(account: Any, assessment: Assessment) -> dict[str, list[Attachment]]:
    """Return by clause the papers that stand for it and that an account may open.

    Whoever sees the assessment opens them, but a restricted one only who may at its record. One
    query, and those of `papers_of` where there is a restricted one.
    """
    rows = Evidence.objects.filter(assessment=assessment, attachment__void=False)
    found = [(each.code, each.attachment) for each in rows.select_related("attachment")]
    closed = {paper.pk for _code, paper in found if paper.sensitivity == Sensitivity.RESTRICTED}
    if closed:
        closed -= {paper.pk for paper in papers_of(account, assessment)}
    by_code: dict[str, list[Attachment]] = {}
    for code, paper in found:
        if paper.pk not in closed:
            by_code.setdefault(code, []).append(paper)
    return by_code


def of_record(account: Any, register: str, number: int) -> list[Assessment]:
    """Return the assessments of one record that an account sees, newest first."""
    rows = assessments_of(account).filter(register=register, subject_id=number)
    rows = rows.select_related("standing")
    return list(rows.defer("told", "result", "version__text").order_by("-pk")[:SHOWN])


SHOWN = 50


def assessments_page(
    account: Any, before: int | None, version: Version | None = None
) -> tuple[list[Assessment], int | None]:
    """Return one page of the assessments that an account sees, newest first, and where it ends."""
    rows = assessments_of(account).select_related("standing").order_by("-pk")
    rows = rows.defer("told", "result", "version__text")
    if version is not None:
        rows = rows.filter(version=version)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1].pk if len(found) > SHOWN else None


def assessment_for(account: Any, number: int) -> Assessment | None:
    """Return an assessment that an account sees."""
    return assessments_of(account).filter(pk=number).first()


def subjects(account: Any, register: str, name: str) -> list[Any]:
    """Return the records that an account may have assessed and whose name holds a text."""
    rows = permitted(account, Act.CHANGE, declaration.get(register))
    exact = list(rows.filter(name=name.strip())[:2])
    return exact or list(rows.filter(name__contains=name.strip()).order_by("sort_key")[:20])


def kinds() -> list[tuple[str, str]]:
    """The registers whose records are assessed, with their titles."""
    return [(key, str(declaration.get(key).title)) for key in ASSESSED]


@dataclass(frozen=True, slots=True)
class Anew:
    """An assessment as another version would have it; nothing of it is kept."""

    assessment: Assessment
    before: Result
    after: Result

    @property
    def moved(self) -> bool:
        """Whether total or grade would be another."""
        old, new = self.before, self.after
        return (old.total, old.grade, old.outcome) != (new.total, new.grade, new.outcome)


def what_if(account: Any, version: Version, limit: int = 200) -> list[Anew]:
    """Score the assessments of the other versions of a standard anew by this one.

    Values are taken by clause code where they still fit; what a new clause asks was not reported.
    Three queries, whatever the number of assessments and clauses.
    """
    rows = assessments_of(account).filter(version__standard=version.standard)
    found = []
    trees: dict[int, tree.Standard] = {}
    for assessment in rows.exclude(version=version).order_by("-pk")[:limit]:
        old = trees.setdefault(assessment.version_id, assessment.version.tree)
        stages = json.loads(assessment.told)
        told = stages.get(Stage.CHECK.value) or stages.get(Stage.SELF.value) or {}
        values, conditions = told.get("values", {}), told.get("conditions", {})
        before = score(old, values, conditions)
        found.append(Anew(assessment, before, fitting(version.tree, values, conditions)))
    return found


def fitting(standard: tree.Standard, values: Any, conditions: Any) -> Result:
    """Score what still fits a standard; what does not is left out, and so is not reported."""
    codes = {clause.code for clause in standard.leaves()}
    names = {each.name for each in standard.conditions}
    kept = {code: value for code, value in values.items() if code in codes}
    so = {name: value for name, value in conditions.items() if name in names}
    try:
        return score(standard, kept, so)
    except Refused as refusal:
        unfit = {problem.field for problem in refusal.problems}
        return score(standard, {c: v for c, v in kept.items() if c not in unfit}, so)
