"""Panels as pages and the rooms above ask for them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from tongxin.accounts.choices import Power, Role
from tongxin.accounts.models import Posting
from tongxin.accounts.permissions import where
from tongxin.divisions.models import Reach
from tongxin.divisions.queries import on_day

from .choices import Kind, MemberState, PanelState
from .models import Member, Panel
from .permissions import reads_all, seen_by
from .rules.sitting import SITTING
from .rules.voting import Tally, tally

SHOWN = 50
MOST_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked to judge: number, name, and the office that posted him."""

    number: int
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A member as somebody sees him: what he gave only where it may be read."""

    member: Member
    name: str
    told: str
    shown: bool


def candidates(place: int, day: dt.date | None = None) -> list[Candidate]:
    """Return the accounts posted on a day to judge in a division, or above it. One query."""
    day = day or timezone.localdate()
    above = Reach.objects.filter(on_day(day), descendant=place).values("ancestor_id")
    rows = Posting.objects.filter(
        on_day(day), office__division_id__in=above, role=Role.EXPERT, account__is_active=True
    ).order_by("account__username")
    found: dict[int, Candidate] = {}
    told = ("account_id", "account__display_name", "account__username", "office__name")
    for number, name, username, office in rows.values_list(*told)[:MOST_CANDIDATES]:
        found.setdefault(number, Candidate(number, name or username, office))
    return list(found.values())


def page_of(account: Any, before: int | None) -> tuple[list[Panel], int | None]:
    """Return one page of the panels that an account sees, newest first, and where it ends."""
    rows = seen_by(account).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1].pk if len(found) > SHOWN else None


def own_states(account: Any, panels: Sequence[Panel]) -> dict[int, Member]:
    """Return by panel the membership of an account. One query."""
    rows = Member.objects.filter(account=account, panel__in=[panel.pk for panel in panels])
    return {member.panel_id: member for member in rows}


def waiting_for(account: Any) -> int:
    """Return how many panels wait for an account to declare, to score or to vote. One query."""
    return Member.objects.filter(
        account=account,
        state__in=(MemberState.ASKED, MemberState.CLEARED),
        panel__state=PanelState.OPEN,
    ).count()


def ready_for(account: Any) -> int:
    """Return how many panels an account leads in which everybody has handed in. One query."""
    here = Member.objects.filter(panel=OuterRef("pk"))
    waiting = here.filter(state__in=(MemberState.ASKED, MemberState.CLEARED))
    rows = Panel.objects.filter(where(account, Power.ACCEPT, "place"), state=PanelState.OPEN)
    rows = rows.filter(Exists(here.filter(state=MemberState.IN)), ~Exists(waiting))
    return rows.exclude(members__account=account).count()


def seats_of(panel: Panel, own: Member | None) -> list[Seat]:
    """Return the members of a panel as somebody sees them, who may be one of them. One query."""
    open_to = reads_all(panel, own)
    seats = []
    for member in panel.members.select_related("account"):
        mine = own is not None and member.pk == own.pk
        shown = (open_to and member.state == MemberState.IN) or mine
        name = member.account.display_name or member.account.username
        seats.append(Seat(member, name, member.told if shown else "", shown))
    return seats


def given(panel: Panel) -> list[Member]:
    """Return the members who have handed in, in the order in which they were asked. One query."""
    return list(panel.members.filter(state=MemberState.IN))


def sitting(panel: Panel) -> list[Member]:
    """Return the members who count. One query."""
    return list(panel.members.filter(state__in=SITTING).select_related("account"))


def tally_of(panel: Panel) -> Tally:
    """Count the votes of a committee as they are. One query."""
    seats = sitting(panel)
    votes = [seat.vote for seat in seats if seat.state == MemberState.IN]
    return tally(len(seats), votes, panel.quorum, panel.majority)


def panels_of(topic: str, number: int) -> list[Panel]:
    """Return the panels that judge or judged one thing, newest first. One query."""
    rows = Panel.objects.filter(topic=topic, topic_id=number)
    return list(rows.exclude(state=PanelState.CALLED_OFF).order_by("-pk"))


def judged_by(topic: str, number: int) -> set[int]:
    """Return the accounts that had to do with judging one thing. One query.

    They gave a judgement, whether it counted or not; are asked for one; or stood aside.
    """
    rows = Member.objects.filter(panel__topic=topic, panel__topic_id=number)
    asked = ~Q(state=MemberState.RELEASED) & ~Q(panel__state=PanelState.CALLED_OFF)
    gave = Q(handed_in_at__isnull=False) | Q(state=MemberState.ASIDE)
    return set(rows.filter(asked | gave).values_list("account_id", flat=True))


def latest(panels: Sequence[Panel], kind: Kind) -> Panel | None:
    """Return the newest panel of a kind among those of one thing."""
    return next((panel for panel in panels if panel.kind == kind), None)
