"""What may be done with a naming, and when. Standings and dates in, answers out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.sites.choices import Finding, Standing, Verb

HOLDING = frozenset({Standing.DESIGNATED, Standing.RECTIFYING})
"""It counts: what is to be put right is named until it is withdrawn."""
ON_THE_WAY = frozenset({Standing.PROPOSED, Standing.CHECKED, Standing.PUBLICISED})
NOT_NAMED = ON_THE_WAY | {Standing.DROPPED}
REASONED = frozenset({Verb.DROP, Verb.RECTIFY, Verb.WITHDRAW})
NEXT: dict[Verb, tuple[frozenset[Standing], Standing | None]] = {
    Verb.CHECK: (frozenset({Standing.PROPOSED}), Standing.CHECKED),
    Verb.PUBLICISE: (frozenset({Standing.CHECKED}), Standing.PUBLICISED),
    Verb.DESIGNATE: (frozenset({Standing.PUBLICISED}), Standing.DESIGNATED),
    Verb.KEEP: (frozenset({Standing.DESIGNATED}), Standing.DESIGNATED),
    Verb.RECTIFY: (frozenset({Standing.DESIGNATED}), Standing.RECTIFYING),
    Verb.PUT_RIGHT: (frozenset({Standing.RECTIFYING}), Standing.DESIGNATED),
    Verb.RETURN_PLAQUE: (frozenset({Standing.WITHDRAWN}), None),
    Verb.DROP: (ON_THE_WAY, Standing.DROPPED),
    Verb.WITHDRAW: (HOLDING, Standing.WITHDRAWN),
}
"""Each verb: from which standings, and to which; None where it stays."""
SOON = dt.timedelta(days=60)
"""So long before its day a review is asked for."""


@dataclass(frozen=True, slots=True)
class Life:
    """What a rule asks of a naming."""

    standing: str
    standing_on: dt.date | None = None
    designated_on: dt.date | None = None
    until: dt.date | None = None
    plaque_out: bool = False
    """Whether a plaque was given and has not come back."""


def allowed(life: Life) -> list[Verb]:
    """Return what may be done with a naming as it stands, in the order of the verbs."""
    return [verb for verb in NEXT if not any(standing_problems(verb, life))]


def standing_problems(verb: Verb, life: Life) -> Iterator[Problem]:
    """Say that something cannot be done as a naming stands, and what can."""
    standings, _to = NEXT[verb]
    if life.standing not in standings:
        facts: dict[str, Any] = {"now": Standing(life.standing).label, "verb": verb.label}
        words = _("现在是“%(now)s”，不能办“%(verb)s”。") % facts
        ways = [each.label for each in NEXT if life.standing in NEXT[each][0]]
        more = _("现在能办：%(ways)s") % {"ways": listed(ways)} if ways else _("这条已经办完")
        yield Problem("sites.wrong_step", words + more)
    elif verb == Verb.RETURN_PLAQUE and not life.plaque_out:
        words = _("没有发过牌匾，或牌匾已经收回，不用再办")
        yield Problem("sites.no_plaque", words)


def has_run_out(standing: str, until: dt.date | None, on: dt.date) -> bool:
    """Whether a naming has lapsed on a day: nobody withdrew it, its time is over."""
    return standing in HOLDING and until is not None and until <= on


def is_due(standing: str, review_on: dt.date | None, on: dt.date) -> bool:
    """Whether a named site is to be looked at again soon, or should have been."""
    return standing in HOLDING and review_on is not None and review_on <= on + SOON


def day_problems(life: Life, on: dt.date | None, today: dt.date) -> Iterator[Problem]:
    """Say what is wrong with the day of a step: not known, not come yet, before the last one."""
    last = max((day for day in (life.standing_on, life.designated_on) if day), default=None)
    if on is None:
        yield Problem("sites.no_day", _("填写办理日期"), "on")
    elif on > today:
        words = _("办理日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("sites.future", words, "on")
    elif last and on < last:
        words = _("办理日期不能早于上一步的 %(day)s") % {"day": last.isoformat()}
        yield Problem("sites.step_order", words, "on")


def note_problems(verb: Verb, note: str) -> Iterator[Problem]:
    """Say that a step against a site needs a reason."""
    if verb in REASONED and not note.strip():
        words = _("办“%(verb)s”要写一句原因") % {"verb": verb.label}
        yield Problem("sites.no_reason", words, "note")


def author_problems(verb: Verb, *, own: bool) -> Iterator[Problem]:
    """Say that nobody names what he proposed himself."""
    if verb == Verb.DESIGNATE and own:
        yield Problem("sites.own_proposal", _("这条是你提名的，“命名”由别的人来定"))


def visit_problems(
    finding: str | None, visited_on: dt.date | None, on: dt.date
) -> Iterator[Problem]:
    """Say what is missing before a site counts as checked: a visit that did not fail it."""
    if finding is None or visited_on is None or visited_on > on:
        words = _("到 %(day)s 还没有实地核查记录。先在示范点里登记一次核查")
        yield Problem("sites.no_visit", words % {"day": on.isoformat()})
    elif finding == Finding.FAILS:
        words = _("%(day)s 的核查结论是“不符合”。整改后再核查一次，或办“不予命名”")
        yield Problem("sites.visit_failed", words % {"day": visited_on.isoformat()})


def due_problems(verb: Verb, due_on: dt.date | None, on: dt.date) -> Iterator[Problem]:
    """Say that what is to be put right needs a day by which it is."""
    if verb != Verb.RECTIFY:
        return
    if due_on is None:
        yield Problem("sites.no_due", _("填写整改到哪一天"), "due_on")
    elif due_on <= on:
        words = _("整改期限要晚于 %(day)s") % {"day": on.isoformat()}
        yield Problem("sites.due_order", words, "due_on")


def document_problems(document: str) -> Iterator[Problem]:
    """Say that a naming rests on a paper."""
    if not document.strip():
        yield Problem("sites.no_document", _("填写批准文件的名称和文号"), "document")
