"""What may be done with a tenancy, and when. States and dates in, answers out."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.incubation.choices import Finding, Outcome, State, Verb

APPLYING = frozenset({State.DRAFT, State.RETURNED})
"""The applicant may still change what was applied for."""
PROMISED = frozenset({State.APPROVED, State.PUBLICISED})
INSIDE = frozenset({State.INCUBATING, State.ASSESSED})
GONE = frozenset({State.GRADUATED, State.LEFT, State.REMOVED})
LIVE = frozenset(State) - GONE - {State.REJECTED, State.WITHDRAWN}
DECISIONS = frozenset(
    {Verb.APPROVE, Verb.WAIT, Verb.REJECT, Verb.GRADUATE, Verb.REMOVE, Verb.EXTEND}
)
"""What the office that answers for the base decides, and not whoever entered the application."""
REASONED = frozenset({Verb.GIVE_BACK, Verb.REJECT, Verb.LEAVE, Verb.REMOVE, Verb.WITHDRAW})
SENDERS = frozenset({Verb.SUBMIT, Verb.WITHDRAW})
"""What an organisation does itself with its own application."""
NEXT: dict[Verb, tuple[frozenset[State], State | None]] = {
    Verb.SUBMIT: (APPLYING, State.SUBMITTED),
    Verb.CHECK: (frozenset({State.SUBMITTED}), State.CHECKED),
    Verb.GIVE_BACK: (frozenset({State.SUBMITTED}), State.RETURNED),
    Verb.APPROVE: (frozenset({State.CHECKED, State.WAITING}), State.APPROVED),
    Verb.WAIT: (frozenset({State.CHECKED}), State.WAITING),
    Verb.REJECT: (frozenset({State.CHECKED, State.WAITING, State.PUBLICISED}), State.REJECTED),
    Verb.PUBLICISE: (frozenset({State.APPROVED}), State.PUBLICISED),
    Verb.ADMIT: (frozenset({State.PUBLICISED}), State.INCUBATING),
    Verb.RELOCATE: (frozenset({State.INCUBATING}), None),
    Verb.REVIEW: (frozenset({State.INCUBATING}), None),
    Verb.EXTEND: (INSIDE, State.INCUBATING),
    Verb.ASSESS: (frozenset({State.INCUBATING}), State.ASSESSED),
    Verb.GRADUATE: (frozenset({State.ASSESSED}), State.GRADUATED),
    Verb.LEAVE: (INSIDE, State.LEFT),
    Verb.REMOVE: (INSIDE, State.REMOVED),
    Verb.HAND_BACK: (GONE, None),
    Verb.FOLLOW_UP: (frozenset({State.GRADUATED}), None),
    Verb.WITHDRAW: (LIVE - INSIDE, State.WITHDRAWN),
}
"""Each verb: from which states, and to which; None where the state stays."""
CLOCKS: dict[str, tuple[frozenset[State], dt.timedelta]] = {
    "check": (frozenset({State.SUBMITTED}), dt.timedelta(days=3)),
    "handback": (GONE, dt.timedelta(days=7)),
    "term": (INSIDE, dt.timedelta(days=30)),
}
"""Each clock: in which states it runs, and so long before its last day somebody is reminded."""


@dataclass(frozen=True, slots=True)
class Life:
    """What a rule asks of a tenancy."""

    state: str
    state_on: dt.date | None = None
    due_on: dt.date | None = None
    until: dt.date | None = None
    holds: bool = False
    """Whether it still holds places of the base."""


def allowed(life: Life) -> list[Verb]:
    """Return what may be done with a tenancy in its state, in the order of the verbs."""
    return [verb for verb in Verb if not any(state_problems(verb, life))]


def state_problems(verb: Verb, life: Life) -> Iterator[Problem]:
    """Say that something cannot be done in this state, and what can."""
    states, _to = NEXT[verb]
    facts: dict[str, Any] = {"state": State(life.state).label, "verb": verb.label}
    if life.state not in states:
        words = _("现在是“%(state)s”，不能办“%(verb)s”。") % facts
        ways = [each.label for each in Verb if life.state in NEXT[each][0]]
        more = _("现在能办：%(ways)s") % {"ways": listed(ways)} if ways else _("这条已经办完")
        yield Problem("incubation.wrong_move", words + more)
    elif verb == Verb.HAND_BACK and not life.holds:
        yield Problem("incubation.nothing_held", _("没有占用场地，或场地已经交还，不用再办"))


def day_problems(life: Life, on: dt.date | None, today: dt.date) -> Iterator[Problem]:
    """Say what is wrong with the day of a move: not known, not come yet, before the last one."""
    if on is None:
        yield Problem("incubation.no_day", _("填写办理日期"), "on")
    elif on > today:
        words = _("办理日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("incubation.future", words, "on")
    elif life.state_on and on < life.state_on:
        words = _("办理日期不能早于上一步的 %(day)s") % {"day": life.state_on.isoformat()}
        yield Problem("incubation.order", words, "on")


def note_problems(verb: Verb, note: str) -> Iterator[Problem]:
    """Say that a move against somebody needs a reason."""
    if verb in REASONED and not note.strip():
        words = _("办“%(verb)s”要写一句原因") % {"verb": verb.label}
        yield Problem("incubation.no_reason", words, "note")


def notice_problems(
    on: dt.date,
    approved_on: dt.date | None,
    posted: tuple[dt.date, dt.date] | None,
    least: dt.date | None,
) -> Iterator[Problem]:
    """Say what is wrong with the public notice of an application on the day it goes on to it.

    `posted` is its first day and its last, `least` the last day that the base's own period gives.
    """
    if posted is None:
        words = _("这条入驻还没有发布公示。先在办理页起草公示，由协调员发布，再办这一步")
        yield Problem("incubation.no_notice", words)
        return
    first, last = posted
    if approved_on and first < approved_on:
        facts = {"first": first.isoformat(), "day": approved_on.isoformat()}
        words = _("公示 %(first)s 就发布了，早于评审通过的 %(day)s。撤回那份公示，重新公示")
        yield Problem("incubation.notice_early", words % facts)
    if on < first:
        words = _("办理日期不能早于公示发布的 %(first)s") % {"first": first.isoformat()}
        yield Problem("incubation.before_notice", words, "on")
    if least and last < least:
        facts = {"last": last.isoformat(), "least": least.isoformat()}
        words = _("公示到 %(last)s 就满，按基地的公示期限要到 %(least)s。撤回后按期限重新公示")
        yield Problem("incubation.notice_short", words % facts)


def sender_problems(verb: Verb, state: str) -> Iterator[Problem]:
    """Say that an applicant does not withdraw by itself once it was decided that it comes in."""
    if verb == Verb.WITHDRAW and state in PROMISED:
        words = _("评审已经通过，不能自己撤回。不想入驻了，告诉基地，由基地办理撤回")
        yield Problem("incubation.decided", words)


def awaited(state: str) -> str:
    """Tell an applicant what comes next."""
    words = {
        State.DRAFT: _("还没有提交。补齐下面缺的，再提交申请"),
        State.SUBMITTED: _("已提交，等基地核对"),
        State.RETURNED: _("退回补正。按退回的原因改好，再提交一次"),
        State.CHECKED: _("核对通过，等评审"),
        State.WAITING: _("现在没有空的席位，已列入候补。轮到时基地接着办，不用再申请"),
        State.APPROVED: _("评审通过，等公示"),
        State.PUBLICISED: _("正在公示。公示期满、没有成立的异议，就签协议"),
        State.INCUBATING: _("已入驻"),
        State.ASSESSED: _("已作出壳评估，等基地办理出壳或续驻"),
        State.GRADUATED: _("已出壳"),
        State.LEFT: _("已退出"),
        State.REMOVED: _("已清退"),
        State.REJECTED: _("没有入选。原因见下面；有新的招募可以再申请"),
        State.WITHDRAWN: _("已撤回。有新的招募可以再申请"),
    }
    return words[State(state)]


def agreement_problems(
    since: dt.date, until: dt.date | None, field: str = "until"
) -> Iterator[Problem]:
    """Say what is wrong with the end of an agreement."""
    if until is None:
        yield Problem("incubation.no_end", _("填写协议到期日期"), field)
    elif until <= since:
        words = _("协议到期要晚于 %(day)s") % {"day": since.isoformat()}
        yield Problem("incubation.agreement", words, field)


def finding_problems(finding: str) -> Iterator[Problem]:
    """Say that an assessment comes to something."""
    if finding not in set(Finding):
        yield Problem("incubation.no_finding", _("选择结论"), "finding")


def outcome_problems(outcome: str) -> Iterator[Problem]:
    """Say that it is told what became of a tenant."""
    if outcome not in set(Outcome):
        yield Problem("incubation.no_outcome", _("选择去向"), "outcome")


def author_problems(verb: Verb, *, own: bool) -> Iterator[Problem]:
    """Say that nobody decides on an application that he entered himself."""
    if verb in DECISIONS and own:
        words = _("申请是你登记的，“%(verb)s”由别的人来定") % {"verb": verb.label}
        yield Problem("incubation.own_entry", words)


def queue_problems(before: Collection[str], note: str) -> Iterator[Problem]:
    """Say that others wait longer; whoever passes over them says why."""
    if before and not note.strip():
        words = _("候补里排在前面的还有：%(names)s。先办前面的，或写明越过的原因")
        yield Problem("incubation.queue", words % {"names": listed(before)}, "note")


def window_problems(on: dt.date, windows: Collection[tuple[dt.date, dt.date]]) -> Iterator[Problem]:
    """Say that no call of a base that makes calls is open on a day; without calls, any day is."""
    if windows and not any(opens <= on <= closes for opens, closes in windows):
        opens, closes = max(windows)
        words = _("不在招募期内。最近一次招募是 %(opens)s 到 %(closes)s；等下一次招募再提交")
        facts = {"opens": opens.isoformat(), "closes": closes.isoformat()}
        yield Problem("incubation.window", words % facts, "on")


def call_problems(on: dt.date, opens_on: dt.date, closes_on: dt.date) -> Iterator[Problem]:
    """Say to whoever answers a call that it is not open."""
    if on < opens_on:
        words = _("这次招募 %(day)s 开始申请，到那天再提交")
        yield Problem("incubation.window", words % {"day": opens_on.isoformat()})
    elif on > closes_on:
        words = _(
            "这次招募已在 %(day)s 截止，没有提交。"
            "填的内容还在下面，可以先留一份；等下一次招募再申请，或者问基地能不能延期"
        )
        yield Problem("incubation.window", words % {"day": closes_on.isoformat()})


def event_problems(
    on: dt.date | None, admitted_on: dt.date | None, ended_on: dt.date | None, today: dt.date
) -> Iterator[Problem]:
    """Say what is wrong with the day of an event: it lies within the incubation."""
    if on and on > today:
        words = _("日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("incubation.future", words, "happened_on")
    elif admitted_on is None:
        words = _("还没有入驻，不登记孵化记录。签协议入驻以后再登记")
        yield Problem("incubation.not_inside", words)
    elif on and (on < admitted_on or (ended_on and on > ended_on)):
        facts = {
            "since": admitted_on.isoformat(),
            "until": ended_on.isoformat() if ended_on else "",
        }
        words = (
            _("日期要在入驻期间：%(since)s 到 %(until)s")
            if ended_on
            else _("日期不能早于入驻的 %(since)s")
        )
        yield Problem("incubation.outside", words % facts, "happened_on")
