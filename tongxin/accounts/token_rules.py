"""What must hold of a personal token. Words and numbers in, answers out."""

from collections.abc import Iterator

from tongxin.core.errors import Problem
from tongxin.core.numbers_of_people import NAMES, numbers_in
from tongxin.core.words import gettext as _

MOST = 10
"""So many valid tokens may an account have."""
LONGEST = 180
"""So many days may a token last."""


def token_problems(name: str, days: int, *, held: int) -> Iterator[Problem]:
    """Say what stands against a token; `held` are the valid ones that its account has already."""
    if not name.strip():
        yield Problem("tokens.no_name", _("写一句用途，例如“月报脚本”"), "name")
    words = _("用途里有%(kind)s（%(shown)s），删去再提交")
    for found in numbers_in(name):
        facts = {"kind": NAMES[found.kind], "shown": found.masked}
        yield Problem("tokens.number", words % facts, "name")
    if not 1 <= days <= LONGEST:
        words = _("有效期是 1 到 %(most)d 天，现在是 %(days)d 天")
        yield Problem("tokens.days", words % {"most": LONGEST, "days": days}, "days")
    if held >= MOST:
        words = _("已有 %(count)d 个有效的令牌，最多 %(most)d 个。先停用一个不再用的")
        yield Problem("tokens.many", words % {"count": held, "most": MOST})
