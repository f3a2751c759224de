"""How allauth behaves in this house: nobody signs up by himself."""

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tongxin.core.redirects import is_own_path

from .locking import address_of
from .second_factor import FACTOR

FRESH = {"password", "socialaccount", FACTOR}
FRESH_FOR = 300
"""For so many seconds, what was shown need not be shown again."""
WAYS = {
    "reauthenticate": _("用密码"),
    "mfa_reauthenticate": _("用验证码"),
    "mfa_reauthenticate:webauthn": _("用通行密钥"),
}


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are opened by an administrator; what goes wrong is said in the house's words."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("现在的密码不对。再输一次"),
        "incorrect_password": _("密码不对。再输一次"),
        "too_many_login_attempts": _("登录试得太多。过几分钟再登录"),
        "username_password_mismatch": _(
            "没有登录成：用户名或密码不对，或者试得太多，暂时锁定了。核对后再登录；还不行，"
            "过 30 分钟再试，或找安全管理员解锁"
        ),
    }

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Whether to ask again: not of somebody who showed password or factor a moment ago."""
        request = context.request
        records = get_authentication_records(request, request.user)
        shown = [each["at"] for each in records if each.get("method") in FRESH]
        return not shown or time.time() - shown[-1] >= FRESH_FOR

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to confirm oneself, in the house's words."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS[way["id"]]} for way in ways]

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that rate limits go by; headers are not believed unless the house says so."""
        return address_of(request.META)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent there after signing in or out."""
        return is_own_path(url or "")

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Sign-up is closed."""
        return False
