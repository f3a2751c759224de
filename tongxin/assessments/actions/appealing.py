"""Appeals against a proposed grade: taken, re-examined by a committee of its own, decided."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tongxin.assessments.choices import Finding, Lowering
from tongxin.assessments.models import Appeal, Grade
from tongxin.assessments.permissions import APPEAL, may_keep_grade, may_write_down
from tongxin.assessments.queries import carried, stands
from tongxin.assessments.rules.holding import appealing_problems, finding_problems
from tongxin.assessments.rules.judging import text_problems
from tongxin.core.errors import NotYours, Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.core.words import in_source_language
from tongxin.journal.actions import action, record
from tongxin.panels import actions as panels
from tongxin.panels.actions import Matter, Terms
from tongxin.panels.models import Panel


@dataclass(frozen=True, slots=True)
class Decision:
    """The written decision on an appeal: when it was made and sent, and why."""

    decided_on: dt.date
    told_on: dt.date
    reason: str


@action
def appeal(grade: Grade, received_on: dt.date, text: str, *, by: Any) -> Appeal:
    """Write down an appeal that came while the notice stands. Raises NotYours, Refused."""
    current = _held(grade)
    if by is not None and not may_write_down(by, current.assessment):
        raise NotYours
    problems = [
        *appealing_problems(
            current.state,
            received_on,
            timezone.localdate(),
            stands(current),
            open_appeals=current.appeals.filter(finding="").count(),
        ),
        *text_problems({"text": text}),
    ]
    if not text.strip():
        problems.append(Problem("assessments.no_text", _("写明申请复核的理由"), "text"))
    refuse_if(problems)
    made = Appeal.objects.create(
        grade=current,
        number=current.appeals.count() + 1,
        received_on=received_on,
        text=text.strip(),
        recorded_by=by,
    )
    after = {"number": made.number, "received_on": received_on}
    record(by, "assessments.appealed", current, after=after, place=current.assessment.place_id)
    return made


@action
def call_review(
    found: Appeal, proposed: str, terms: Terms, members: Collection[int], *, by: Any
) -> Panel:
    """Call the committee of re-examination; whoever judged before cannot sit on it.

    It votes on a grade: the one that was proposed, or another. Raises NotYours, Refused.
    """
    current = _held(found.grade)
    if by is not None and not may_keep_grade(by, current.assessment):
        raise NotYours
    row = Appeal.objects.select_for_update(of=("self",)).get(pk=found.pk)
    grades = [each.name for each in current.assessment.version.tree.grades]
    problems = []
    if row.finding:
        problems.append(Problem("assessments.found", _("这件复核已经作出决定")))
    elif carried(row):
        words = _("复核委员会已经表决通过，登记复核决定")
        problems.append(Problem("assessments.carried", words))
    if proposed not in grades:
        words = _("选提交表决的等级，维持的就选原等级")
        problems.append(Problem("assessments.no_proposal", words, "proposed"))
    refuse_if(problems)
    row.proposed = proposed
    row.save(update_fields=["proposed"])
    return panels.convene(_matter(row, current, proposed), terms, members, by=by)


@action
def take_vote(panel: Panel, by: Any) -> Panel:
    """Count the votes of a committee of re-examination. Raises NotYours, Refused."""
    return panels.count_votes(panel, by=by)


@action
def find(found: Appeal, decision: Decision, *, by: Any) -> Appeal:
    """Write down the decision on an appeal, which is what its committee carried.

    Raises NotYours, Refused.
    """
    current = _held(found.grade)
    if by is not None and not may_keep_grade(by, current.assessment):
        raise NotYours
    row = Appeal.objects.select_for_update(of=("self",)).get(pk=found.pk)
    problems = [
        *finding_problems(
            row.received_on,
            decision.decided_on,
            decision.told_on,
            timezone.localdate(),
            carried=carried(row),
        ),
        *text_problems({"reason": decision.reason}),
    ]
    if row.finding:
        problems.append(Problem("assessments.found", _("这件复核已经作出决定")))
    if not decision.reason.strip():
        problems.append(Problem("assessments.no_ground", _("写明决定的理由"), "reason"))
    refuse_if(problems)
    before = current.name
    row.finding = Finding.KEPT if row.proposed == before else Finding.CHANGED
    row.decided_on, row.told_on = decision.decided_on, decision.told_on
    row.reason = decision.reason.strip()
    row.save()
    if row.finding == Finding.CHANGED:
        _changed(current, row, decision)
    record(
        by,
        "assessments.found_on_appeal",
        current,
        before={"grade": before},
        after={"grade": current.name, "finding": row.finding, "told_on": row.told_on},
        place=current.assessment.place_id,
        reason=row.reason,
    )
    return row


def _matter(found: Appeal, current: Grade, proposed: str) -> Matter:
    """What the committee votes on, in words that are kept."""
    with in_source_language():
        kept = proposed == current.name
        words = _("复核：维持“%(grade)s”") if kept else _("复核：改定为“%(grade)s”")
        title = _("%(assessment)s 复核") % {"assessment": current.assessment}
    place = current.assessment.place_id
    return Matter(APPEAL, found.pk, title, place, words % {"grade": proposed})


def _changed(current: Grade, row: Appeal, decision: Decision) -> None:
    """Give the grade the name that was carried."""
    with in_source_language():
        basis = _("复核决定")
    current.changes.create(
        kind=Lowering.ON_APPEAL,
        before=current.name,
        after=row.proposed,
        on=decision.decided_on,
        basis=basis,
        reason=row.reason[:300],
    )
    current.name = row.proposed
    current.revision += 1
    current.save(update_fields=["name", "revision"])


def _held(grade: Grade) -> Grade:
    rows = Grade.objects.select_for_update(of=("self",))
    return rows.select_related("assessment__version__standard", "notice").get(pk=grade.pk)
