"""Opening accounts, changing what is known of them, and taking them out of use."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from tongxin.accounts.choices import Power
from tongxin.accounts.models import Account, Office
from tongxin.accounts.permissions import holds, is_peer, may_keep
from tongxin.accounts.queries import is_taken, place_of
from tongxin.accounts.rules import account_problems, reason_problems, username_problems
from tongxin.core.errors import NotYours, Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record, unchanged


@action
def open_account(  # noqa: PLR0913  an account has five facts
    *,
    by: Any,
    username: str,
    display_name: str,
    password: str | None = None,
    email: str = "",
    office: Office | None = None,
) -> Account:
    """Open an account. Its password is hashed and stands nowhere else; its address in no entry.

    Raises NotYours, or Refused for a user name that is taken: by whom stays unsaid.
    """
    if by is not None and (office is None or not holds(by, Power.ACCOUNTS, office.division_id)):
        raise NotYours
    problems = list(username_problems(username))
    if not problems and is_taken(username):
        problems = [_taken(username)]
    refuse_if([*problems, *_closed(office)])
    try:
        with transaction.atomic():
            account = Account.objects.create_user(
                username, password, display_name=display_name, email=email, office=office
            )
    except IntegrityError:
        # Somebody opened it in the same moment; the constraint has decided.
        refuse_if([_taken(username)])
        raise
    after = {"username": username, "display_name": display_name}
    if office is not None:
        after["office"] = office.name
    record(by, "accounts.opened", account, after=after, place=place_of(account))
    return account


@action
def change_account(
    account: Account, *, by: Any, display_name: str, email: str, office: Office
) -> Account:
    """Change the name shown, the address, and the office that keeps an account.

    Raises NotYours unless both offices lie in the administrator's territory, and Refused where the
    address would lead him into a peer's account. The entry says that the address has changed, not
    to what.
    """
    account = locked(account)
    if by is not None:
        if not (may_keep(by, account) and holds(by, Power.ACCOUNTS, office.division_id)):
            raise NotYours
        if email != account.email:
            refuse_if(_addressed(by, account))
    if office.pk != account.office_id:
        refuse_if(_closed(office))
    old = {"display_name": account.display_name, "office": str(account.office or "")}
    new = {"display_name": display_name, "office": str(office)}
    differ = [
        name
        for name in new
        if old[name] != new[name] or (name == "office" and office.pk != account.office_id)
    ]
    if not differ and email == account.email:
        unchanged()
        return account
    address_changed = email != account.email
    account.display_name, account.email, account.office = display_name, email, office
    account.save(update_fields=["display_name", "email", "office"])
    record(
        by,
        "accounts.changed",
        account,
        before={name: old[name] for name in differ},
        after={name: new[name] for name in differ},
        place=place_of(account),
        address_changed=address_changed,
    )
    return account


@action
def deactivate(account: Account, *, by: Any, reason: str) -> Account:
    """Take an account out of use: its sessions and its open invitation end at once.

    Its postings stay as they are, for the security administrator to end. Raises NotYours, or
    Refused for one's own account and without a reason.
    """
    account = _locked_for(by, account)
    refuse_if(reason_problems(reason))
    if not account.is_active:
        unchanged()
        return account
    account.is_active = False
    account.save(update_fields=["is_active"])
    now = timezone.now()
    account.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    end_sessions(account)
    _record_state(account, by, "deactivated", reason)
    return account


@action
def reactivate(account: Account, *, by: Any, reason: str) -> Account:
    """Bring an account back into use, with the password it had and the postings that still hold.

    Raises NotYours, or Refused without a reason.
    """
    account = _locked_for(by, account)
    refuse_if([*reason_problems(reason), *_closed(account.office)])
    if account.is_active:
        unchanged()
        return account
    account.is_active = True
    account.save(update_fields=["is_active"])
    end_sessions(account)
    _record_state(account, by, "reactivated", reason)
    return account


def end_sessions(account: Account) -> None:
    """End every session of an account whose rights change; called within the change's action."""
    Account.objects.filter(pk=account.pk).update(rights_version=F("rights_version") + 1)


def locked(account: Account) -> Account:
    """Read an account again and keep it from others until the action is over."""
    return (
        Account.objects.select_for_update(of=("self",)).select_related("office").get(pk=account.pk)
    )


def _locked_for(by: Any, account: Account) -> Account:
    account = locked(account)
    if by is not None:
        if not may_keep(by, account):
            raise NotYours
        refuse_if(account_problems(own=by.pk == account.pk, peer=False))
    return account


def _record_state(account: Account, by: Any, verb: str, reason: str) -> None:
    was = not account.is_active
    record(
        by,
        f"accounts.{verb}",
        account,
        before={"is_active": was},
        after={"is_active": account.is_active},
        place=place_of(account),
        reason=reason,
        personal=("reason",),
    )


def _addressed(by: Any, account: Account) -> list[Problem]:
    """Say why an account's address is not this administrator's to set."""
    found = account_problems(own=by.pk == account.pk, peer=is_peer(by, account))
    return [Problem(each.code, each.message, "email") for each in found]


def _taken(username: str) -> Problem:
    words = _("用户名“%(name)s”已经有人用了。换一个") % {"name": username}
    return Problem("accounts.taken", words, "username")


def _closed(office: Office | None) -> list[Problem]:
    if office is None or office.closed_on is None:
        return []
    words = _("“%(name)s”已关闭。选别的单位，或先恢复这个单位") % {"name": office}
    return [Problem("offices.closed", words, "office")]
