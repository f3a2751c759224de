"""What happens at the door and leaves an entry in the journal."""

from collections.abc import Collection
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from tongxin.core.errors import NotYours
from tongxin.journal.actions import action, record, unchanged

from .models import Account, Lock, SignIn
from .permissions import may_let_in
from .queries import place_of


@action
def note_factor(account: Account, verb: str, kind: str) -> None:
    """Put on record that an account set, replaced or removed a way to sign in."""
    record(account, f"accounts.{verb}", account, after={"kind": kind}, place=place_of(account))


@action
def note_password(account: Account, *, keep: str | None) -> None:
    """Put on record that an account has a new password; its other sessions are gone."""
    gone = _end(SignIn.objects.filter(account=account).exclude(session_key=keep))
    after = {"sessions_ended": gone}
    record(account, "accounts.password_changed", account, after=after, place=place_of(account))


@action
def end_sign_ins(account: Account, keys: Collection[str]) -> int:
    """End some sessions of one's own account."""
    gone = _end(SignIn.objects.filter(account=account, session_key__in=keys))
    if gone:
        after = {"sessions_ended": gone}
        record(account, "accounts.sessions_ended", account, after=after, place=place_of(account))
    else:
        unchanged()
    return gone


@action
def note_connection(account: Account) -> None:
    """Put on record that the identity provider now signs in to an account."""
    record(account, "accounts.connected", account, place=place_of(account))


@action
def disconnect(account: Account) -> None:
    """Let the identity provider no longer sign in to one's own account."""
    gone, _tables = SocialAccount.objects.filter(user=account).delete()
    if gone:
        record(account, "accounts.disconnected", account, place=place_of(account))
    else:
        unchanged()


@action
def unlock(lock: Lock, *, by: Any) -> Account:
    """Let an account in again before its time. Raises NotYours outside the granter's territory."""
    lock = Lock.objects.select_for_update(of=("self",)).select_related("account").get(pk=lock.pk)
    account = lock.account
    if account is None or not may_let_in(by, account):
        raise NotYours
    before = {"failures": lock.failures, "until": lock.until}
    record(by, "accounts.unlocked", account, before=before, place=place_of(account))
    lock.delete()
    return account


@action
def forget_factors(account: Account, *, by: Any, reason: str) -> int:
    """Take away every second factor of an account whose holder has lost them all.

    The next sign-in sets a new one. All sessions end. Raises NotYours outside the territory.
    """
    if by is not None and not may_let_in(by, account):
        raise NotYours
    Account.objects.select_for_update().get(pk=account.pk)
    factors, _tables = Authenticator.objects.filter(user=account).delete()
    _end(SignIn.objects.filter(account=account))
    facts = {"factors": factors, "reason": reason}
    record(by, "accounts.factors_forgotten", account, place=place_of(account), **facts)
    return factors


def _end(rows: Any) -> int:
    gone, _tables = rows.delete()
    return int(gone)
