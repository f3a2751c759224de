"""What the house does when allauth says that something happened at the door."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as factors
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from . import door_actions, second_factor, sessions
from .devices import device_of
from .locking import forget_failures
from .models import Account
from .single_sign_on import forget_what_was_told


@receiver(user_logged_in)
def came_in(*, request: HttpRequest, user: Account, **_: Any) -> None:
    """Start the clocks of the session, and forget the failures of the name."""
    sessions.begin(request.session, device_of(request.META.get("HTTP_USER_AGENT", "")))
    forget_failures(user.username)


@receiver(password_changed)
def password_new(*, request: HttpRequest, user: Account, **_: Any) -> None:
    """Say in the journal that the password is a new one; what was open elsewhere has ended."""
    door_actions.note_password(user, keep=request.session.session_key)


@receiver(social_account_added)
def connected(*, sociallogin: Any, **_: Any) -> None:
    """Say in the journal that an account is connected with the provider."""
    door_actions.note_connection(sociallogin.user)


pre_save.connect(forget_what_was_told, sender=SocialAccount)


@receiver(factors.authenticator_added)
def factor_added(*, request: HttpRequest, user: Account, authenticator: Any, **_: Any) -> None:
    """Setting up a factor has shown it; the session goes on under a new key."""
    kind = str(authenticator.type)
    door_actions.note_factor(user, "factor_set", kind)
    if kind in second_factor.PROVES:
        second_factor.count_as_shown(request, user, kind)
        request.session.cycle_key()


@receiver(factors.authenticator_reset)
def factor_replaced(*, user: Account, authenticator: Any, **_: Any) -> None:
    """Say in the journal that the recovery codes are new ones."""
    door_actions.note_factor(user, "factor_replaced", str(authenticator.type))


@receiver(factors.authenticator_removed)
def factor_removed(*, user: Account, authenticator: Any, **_: Any) -> None:
    """Say in the journal that a factor is gone."""
    door_actions.note_factor(user, "factor_removed", str(authenticator.type))


@receiver(factors.authenticator_used)
def factor_used(*, request: HttpRequest, **_: Any) -> None:
    """What a stranger may have known of the session before this step is worth nothing after it."""
    request.session.cycle_key()
