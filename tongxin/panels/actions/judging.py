"""What a member does: declare, score, hand in, vote."""

import hashlib
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Outdated, refuse_if
from tongxin.journal.actions import action, record
from tongxin.panels.choices import Conflict, Kind, MemberState, PanelState
from tongxin.panels.models import Member, Panel
from tongxin.panels.rules.sitting import (
    declaring_problems,
    judging_problems,
    voting_problems,
)

from .holding import own_seat


@action
def declare(panel: Panel, conflict: str, *, by: Any) -> Member:
    """Declare an interest, and stand aside; or that there is none, and judge.

    The journal keeps that somebody stood aside, and not why. Raises NotYours, Refused.
    """
    seat = own_seat(panel, by=by)
    closed = judging_problems(seat.panel.state, MemberState.CLEARED)
    gone = judging_problems(PanelState.OPEN, seat.state) if _released(seat) else ()
    refuse_if([*closed, *gone, *declaring_problems(seat.state, conflict)])
    before = seat.state
    seat.conflict = conflict
    seat.state = MemberState.CLEARED if conflict == Conflict.NONE else MemberState.ASIDE
    seat.declared_at = timezone.now()
    if seat.state == MemberState.ASIDE:
        seat.told = ""  # whoever stands aside leaves nothing that could be read later
    seat.save(update_fields=["conflict", "state", "declared_at", "told"])
    _note(by, "panels.declared", seat, before=before)
    return seat


@action
def fill(panel: Panel, told: str, *, by: Any, seen: int, hand_in: bool) -> Member:
    """Keep what an expert gives; handed in, it is read by those who have handed in too.

    The journal keeps a hash of it until the panel is closed, so that nobody reads it there before.
    Raises NotYours, Outdated, Refused.
    """
    seat = own_seat(panel, by=by, kind=Kind.EXPERTS)
    refuse_if(judging_problems(seat.panel.state, seat.state))
    if seat.revision != seen:
        raise Outdated(seat)
    before = seat.state
    seat.told = told
    seat.revision += 1
    if hand_in:
        seat.state, seat.handed_in_at = MemberState.IN, timezone.now()
    seat.save(update_fields=["told", "revision", "state", "handed_in_at"])
    digest = hashlib.sha256(told.encode()).hexdigest()
    verb = "panels.gave_in" if hand_in else "panels.scored"
    _note(by, verb, seat, before=before, sha256=digest)
    return seat


@action
def vote(panel: Panel, choice: str, *, by: Any, reason: str = "") -> Member:
    """Vote on the proposal, once. Raises NotYours, Refused."""
    seat = own_seat(panel, by=by, kind=Kind.COMMITTEE)
    refuse_if([*judging_problems(seat.panel.state, seat.state), *voting_problems(choice, reason)])
    before = seat.state
    seat.vote, seat.reason = choice, reason.strip()
    seat.state, seat.handed_in_at = MemberState.IN, timezone.now()
    seat.save(update_fields=["vote", "reason", "state", "handed_in_at"])
    _note(by, "panels.voted", seat, before=before)
    return seat


def _released(seat: Member) -> bool:
    return seat.state == MemberState.RELEASED


def _note(by: Any, verb: str, seat: Member, *, before: str, **facts: Any) -> None:
    record(
        by,
        verb,
        seat.panel,
        before={"state": before},
        after={"state": seat.state, **facts},
        place=seat.panel.place_id,
    )
