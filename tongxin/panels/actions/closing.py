"""Closing a panel, counting its votes, and calling it off."""

from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.panels import queries
from tongxin.panels.choices import MemberState, PanelState
from tongxin.panels.models import Member, Panel
from tongxin.panels.rules.sitting import closing_problems, counting_problems, text_problems

from .holding import held


@action
def close(panel: Panel, *, by: Any) -> list[Member]:
    """Close a panel of experts and return what they gave. Raises NotYours, Refused."""
    current = held(panel, by=by)
    seats = queries.sitting(current)
    waiting = [
        seat.account.display_name or seat.account.username
        for seat in seats
        if seat.state != MemberState.IN
    ]
    refuse_if(closing_problems(current.averaging, waiting, len(seats) - len(waiting)))
    _over(current, PanelState.CLOSED)
    after = {"state": current.state, "members": len(seats)}
    record(by, "panels.put_together", current, after=after, place=current.place_id)
    return seats


@action
def count_votes(panel: Panel, *, by: Any) -> Panel:
    """Count the votes of a committee, and close it. Raises NotYours, Refused."""
    current = held(panel, by=by)
    found = queries.tally_of(current)
    refuse_if(counting_problems(found))
    current.outcome = found.outcome
    _over(current, PanelState.CLOSED)
    after = {
        "outcome": found.outcome.value,
        "members": found.members,
        **{str(each): found.of(each) for each in ("for", "against", "abstain")},
    }
    record(by, "panels.votes_counted", current, after=after, place=current.place_id)
    return current


@action
def call_off(panel: Panel, *, by: Any, reason: str) -> Panel:
    """Call a panel off, with a reason; nothing it gave counts. Raises NotYours, Refused."""
    current = held(panel, by=by)
    problems = [*text_problems(reason)]
    if not reason.strip():
        problems.append(Problem("panels.call_off", _("写一句为什么撤销"), "reason"))
    refuse_if(problems)
    current.reason = reason.strip()[:300]
    _over(current, PanelState.CALLED_OFF)
    after = {"state": current.state}
    record(by, "panels.called_off", current, after=after, place=current.place_id, reason=reason)
    return current


def _over(panel: Panel, state: PanelState) -> None:
    panel.state = state
    panel.closed_at = timezone.now()
    panel.save(update_fields=["state", "outcome", "closed_at", "reason"])
