"""Taking an objection while a notice stands, and answering it."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Max
from django.utils import timezone

from tongxin.calendars.rules import clock_problems
from tongxin.core.errors import Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.public_notices.models import Objection, PublicNotice
from tongxin.public_notices.queries import calendar_for, ending_of
from tongxin.public_notices.rules import (
    USUAL_ANSWER,
    answer_problems,
    objection_problems,
    signing_problems,
)
from tongxin.registers.screening import blocked_in_text

from .holding import held, place_of


@dataclass(frozen=True, slots=True)
class Said:
    """An objection as it came in, and how long there is to answer it."""

    received_on: dt.date
    text: str
    signed: bool = False
    objector: str = ""
    answer_count: int = USUAL_ANSWER[0]
    answer_unit: str = USUAL_ANSWER[1]


@action
def object_to(notice: PublicNotice, *, by: Any, said: Said) -> Objection:
    """Write down an objection. Raises NotYours, or Refused with every problem found.

    The journal keeps no name of whoever objected.
    """
    notice, register, subject = held(notice, by=by, version=None, deciding=False)
    ends = ending_of(notice, calendar_for([notice]))
    refuse_if(
        objection_problems(
            notice.state, said.received_on, notice.starts_on, ends, timezone.localdate()
        )
    )
    refuse_if(
        [
            *_text_problems(said),
            *signing_problems(said.objector, signed=said.signed),
            *clock_problems(said.received_on, said.answer_count, said.answer_unit),
        ]
    )
    newest = notice.objections.aggregate(newest=Max("number"))["newest"] or 0
    made = Objection.objects.create(
        notice=notice, number=newest + 1, recorded_by=by, **asdict(said)
    )
    after = {name: value for name, value in asdict(said).items() if name != "objector"}
    place = place_of(register, subject)
    record(by, "public_notices.objected", made, after=after, place=place)
    _touch(notice)
    return made


@action
def answer(  # noqa: PLR0913  the facts of an answer, and what was read
    objection: Objection,
    *,
    by: Any,
    outcome: str,
    reason: str,
    answered_on: dt.date,
    version: int | None = None,
) -> Objection:
    """Answer an objection, or put the answer right while the notice stands.

    Raises NotYours, Outdated, or Refused with every problem found.
    """
    notice, register, subject = held(objection.notice, by=by, version=version, deciding=True)
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    refuse_if(
        [
            *answer_problems(
                notice.state, objection.received_on, answered_on, reason, timezone.localdate()
            ),
            *blocked_in_text(reason, _("核实情况和理由"), "reason"),
        ]
    )
    changes = {"outcome": outcome, "reason": reason.strip(), "answered_on": answered_on}
    before = {name: getattr(objection, name) for name in changes}
    for name, value in changes.items():
        setattr(objection, name, value)
    objection.save(update_fields=list(changes))
    place = place_of(register, subject)
    record(by, "public_notices.answered", objection, before=before, after=changes, place=place)
    _touch(notice)
    return objection


def _text_problems(said: Said) -> list[Problem]:
    found = [
        *blocked_in_text(said.text, _("异议内容"), "text"),
        *blocked_in_text(said.objector, _("署的姓名或单位"), "objector"),
    ]
    if not said.text.strip():
        found.append(Problem("public_notices.no_text", _("写明异议内容"), "text"))
    return found


def _touch(notice: PublicNotice) -> None:
    """Let whoever read the notice before know that it is no longer as he read it."""
    notice.version += 1
    notice.save(update_fields=["version", "changed_at"])
