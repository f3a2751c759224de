"""What a password must be, said with its remedy; and when it has become old.

Length is asked for, and that nobody would guess it. Which characters it is made of is free.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

SHORTEST = 12
OF_THE_HOUSE = ("tongxin", "nantong", "nantongshi", "tongzhan", "tongzhanbu", "woaizhongguo")
"""Words that stand in every office's first guess; digits and marks around them hide nothing."""


class LongEnough:
    """A password of a dozen characters, of whatever kind."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Refuse a short password."""
        if len(password) < SHORTEST:
            message = _(
                "密码至少 %(least)s 个字符，现在 %(now)s 个。加长，例如用自己记得住的一句话"
            )
            raise ValidationError(
                message % {"least": SHORTEST, "now": len(password)}, "password_too_short"
            )

    def get_help_text(self) -> str:
        """Say the rule before it is broken."""
        return _("至少 %(least)s 个字符，可以是一句话") % {"least": SHORTEST}


class NotCommon(CommonPasswordValidator):
    """None of the passwords that everybody tries first, nor the house's own name with numbers."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Refuse a password that stands on the list."""
        plain = password.lower().strip()
        core = plain.strip("0123456789!@#$%^&*()_+-=.,?~ ")
        if plain in self.passwords or core in self.passwords or core in OF_THE_HOUSE:
            raise ValidationError(
                _("这个密码很多人在用，容易被猜到。换一句只有自己会想到的话"), "password_too_common"
            )

    def get_help_text(self) -> str:
        """Say the rule before it is broken."""
        return _("不用常见的密码")


class NotOneself(UserAttributeSimilarityValidator):
    """Nothing like one's own name, in characters or as it sounds."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password made of the account's names."""
        if user is None:
            return
        named = [user.username, user.display_name, user.email.partition("@")[0]]
        named.append("".join(lazy_pinyin(user.display_name)))
        names = {name.lower() for name in named if len(name) > 3}  # noqa: PLR2004  "li" is no clue
        plain = password.lower()
        if any(_alike(plain, name) for name in names):
            raise ValidationError(
                _("密码和用户名或姓名太像，容易被猜到。换一句和自己名字无关的话"),
                "password_too_similar",
            )

    def get_help_text(self) -> str:
        """Say the rule before it is broken."""
        return _("不和用户名、姓名相像")


def _alike(password: str, name: str) -> bool:
    """Whether a name makes up most of a password, forwards or backwards."""
    rest = min(len(password.replace(each, "")) for each in (name, name[::-1]))
    return rest < SHORTEST // 2 or rest < len(password) // 3


def password_is_old(account: Any) -> bool:
    """Whether a password has to be replaced: only where the operator asks for it."""
    if not settings.PASSWORD_DAYS or not account.has_usable_password():
        return False
    since = account.password_set_at or account.date_joined
    age: dt.timedelta = timezone.now() - since
    return age >= dt.timedelta(days=settings.PASSWORD_DAYS)
