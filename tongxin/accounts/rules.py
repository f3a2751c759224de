"""What a role allows, and when a posting may be given. Words and dates in, answers out."""

import datetime as dt
from collections.abc import Iterable, Iterator

from tongxin.core.dates import Span
from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

from .choices import Power, Role

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
POWERS: dict[str, frozenset[str]] = {
    Role.COORDINATOR: frozenset({Power.VIEW, Power.EDIT, Power.DECLARE, Power.BRIEF}),
    Role.CLERK: frozenset({Power.VIEW, Power.EDIT}),
    Role.AUDITOR: frozenset({Power.VIEW, Power.BRIEF, Power.JOURNAL}),
    Role.ORGANISATION: frozenset(),
    Role.EXPERT: frozenset(),
    Role.SYSTEM_ADMIN: frozenset({Power.OFFICES}),
    Role.SECURITY_ADMIN: frozenset({Power.POSTINGS}),
    Role.AUDIT_ADMIN: frozenset({Power.JOURNAL}),
}


def powers_of(role: str) -> frozenset[str]:
    """Return what a role allows; an unknown role allows nothing."""
    return POWERS.get(role, frozenset())


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
