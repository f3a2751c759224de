"""What a reviewer should look at, what may follow what, and how long a step can be undone."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.divisions.choices import Level
from tongxin.registers.choices import PlaceState, Stage
from tongxin.registers.rules import TOPS

from .choices import Hit

UNDO_WITHIN = dt.timedelta(seconds=10)
SENDING = dt.timedelta(seconds=2)
"""What a slow line may take from the press of the button to the server."""
JUMP = 3
"""A number that is three times what it was, or a third of it, is looked at."""


def changed_fields(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> list[str]:
    """Return the fields in which a record differs from its last accepted version."""
    if before is None:
        return []
    return [name for name in now if before.get(name) != now[name]]


def hits(
    before: Mapping[str, Any] | None,
    now: Mapping[str, Any],
    numbers: Iterable[str],
    *,
    same_name: bool,
) -> Iterator[Hit]:
    """Say what a reviewer should look at in a version; `numbers` are its fields of numbers."""
    if now.get("place_state") == PlaceState.NOT_STATED:
        yield Hit.NO_PLACE
    if now.get("place_state") == PlaceState.UNMATCHED:
        yield Hit.ODD_PLACE
    if same_name:
        yield Hit.SAME_NAME
    if before is not None and any(jumped(before.get(n), now.get(n)) for n in numbers):
        yield Hit.JUMP


def jumped(before: Any, now: Any) -> bool:
    """Whether a number grew or shrank threefold; from or to nothing there is no such measure."""
    try:
        old, new = Decimal(str(before)), Decimal(str(now))
    except InvalidOperation:
        return False
    if old <= 0 or new <= 0:
        return False
    return max(old, new) >= JUMP * min(old, new)


def turn_problems(stage: str, *, author: bool, cosigner: bool, waits_for: str) -> Iterator[Problem]:
    """Say why somebody may not decide now; `waits_for` names whose signature is still asked for.

    `author` says that he wrote this version himself, `cosigner` that it is his own signature.
    """
    if stage != Stage.SUBMITTED:
        yield Problem("reviews.not_waiting", _("这一条已经办过了，看下面的经过"))
    elif author:
        yield Problem("reviews.own", _("这一版是你写的，由别的审核人来审"))
    elif waits_for and not cosigner:
        words = _("%(name)s 还没有加签，等加签同意后再办，或先取消加签")
        yield Problem("reviews.cosign", words % {"name": waits_for})


def undo_problems(done_at: dt.datetime, now: dt.datetime, *, moved_on: bool) -> Iterator[Problem]:
    """Say why a step cannot be undone."""
    if now - done_at > UNDO_WITHIN + SENDING:
        yield Problem("reviews.late", _("过了 10 秒，不能撤销。要改结果，让报送的人改后再送"))
    elif moved_on:
        yield Problem("reviews.moved_on", _("这一条之后又有人办过，不能撤销。看下面的经过"))


def next_up(levels: Mapping[int, str], above: Iterable[int], posted: Iterable[int]) -> int | None:
    """Return whose turn it is: the nearest division above in which somebody accepts.

    `above` are the divisions that answer for the place and are not itself, `levels` their levels
    today, `posted` those in which somebody accepts. Where nobody does, the nearest above waits.
    """
    order = list(Level)
    known = [each for each in above if each in levels]
    nearest = sorted(known, key=lambda each: -order.index(Level(levels[each])))
    accepting = set(posted)
    return next((each for each in nearest if each in accepting), next(iter(nearest), None))


def accepts_its_own(level: str | None) -> bool:
    """Whether a division of a level accepts what is its own."""
    return level in TOPS
