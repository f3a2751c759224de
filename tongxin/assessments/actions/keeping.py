"""The life of a grade: publicised, confirmed, lowered, withdrawn, and its papers returned."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tongxin.assessments.choices import Holding, Lowering
from tongxin.assessments.models import Grade, GradeChange
from tongxin.assessments.permissions import may_write_down
from tongxin.assessments.queries import wants_notice
from tongxin.assessments.rules.holding import (
    confirming_problems,
    lower,
    lowering_problems,
    return_clock,
)
from tongxin.assessments.rules.judging import text_problems, valid_until
from tongxin.calendars.queries import last_day
from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.journal.actions import action, record
from tongxin.public_notices.actions import draft
from tongxin.public_notices.models import PublicNotice
from tongxin.public_notices.queries import may_go_on
from tongxin.registers import declaration

from .holding import held


@dataclass(frozen=True, slots=True)
class Papers:
    """The numbers of certificate and plaque."""

    certificate: str = ""
    plaque: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """When and on what ground a grade is lowered or withdrawn."""

    on: dt.date
    basis: str
    reason: str


@action
def put_up(grade: Grade, values: Mapping[str, Any], *, by: Any) -> PublicNotice:
    """Draft the notice of a proposed grade, about the subject. Raises NotYours, Refused."""
    rows = Grade.objects.select_for_update(of=("self",)).select_related("assessment", "notice")
    current = rows.get(pk=grade.pk)
    assessment = current.assessment
    if by is not None and not may_write_down(by, assessment):
        raise NotYours
    if current.state != Holding.PROPOSED:
        raise Refused(Problem("assessments.confirmed", _("这个等级已经确认，不用再公示")))
    if not wants_notice(current):
        raise Refused(Problem("assessments.posted", _("这个等级已有公示，不用再公示")))
    register = declaration.get(assessment.register)
    subject = register.model._default_manager.get(pk=assessment.subject_id)
    notice = draft(register, subject, by=by, values=values)
    current.notice = notice
    current.revision += 1
    current.save(update_fields=["notice", "revision"])
    after = {"notice": notice.pk}
    record(by, "assessments.put_up", current, after=after, place=assessment.place_id)
    return notice


@action
def confirm(grade: Grade, on: dt.date, papers: Papers, *, by: Any, seen: int) -> Grade:
    """Confirm a proposed grade once its notice is over and nothing is open against it.

    It is valid for five years from that day. Raises NotYours, Outdated, Refused.
    """
    current = held(grade, seen, by=by)
    refuse_if(
        confirming_problems(
            current.state,
            on,
            timezone.localdate(),
            open_appeals=current.appeals.filter(finding="").count(),
            notice=may_go_on(current.notice, on),
        )
    )
    current.state, current.confirmed_on = Holding.IN_FORCE, on
    current.valid_until = valid_until(on)
    current.certificate, current.plaque = papers.certificate.strip(), papers.plaque.strip()
    _write(current)
    after = {"grade": current.name, "confirmed_on": on, "valid_until": current.valid_until}
    record(by, "assessments.confirmed", current, after=after, place=current.assessment.place_id)
    return current


@action
def downgrade(grade: Grade, to: str, ground: Ground, *, by: Any, seen: int) -> GradeChange:
    """Lower a grade that is in force. Raises NotYours, Outdated, Refused."""
    current = held(grade, seen, by=by)
    below = lower([each.name for each in current.assessment.version.tree.grades], current.name)
    problems = [*_ground_problems(current, ground)]
    if not problems and to not in below:
        words = _("只能降到“%(grade)s”以下的等级：%(below)s")
        told = {"grade": current.name, "below": listed(below) or _("没有更低的等级，改为取消")}
        problems.append(Problem("assessments.not_lower", words % told, "to"))
    refuse_if(problems)
    return _lowered(current, Lowering.DOWNGRADED, to, ground, by=by)


@action
def withdraw(grade: Grade, ground: Ground, *, by: Any, seen: int) -> GradeChange:
    """Withdraw a grade that is in force. Raises NotYours, Outdated, Refused."""
    current = held(grade, seen, by=by)
    refuse_if(_ground_problems(current, ground))
    return _lowered(current, Lowering.WITHDRAWN, "", ground, by=by)


@action
def take_back(change: GradeChange, on: dt.date, *, by: Any, seen: int) -> GradeChange:
    """Note that the papers of a lowered or withdrawn grade came back. Raises as others do."""
    current = held(change.grade, seen, by=by)
    row = current.changes.select_for_update().get(pk=change.pk)
    problems = []
    if row.returned_on is not None or row.return_by is None:
        words = _("证书和牌匾已经交回，不用再登记")
        problems.append(Problem("assessments.returned", words))
    elif on > timezone.localdate():
        problems.append(Problem("assessments.future", _("交回日期不能晚于今天"), "on"))
    elif on < row.on:
        words = _("交回日期不能早于变动的日期（%(day)s）") % {"day": row.on.isoformat()}
        problems.append(Problem("assessments.too_early", words, "on"))
    refuse_if(problems)
    row.returned_on = on
    row.save(update_fields=["returned_on"])
    _write(current)
    after = {"returned_on": on}
    record(by, "assessments.papers_back", current, after=after, place=current.assessment.place_id)
    return row


def _ground_problems(current: Grade, ground: Ground) -> list[Problem]:
    today = timezone.localdate()
    found = [*lowering_problems(current.state, ground.on, current.confirmed_on, today)]
    if not ground.basis.strip():
        found.append(Problem("assessments.no_basis", _("写明依据，例如处罚决定书文号"), "basis"))
    if not ground.reason.strip():
        found.append(Problem("assessments.no_ground", _("写一句原因"), "reason"))
    return [*found, *text_problems({"reason": ground.reason, "basis": ground.basis})]


def _lowered(current: Grade, kind: Lowering, to: str, ground: Ground, *, by: Any) -> GradeChange:
    before = current.name
    change = current.changes.create(
        kind=kind,
        before=before,
        after=to,
        on=ground.on,
        basis=ground.basis.strip(),
        reason=ground.reason.strip(),
        return_by=last_day(return_clock(ground.on)).last_day,
    )
    if to:
        current.name = to
    else:
        current.state = Holding.WITHDRAWN
    _write(current)
    record(
        by,
        f"assessments.grade_{kind.value}",
        current,
        before={"grade": before},
        after={"grade": to or None, "basis": change.basis, "return_by": change.return_by},
        place=current.assessment.place_id,
        reason=change.reason,
    )
    return change


def _write(current: Grade) -> None:
    current.revision += 1
    current.save()
