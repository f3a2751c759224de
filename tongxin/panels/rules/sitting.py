"""Who sits on a panel, who stands aside, and what keeps a panel from being closed."""

from collections.abc import Collection, Iterator

from tongxin.core.errors import Problem
from tongxin.core.numbers_of_people import NAMES, numbers_in
from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.panels.choices import Averaging, Conflict, Kind, MemberState, PanelState, Vote

from .averaging import LEAST
from .voting import Tally

MOST_MEMBERS = 50
SITTING = frozenset({MemberState.ASKED, MemberState.CLEARED, MemberState.IN})
"""The members who count: who stood aside or was released is no longer one of them."""
REASON_LENGTH = 300


def convening_problems(kind: str, averaging: str, members: int) -> Iterator[Problem]:
    """Say what stands against calling a panel together."""
    needed = LEAST[Averaging(averaging)] if kind == Kind.EXPERTS else 2
    if members < needed:
        words = _("选了 %(count)s 人，至少要 %(needed)s 人")
        told = {"count": members, "needed": needed}
        yield Problem("panels.too_few", words % told, "members")
    yield from crowding_problems(members)


def crowding_problems(members: int) -> Iterator[Problem]:
    """Say that a panel has more members than anybody can read."""
    if members > MOST_MEMBERS:
        words = _("选了 %(count)s 人，最多 %(most)s 人")
        yield Problem(
            "panels.too_many", words % {"count": members, "most": MOST_MEMBERS}, "members"
        )


def sitting_problems(
    asked: Collection[int], candidates: Collection[int], barred: Collection[int]
) -> Iterator[Problem]:
    """Say which of those who are asked cannot sit.

    `candidates` are posted to judge there; `barred` worked on what is judged, or judged it before.
    """
    if set(asked) & set(barred):
        words = _("经办、初审或评过这件事的人不能再评，换人")
        yield Problem("panels.barred", words, "members")
    if set(asked) - set(candidates) - set(barred):
        words = _("选的人里有不在这个地区任评审专家的，从列表里选")
        yield Problem("panels.strange", words, "members")


def leading_problems(asked: Collection[int], leader: int | None) -> Iterator[Problem]:
    """Say that whoever calls a panel together does not sit on it: he closes it, and lets go."""
    if leader is not None and leader in asked:
        words = _("召集人不能坐进自己召集的评审组，换人，或由别人召集")
        yield Problem("panels.leads", words, "members")


def declaring_problems(state: str, conflict: str) -> Iterator[Problem]:
    """Say why a declaration is not taken."""
    if conflict not in Conflict.values:
        yield Problem("panels.no_declaration", _("选一项：有没有利害关系"), "conflict")
    if state == MemberState.IN:
        words = _("已经提交，不能再声明。有利害关系的，由召集人移出后重新安排")
        yield Problem("panels.declared_late", words, "conflict")
    if state == MemberState.ASIDE and conflict == Conflict.NONE:
        words = _("已经声明回避，不能改成没有利害关系。要改的，由召集人另行安排")
        yield Problem("panels.aside", words, "conflict")


def judging_problems(panel: str, member: str) -> Iterator[Problem]:
    """Say why a member cannot score or vote now."""
    if panel != PanelState.OPEN:
        yield Problem("panels.closed", _("评审已经结束，不能再评"))
    elif member == MemberState.ASKED:
        yield Problem("panels.undeclared", _("先声明有没有利害关系，再评"))
    elif member in {MemberState.ASIDE, MemberState.RELEASED}:
        yield Problem("panels.aside", _("你已回避这次评审，不能评"))
    elif member == MemberState.IN:
        yield Problem("panels.in", _("已经提交，不能再改"))


def voting_problems(vote: str, reason: str) -> Iterator[Problem]:
    """Say what stands against a vote: against a proposal it owes a reason."""
    if vote not in Vote.values:
        yield Problem("panels.no_vote", _("选一项：同意、不同意或弃权"), "vote")
    if vote == Vote.AGAINST and not reason.strip():
        yield Problem("panels.no_reason", _("不同意的，写明理由"), "reason")
    yield from text_problems(reason)


def text_problems(reason: str) -> Iterator[Problem]:
    """Name the numbers of a person's papers or cards in a reason."""
    words = _("理由里有%(kind)s（%(shown)s）。这里不存个人的证件号和卡号，删去再提交")
    for each in numbers_in(reason):
        if each.blocked:
            facts = {"kind": NAMES[each.kind], "shown": each.masked}
            yield Problem("panels.number", words % facts, "reason")


def closing_problems(averaging: str, waiting: Collection[str], handed_in: int) -> Iterator[Problem]:
    """Say why scores cannot be put together yet: somebody has not handed in, or too few have.

    `waiting` are the names of those who are still to judge.
    """
    if waiting:
        words = _("还有 %(count)s 人没有提交：%(names)s。等他们提交，或移出后再汇总")
        told = {"count": len(waiting), "names": listed(list(waiting)[:5])}
        yield Problem("panels.waiting", words % told)
    needed = LEAST[Averaging(averaging)]
    if handed_in < needed:
        words = _("只有 %(count)s 人提交，按“%(policy)s”至少要 %(needed)s 人。再邀请专家")
        told = {"count": handed_in, "needed": needed, "policy": Averaging(averaging).label}
        yield Problem("panels.too_few_in", words % told)


def counting_problems(found: Tally) -> Iterator[Problem]:
    """Say why votes cannot be counted yet: too few have voted."""
    if not found.quorate:
        words = _("全体 %(members)s 人，投票 %(cast)s 人，要 %(needed)s 人投票才有效")
        told = {"members": found.members, "cast": found.cast, "needed": found.needed_to_vote}
        yield Problem("panels.no_quorum", words % told)
