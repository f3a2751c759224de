"""Who calls a panel together, who sits on it, and who reads what its members gave.

A panel is seen by its members, and by those who accept records where it judges. What a member gave
is read by himself; by another member who has handed in; by everybody who sees the panel once it is
closed.
"""

from typing import Any

from django.db.models import Q, QuerySet

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds, where

from .choices import MemberState, PanelState
from .models import Member, Panel

SEES = (MemberState.ASKED, MemberState.CLEARED, MemberState.IN)


def seen_by(account: Any) -> QuerySet[Panel]:
    """Return the panels that an account sees: those it sits on, and those it could call."""
    mine = Member.objects.filter(account=account).values("panel_id")
    there = where(account, Power.ACCEPT, "place")
    return Panel.objects.filter(Q(pk__in=mine) | there)


def may_convene(account: Any, place: int) -> bool:
    """Whether an account calls panels together for a division: it accepts records there."""
    return holds(account, Power.ACCEPT, place)


def leads(account: Any, panel: Panel) -> bool:
    """Whether an account asks people onto a panel, lets them go, closes it: and sits not on it.

    Who reads what others gave, having handed in, does not choose whose counts.
    """
    return may_convene(account, panel.place_id) and sits_on(account, panel) is None


def sits_on(account: Any, panel: Panel) -> Member | None:
    """Return the membership of an account, whatever its state. One query."""
    return panel.members.filter(account=account).first()


def stood_aside(member: Member | None) -> bool:
    """Whether somebody sat on a panel and is no longer one of those who judge."""
    return member is not None and member.state in {MemberState.ASIDE, MemberState.RELEASED}


def reads_all(panel: Panel, member: Member | None) -> bool:
    """Whether what every member gave may be read: it is closed, or one's own is in."""
    if stood_aside(member):
        return False
    return panel.state == PanelState.CLOSED or (
        member is not None and member.state == MemberState.IN
    )


def judges(account: Any, topic: str) -> QuerySet[Panel]:
    """Return the panels of a kind of topic on which an account sits and has not stood aside.

    One that was called off opens nothing any more.
    """
    rows = Panel.objects.filter(topic=topic, members__account=account, members__state__in=SEES)
    return rows.exclude(state=PanelState.CALLED_OFF)
