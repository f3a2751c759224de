"""Who shows a personal token: the account for which a program asks, or nobody."""

import logging

from django.http import HttpRequest
from django.utils import timezone

from . import second_factor
from .choices import TokenState
from .locking import address_of
from .models import Token
from .passwords import password_is_old
from .token_actions import digest_of, state_of

logger = logging.getLogger("tongxin.security")


def bearer_of(request: HttpRequest, secret: str) -> Token | None:
    """Return the token to which a secret belongs, with its account; None if it opens nothing.

    Unknown, ended, expired, of an account that is closed or owes something at the door: one answer.
    Guessing is not counted: a secret has 256 random bits, and a lock by address would shut the
    people of an office out for a script that goes on with an old token.
    """
    rows = Token.objects.filter(digest=digest_of(secret), revoked_at=None)
    token = rows.select_related("account").first()
    if token is None or not _opens(token):
        whose = "an unknown one" if token is None else f"of account {token.account_id}"
        logger.warning("token refused: %s from %s", whose, address_of(request.META))
        return None
    _note_use(token)
    return token


def _opens(token: Token) -> bool:
    """Whether a token is worth what a session of its account would be."""
    account = token.account
    if not account.is_active or state_of(token) != TokenState.VALID or password_is_old(account):
        return False
    # A posting that asks for a second factor may have begun since the token was made without one.
    return token.second_factor or not second_factor.is_asked_of(account)


def _note_use(token: Token) -> None:
    """Remember the day, once a day."""
    today = timezone.localdate()
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
