"""Invitations: a link by which the holder of an account sets its password, once."""

import secrets
from typing import Any

from django.utils import timezone

from tongxin.accounts.models import Account, Invitation
from tongxin.accounts.permissions import is_peer, may_keep
from tongxin.accounts.queries import digest_of, invitation_of, link_token, place_of
from tongxin.accounts.rules import INVITED_FOR, account_problems
from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record, unchanged

from .accounts import end_sessions, locked


@action
def invite(account: Account, *, by: Any) -> str:
    """Make an invitation and return what its link carries; it is kept nowhere and told once.

    One that was still open is revoked. Raises NotYours, and Refused for an account out of use, for
    one's own, and for a peer's that already has a password.
    """
    account = locked(account)
    if by is not None:
        if not may_keep(by, account):
            raise NotYours
        peer = account.has_usable_password() and is_peer(by, account)
        refuse_if(account_problems(own=by.pk == account.pk, peer=peer))
    if not account.is_active:
        words = _("账号“%(name)s”已停用。先恢复启用，再发邀请") % {"name": account.username}
        raise Refused(Problem("accounts.deactivated", words))
    now, secret = timezone.now(), secrets.token_urlsafe(24)
    account.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    made = Invitation.objects.create(
        account=account, digest=digest_of(secret), made_at=now, expires_at=now + INVITED_FOR
    )
    until = made.expires_at.isoformat(timespec="minutes")
    record(by, "accounts.invited", account, place=place_of(account), until=until)
    return link_token(made, secret)


@action
def revoke_invitation(account: Account, *, by: Any) -> None:
    """Make an account's open invitation worthless. Raises NotYours."""
    account = locked(account)
    if by is not None and not may_keep(by, account):
        raise NotYours
    open_ones = account.invitations.filter(accepted_at=None, revoked_at=None)
    if not open_ones.update(revoked_at=timezone.now()):
        unchanged()
        return
    record(by, "accounts.invitation_revoked", account, place=place_of(account))


@action
def accept_invitation(token: str, *, password: str) -> Account:
    """Set the password of the account to which a link belongs; the link is worth nothing then.

    Sessions under another password end. Raises NotYours for a link that is not, or no longer, one.
    """
    found = invitation_of(token)
    if found is None:
        raise NotYours
    account = locked(found.account)
    # Two who hold the link came at once: the second finds it used.
    now = timezone.now()
    still = Invitation.objects.filter(pk=found.pk, accepted_at=None, revoked_at=None)
    if not account.is_active or not still.update(accepted_at=now):
        raise NotYours
    account.set_password(password)
    account.save(update_fields=["password", "password_set_at"])
    end_sessions(account)
    record(account, "accounts.accepted", account, place=place_of(account))
    return account
