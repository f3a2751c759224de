"""Posting a notice, closing it when its time is over, withdrawing it with a reason."""

import datetime as dt
from typing import Any

from django.utils import timezone

from tongxin.calendars.queries import calendar
from tongxin.core.errors import refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action
from tongxin.public_notices.choices import State
from tongxin.public_notices.models import PublicNotice
from tongxin.public_notices.queries import answers_to, calendar_for, ending_of
from tongxin.public_notices.rules import (
    closing_problems,
    ending,
    posting_problems,
    withdrawing_problems,
)
from tongxin.registers.screening import blocked_in_text

from .holding import held, place_of, publicity_problems, write


@action
def post(
    notice: PublicNotice, *, by: Any, starts_on: dt.date, version: int | None = None
) -> PublicNotice:
    """Post a draft as of a day. Raises NotYours, Outdated, or Refused with every problem found."""
    notice, register, subject = held(notice, by=by, version=version, deciding=True)
    known = calendar(starts_on)
    refuse_if(
        [
            *publicity_problems(register, subject),
            *posting_problems(
                notice.state,
                starts_on,
                notice.period,
                known,
                timezone.localdate(),
                names=notice.names,
                names_until=notice.names_until,
            ),
        ]
    )
    changes = {
        "state": State.POSTED,
        "starts_on": starts_on,
        "announced_until": ending(starts_on, notice.period, known).last_day,
    }
    return write(notice, place_of(register, subject), by=by, verb="posted", changes=changes)


@action
def close(
    notice: PublicNotice, *, by: Any, on: dt.date | None = None, version: int | None = None
) -> PublicNotice:
    """Close a notice after its last day: today, or as of the day on which it was closed.

    Raises NotYours, Outdated, or Refused with every problem found.
    """
    notice, register, subject = held(notice, by=by, version=version, deciding=True)
    today = timezone.localdate()
    on, ends = on or today, ending_of(notice, calendar_for([notice]))
    waiting, answered_on = answers_to(notice)
    refuse_if(closing_problems(notice.state, ends, waiting, on, today, answered_on))
    changes = {"state": State.CLOSED, "ended_on": on}
    return write(notice, place_of(register, subject), by=by, verb="notice_closed", changes=changes)


@action
def withdraw(
    notice: PublicNotice, *, by: Any, reason: str, version: int | None = None
) -> PublicNotice:
    """Withdraw a draft or a notice that stands. Raises NotYours, Outdated, Refused."""
    notice, register, subject = held(notice, by=by, version=version, deciding=True)
    refuse_if(withdrawing_problems(notice.state, reason))
    refuse_if(blocked_in_text(reason, _("原因"), "reason"))
    changes = {
        "state": State.WITHDRAWN,
        "ended_on": timezone.localdate(),
        "reason": reason.strip(),
    }
    place = place_of(register, subject)
    return write(notice, place, by=by, verb="notice_withdrawn", changes=changes)
