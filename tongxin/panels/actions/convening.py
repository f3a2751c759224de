"""Calling a panel together, asking more people, and letting one go."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.panels import queries, topics
from tongxin.panels.choices import Averaging, Kind, Majority, MemberState, PanelState, Quorum
from tongxin.panels.models import Member, Panel
from tongxin.panels.permissions import may_convene
from tongxin.panels.rules.sitting import (
    convening_problems,
    crowding_problems,
    leading_problems,
    sitting_problems,
    text_problems,
)

from .holding import held


@dataclass(frozen=True, slots=True)
class Matter:
    """What is judged: its kind and number, its name, and the division that answers for it."""

    topic: str
    number: int
    title: str
    place: int
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How it is judged; stated before anybody has judged, and never changed after."""

    kind: Kind
    averaging: Averaging = Averaging.MEAN
    quorum: Quorum = Quorum.TWO_THIRDS
    majority: Majority = Majority.OF_ALL


@action
def convene(matter: Matter, terms: Terms, members: Collection[int], *, by: Any) -> Panel:
    """Call a panel together. Raises NotYours, or Refused with every problem found."""
    if by is not None and not may_convene(by, matter.place):
        raise NotYours
    refuse_if(
        [
            *convening_problems(terms.kind, terms.averaging, len(set(members))),
            *_sitting(matter.topic, matter.number, matter.place, members),
            *leading_problems(members, by.pk if by is not None else None),
        ]
    )
    if Panel.objects.filter(
        topic=matter.topic, topic_id=matter.number, state=PanelState.OPEN
    ).exists():
        raise Refused(Problem("panels.another", _("已有一个评审组在评，先等它结束，或撤销它")))
    panel = Panel.objects.create(
        topic=matter.topic,
        topic_id=matter.number,
        title=matter.title[:200],
        proposal=matter.proposal[:300],
        place_id=matter.place,
        kind=terms.kind,
        averaging=terms.averaging,
        quorum=terms.quorum,
        majority=terms.majority,
        convened_at=timezone.now(),
        convened_by=by,
    )
    _seat(panel, members)
    after = {"kind": panel.kind, "averaging": panel.averaging, "members": len(set(members))}
    if terms.kind == Kind.COMMITTEE:
        after = {"kind": panel.kind, "quorum": panel.quorum, "majority": panel.majority}
    record(by, "panels.convened", panel, after=after, place=panel.place_id)
    return panel


@action
def ask(panel: Panel, members: Collection[int], *, by: Any) -> Panel:
    """Ask more people onto a panel. Raises NotYours, Refused."""
    current = held(panel, by=by)
    seated = set(current.members.values_list("account_id", flat=True))
    fresh = [number for number in members if number not in seated]
    problems = [
        *_sitting(current.topic, current.topic_id, current.place_id, fresh),
        *leading_problems(fresh, by.pk if by is not None else None),
        *crowding_problems(len(seated) + len(set(fresh))),
    ]
    if not fresh:
        problems.append(Problem("panels.nobody", _("选还没有在评审组里的人"), "members"))
    refuse_if(problems)
    _seat(current, fresh)
    record(by, "panels.asked_in", current, after={"members": len(fresh)}, place=current.place_id)
    return current


@action
def release(panel: Panel, number: int, *, by: Any, reason: str) -> Panel:
    """Let a member go, with a reason; what he gave does not count. Raises NotYours, Refused."""
    current = held(panel, by=by)
    seat = current.members.select_for_update().filter(pk=number).first()
    if seat is None:
        raise NotYours
    problems = [*text_problems(reason)]
    if not reason.strip():
        problems.append(Problem("panels.release", _("写一句为什么移出"), "reason"))
    if seat.state in {MemberState.ASIDE, MemberState.RELEASED}:
        problems.append(Problem("panels.gone", _("他已经不在评审组里"), "reason"))
    refuse_if(problems)
    before, seat.state = seat.state, MemberState.RELEASED
    seat.save(update_fields=["state"])
    record(
        by,
        "panels.released",
        current,
        before={"state": before},
        after={"state": seat.state},
        place=current.place_id,
        reason=reason.strip(),
    )
    return current


def _sitting(topic: str, number: int, place: int, members: Iterable[int]) -> list[Problem]:
    fit = {each.number for each in queries.candidates(place)}
    return [*sitting_problems(set(members), fit, topics.get(topic).barred(number))]


def _seat(panel: Panel, members: Iterable[int]) -> None:
    seats = [Member(panel=panel, account_id=number) for number in dict.fromkeys(members)]
    Member.objects.bulk_create(seats)
