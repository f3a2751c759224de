"""How allauth behaves in this house: nobody signs up by himself."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are opened by an administrator; what goes wrong is said in the house's words."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("现在的密码不对。再输一次"),
        "incorrect_password": _("密码不对。再输一次"),
        "too_many_login_attempts": _("登录试得太多。过几分钟再登录"),
        "username_password_mismatch": _("用户名或密码不对。核对后再登录"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Sign-up is closed."""
        return False
