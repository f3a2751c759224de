"""What an account has to do before anything else is open to it."""

from django.http import HttpRequest

from . import second_factor
from .passwords import password_is_old

ON_THE_WAY = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "desk:display",
        "desk:language",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
    }
)
"""The routes that stay open meanwhile: setting up, signing out, language, size of text."""


def first_of_all(request: HttpRequest, name: str) -> str | None:
    """Return the name of the route to which this account must go first, if there is one."""
    if name in ON_THE_WAY:
        return None
    if second_factor.is_asked_of(request.user) and not second_factor.shown(request):
        return "mfa_reauthenticate" if second_factor.has_one(request.user) else "mfa_index"
    if name != "account_change_password" and password_is_old(request.user):
        return "account_change_password"
    return None
