"""Making a personal token, and ending one."""

import datetime as dt
import hashlib
import secrets

from django.utils import timezone

from tongxin.core.errors import NotYours, refuse_if
from tongxin.journal.actions import action, record, unchanged

from .choices import TokenState
from .models import Account, Token
from .queries import place_of
from .token_rules import token_problems

PREFIX = "tongxin_"
"""By it people, and programs that look for leaked secrets, know what they see."""


@action
def make_token(
    account: Account, *, name: str, scope: str, days: int, second_factor: bool
) -> tuple[Token, str]:
    """Make a token for one's own account; return it with its secret, which is kept nowhere.

    Raises Refused with every problem found.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    held = sum(state_of(each) == TokenState.VALID for each in tokens_of(account))
    refuse_if(token_problems(name, days, held=held))
    secret = PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    token = Token.objects.create(
        account=account,
        name=name.strip(),
        digest=digest_of(secret),
        scope=scope,
        second_factor=second_factor,
        bound=account.get_session_auth_hash(),
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    after = {"token": token.name, "scope": scope, "until": timezone.localdate(token.expires_at)}
    place = place_of(account)
    record(account, "accounts.token_made", account, after=after, place=place, personal=("token",))
    return token, secret


@action
def end_token(token: Token, *, by: Account) -> Token:
    """End a token of one's own before its time. Raises NotYours."""
    token = Token.objects.select_for_update(of=("self",)).select_related("account").get(pk=token.pk)
    if token.account_id != by.pk:
        raise NotYours
    if token.revoked_at is not None:
        unchanged()
        return token
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    after, place = {"token": token.name}, place_of(by)
    record(by, "accounts.token_ended", by, after=after, place=place, personal=("token",))
    return token


def tokens_of(account: Account) -> list[Token]:
    """Return the tokens of an account that it has not ended, the newest first. One query."""
    rows = Token.objects.filter(account=account, revoked_at=None)
    return list(rows.select_related("account"))


def state_of(token: Token) -> TokenState:
    """Return how a token stands now that its owner has not ended."""
    if token.expires_at <= timezone.now():
        return TokenState.EXPIRED
    # The same tie that ends sessions: another password, other rights, an account deactivated.
    if token.bound != token.account.get_session_auth_hash():
        return TokenState.OVER
    return TokenState.VALID


def digest_of(secret: str) -> str:
    """Return what is kept of a secret. It is random and long: one plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
