"""The page of an assessment: its sheet, who judges it, and the grade it gave."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tongxin.assessments import queries
from tongxin.assessments.choices import Holding, Stage
from tongxin.assessments.models import Appeal, Assessment, Grade
from tongxin.assessments.permissions import (
    TOPIC,
    may_keep_grade,
    may_steer,
    may_write_down,
)
from tongxin.assessments.rules.holding import confirming_problems, has_run_out
from tongxin.core.errors import Problem
from tongxin.panels.choices import Kind, MemberState, PanelState
from tongxin.panels.models import Panel
from tongxin.panels.permissions import seen_by, sits_on
from tongxin.panels.queries import latest, panels_of, seats_of
from tongxin.public_notices.choices import State as NoticeState
from tongxin.public_notices.queries import may_go_on
from tongxin.registers import declaration
from tongxin.registers.permissions import visible_to
from tongxin.standards.rules.amounts import shown
from tongxin.standards.rules.scoring import score

from .asking import way
from .filling import Scored, hints_of, rows_of, scored, standing_of
from .stepping import Step, codes_of


def sheet_page(  # noqa: PLR0913  whose turn it is, and what was typed
    request: HttpRequest,
    found: Assessment,
    texts: Mapping[str, str],
    problems: tuple[Problem, ...],
    *,
    turn: bool,
    award: Any = None,
    judging: tuple[Panel, Scored, int] | None = None,
    step: Step | None = None,
) -> HttpResponse:
    """Answer with the page of an assessment: 422 when something on it has to be put right.

    `judging` is the panel of an expert who fills in his own sheet, the scores that he sees, and
    the revision of his sheet. `step` is the one clause that is shown alone.
    """
    account = request.user
    results = judging[1] if judging else scored(found)
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(problem.field, []).append(str(problem))
    panels, codes = panels_of(TOPIC, found.pk), codes_of(found)
    steers = may_steer(account, found) and judging is None
    hints = hints_of(found) if turn and not judging else {}
    rows = rows_of(found, results, texts, said, queries.evidence_of(account, found), hints)
    open_ones = (line.clause.code for line in results.last.lines if not line.whole)
    context = {
        "assessment": found,
        "standing": standing_of(found, results),
        "rows": [each for each in rows if step is None or each.row.clause.code == step.code],
        "step": step,
        "begin": next((code for code in open_ones if code in codes), codes[0]) if turn else "",
        "conditions": _conditions(found, texts),
        "said": [words for each in said.values() for words in each],
        "turn": turn,
        "checks": found.state == Stage.CHECK,
        "judging": judging is not None,
        "seen": judging[2] if judging else found.revision,
        "award": award,
        "subject": _subject_url(account, found),
        **_steering(account, found, panels, steers=steers),
        **(grade_facts(account, found) if found.state == Stage.DECIDED else {}),
        "crumbs": way(found),
    }
    page = "assessments/step.html" if step else "assessments/assessment.html"
    wrong = said or (award is not None and award.errors)
    return render(request, page, context, status=422 if wrong else 200)


def grade_facts(account: Any, found: Assessment) -> dict[str, Any]:
    """What a page says of the grade of an assessment. Five queries at most."""
    grade = queries.grade_of(found)
    if grade is None:
        return {}
    appeals, wanting = list(grade.appeals.all()), queries.wants_notice(grade)
    return {
        "grade": grade,
        "run_out": has_run_out(grade.state, grade.valid_until, timezone.localdate()),
        "changes": list(grade.changes.all()),
        "appeals": appeals,
        "keeps": may_keep_grade(account, found),
        "writes": may_write_down(account, found),
        "proposed": grade.state == Holding.PROPOSED,
        "in_force": grade.state == Holding.IN_FORCE,
        "needs_notice": wanting,
        "posted": grade.notice is not None and grade.notice.state == NoticeState.POSTED,
        "waits": [] if wanting else _waits(grade, appeals),
    }


def _waits(grade: Grade, appeals: list[Appeal]) -> list[str]:
    """Say what a proposed grade still waits for before it can be confirmed. One query."""
    if grade.state != Holding.PROPOSED:
        return []
    today = timezone.localdate()
    open_ones = sum(not each.finding for each in appeals)
    notice = may_go_on(grade.notice, today)
    found = confirming_problems(grade.state, today, today, open_appeals=open_ones, notice=notice)
    return [str(problem) for problem in found]


def _steering(
    account: Any, found: Assessment, panels: list[Panel], *, steers: bool
) -> dict[str, Any]:
    """What may be done to lead an assessment on, and what its experts gave as far as one sees."""
    open_one = next((each for each in panels if each.state == PanelState.OPEN), None)
    merged = Stage.EXPERTS.value in json.loads(found.told)
    experts = latest(panels, Kind.EXPERTS)
    may_see = {each.pk for each in seen_by(account).filter(pk__in=[each.pk for each in panels])}
    return {
        "steers": steers,
        "panels": [each for each in panels if each.pk in may_see],
        "open_panel": open_one,
        "may_decide": steers and open_one is None,
        "may_call_experts": steers and open_one is None and not merged and _before_vote(found),
        "may_call_committee": steers
        and open_one is None
        and (merged or _checked(found))
        and not queries.has_carried(found, panels),
        "may_go_back": steers and open_one is None,
        "given": _given(account, found, experts) if experts and experts.pk in may_see else [],
    }


def _before_vote(found: Assessment) -> bool:
    return found.state in {Stage.CHECK, Stage.EXPERTS}


def _checked(found: Assessment) -> bool:
    return found.state in {Stage.CHECK, Stage.COMMITTEE}


def _given(account: Any, found: Assessment, experts: Panel) -> Iterable[tuple[str, str]]:
    """Name and total of each expert whose sheet may be read."""
    conditions = queries.conditions_of(found)
    for seat in seats_of(experts, sits_on(account, experts)):
        if seat.shown and seat.told and seat.member.state == MemberState.IN:
            values = json.loads(seat.told)["values"]
            yield seat.name, shown(score(found.version.tree, values, conditions).total)


def _conditions(found: Assessment, texts: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [
        (f"c:{each.name}", each.text, texts.get(f"c:{each.name}", ""))
        for each in found.version.tree.conditions
    ]


def _subject_url(account: Any, found: Assessment) -> str:
    """The page of what is assessed, where the account may open it: an expert may not."""
    rows = visible_to(account, declaration.get(found.register))
    return found.subject_url if rows.filter(pk=found.subject_id).exists() else ""
