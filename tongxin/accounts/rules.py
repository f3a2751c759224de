"""What a role allows, who may give it, and when. Words and dates in, answers out."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from tongxin.core.dates import Span
from tongxin.core.errors import Problem
from tongxin.core.numbers_of_people import NAMES, numbers_in
from tongxin.core.words import gettext as _

from .choices import Power, Role

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
NEEDS_SECOND_FACTOR = ADMINISTRATORS | {Role.COORDINATOR, Role.AUDITOR, Role.EXPERT}
POWERS: dict[str, frozenset[str]] = {
    Role.COORDINATOR: frozenset(
        {
            Power.VIEW,
            Power.RESTRICTED,
            Power.EDIT,
            Power.ACCEPT,
            Power.DECLARE,
            Power.STANDARDS,
            Power.BRIEF,
        }
    ),
    Role.CLERK: frozenset({Power.VIEW, Power.EDIT}),
    Role.AUDITOR: frozenset({Power.VIEW, Power.RESTRICTED, Power.BRIEF, Power.JOURNAL}),
    Role.ORGANISATION: frozenset({Power.PUBLIC}),
    Role.EXPERT: frozenset({Power.PUBLIC}),
    Role.SYSTEM_ADMIN: frozenset({Power.OFFICES, Power.ACCOUNTS, Power.CALENDAR}),
    Role.SECURITY_ADMIN: frozenset({Power.POSTINGS}),
    Role.AUDIT_ADMIN: frozenset({Power.JOURNAL}),
}
UNUSED_AFTER = dt.timedelta(days=90)
INVITED_FOR = dt.timedelta(days=7)
USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")


def powers_of(role: str) -> frozenset[str]:
    """Return what a role allows; an unknown role allows nothing."""
    return POWERS.get(role, frozenset())


def roles_with(power: str) -> list[str]:
    """Return the roles that allow something."""
    return [role for role, powers in POWERS.items() if power in powers]


def posting_problems(
    role: str, span: Span, others_here: Iterable[Span], other_roles: Iterable[str]
) -> Iterator[Problem]:
    """Say what stands against a posting.

    `others_here` are the days of the account's other postings in the same office; `other_roles`
    the roles it holds anywhere during `span`. Separated administrators: GB/T 22239-2019, 8.1.4.
    """
    if not span:
        yield Problem("postings.order", _("结束日期要晚于开始日期"), "until")
        return
    for other in others_here:
        if span.meet(other):
            yield Problem("postings.overlap", _overlap(other), "since")
            break
    held = set(other_roles)
    if (role in ADMINISTRATORS and held) or (held & ADMINISTRATORS):
        yield Problem(
            "postings.separation",
            _("系统、安全、审计三种管理员要由不同的人担任，也不能兼任其他角色。换一个账号"),
            "role",
        )


def grant_problems(role: str, *, own: bool, from_above: bool) -> Iterator[Problem]:
    """Say why an account may not give, correct or end a posting in a role.

    `own` says that the posting is the account's own, `from_above` that it works for a division
    strictly above the posting's. Nobody changes his own grants; and no administrator makes or
    unmakes another one at his side, so that three of them stay three.
    """
    if own:
        yield Problem(
            "postings.own",
            _("自己的任职不能自己办。找别的安全管理员，或上一级安全管理员"),
            "account",
        )
    elif role in ADMINISTRATORS and not from_above:
        yield Problem(
            "postings.peer",
            _("系统、安全、审计管理员由上一级的安全管理员任命。最高一级由运维人员用命令任命"),
            "role",
        )


def username_problems(username: str) -> Iterator[Problem]:
    """Say what stands against a user name: it is typed on every keyboard, and said on the phone."""
    if not USERNAME.fullmatch(username):
        words = _("用户名“%(name)s”要改：2 到 60 个字符，小写字母开头，只用小写字母、数字和 . _ -")
        yield Problem("accounts.username", words % {"name": username}, "username")


def account_problems(*, own: bool, peer: bool) -> Iterator[Problem]:
    """Say why an administrator may not lead somebody into an account: by a link or by its address.

    `own` says that it is the administrator's own account; `peer` that it belongs to another
    administrator who is not strictly below. Whoever could set a peer's password could be him.
    """
    if own:
        yield Problem("accounts.own", _("自己的账号由别的系统管理员办。自己的密码在“改密码”里改"))
    elif peer:
        yield Problem(
            "accounts.peer",
            _("这是同级或上级管理员的账号，由上一级系统管理员或运维人员办"),
        )


def reason_problems(reason: str) -> Iterator[Problem]:
    """Say what stands against a reason: the journal keeps it for good, and no numbers of people."""
    if not reason.strip():
        yield Problem("accounts.no_reason", _("写一句原因"), "reason")
    words = _("原因里有%(kind)s（%(shown)s）。这里不存个人的证件号和卡号，删去再提交")
    for each in numbers_in(reason):
        if each.blocked:
            facts = {"kind": NAMES[each.kind], "shown": each.masked}
            yield Problem("accounts.number", words % facts, "reason")


def unused_from(last_used: dt.date) -> dt.date:
    """Return the day from which an account counts as unused."""
    return last_used + UNUSED_AFTER


def office_closing_problems(
    on: dt.date, today: dt.date, *, postings: int, accounts: int
) -> Iterator[Problem]:
    """Say why an office cannot close on a day.

    `postings` are those that hold on that day or later; `accounts` the active ones it keeps.
    """
    if on > today:
        words = _("关闭日期不能晚于今天（%(today)s）")
        yield Problem("offices.future", words % {"today": today.isoformat()}, "on")
    if postings:
        words = _("还有 %(count)d 段任职到那天没有结束。先由安全管理员结束，再关闭单位")
        yield Problem("offices.postings", words % {"count": postings}, "on")
    if accounts:
        words = _("还有 %(count)d 个启用的账号归这个单位管。先改到别的单位或停用，再关闭单位")
        yield Problem("offices.accounts", words % {"count": accounts})


def _overlap(other: Span) -> str:
    since = _day(other.since) or _("最早")
    if other.until is None:
        return _("这个账号从 %(since)s 起已在这个单位任职。先结束那一段，或改开始日期") % {
            "since": since
        }
    return _(
        "这个账号 %(since)s 到 %(until)s 已在这个单位任职。改成 %(until)s 以后开始，或换一个单位"
    ) % {"since": since, "until": _day(other.until)}


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
