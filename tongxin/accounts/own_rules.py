"""What must hold of a name and an address that somebody gives of himself."""

from collections.abc import Iterator

from tongxin.core.errors import Problem
from tongxin.core.numbers_of_people import NAMES, numbers_in
from tongxin.core.words import gettext as _


def own_problems(*, display_name: str, email: str) -> Iterator[Problem]:
    """Say what is wrong with a name shown to others, or with an address."""
    for field, label, text in (
        ("display_name", _("显示名"), display_name),
        ("email", _("邮箱"), email),
    ):
        for found in numbers_in(text):
            if found.blocked or field == "display_name":
                words = _("%(label)s里有%(kind)s（%(shown)s），删去再提交")
                facts = {"label": label, "kind": NAMES[found.kind], "shown": found.masked}
                yield Problem("accounts.number", words % facts, field)
