"""Consents that hold, and what was erased."""

import datetime as dt
import uuid
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from tongxin.accounts.models import Account, Posting
from tongxin.journal.models import PersonalValue

from .models import Consent, Erasure, Participant

NAMELESS = "former-"


def live(on: dt.date) -> Q:
    """Return the condition that a consent holds on a day."""
    return Q(ended_at__isnull=True, expires_on__gt=on)


def run_out(on: dt.date) -> QuerySet[Consent]:
    """Return the consents that have expired by a day and were not ended yet."""
    return Consent.objects.filter(ended_at__isnull=True, expires_on__lte=on).order_by("pk")


def without_consent() -> QuerySet[Participant]:
    """Return participants to whom no consent leads; there are none."""
    return Participant.objects.filter(consent__isnull=True)


def is_posted(account: Account, on: dt.date) -> bool:
    """Whether an account has a posting that holds on a day, or begins later."""
    held = Posting.objects.filter(Q(until__isnull=True) | Q(until__gt=on), account=account)
    return held.exists()


def key_of(account: Account) -> str:
    """Return the key of an account in the list of erasures: its number, and when it was opened.

    The moment tells it from another account that gets the same number after a copy is brought back.
    """
    return f"{account.pk}@{account.date_joined.isoformat()}"


def accounts_of(keys: set[str]) -> list[Account]:
    """Return the accounts with these keys that still have a name."""
    numbers = [int(key.partition("@")[0]) for key in keys if key.partition("@")[0].isdecimal()]
    rows = Account.objects.filter(pk__in=numbers).exclude(username__startswith=NAMELESS)
    return [account for account in rows.order_by("pk") if key_of(account) in keys]


def links_to_accounts() -> list[Any]:
    """Return every link of a table to an account, those without a way back among them."""
    fields = Account._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, models.ManyToOneRel)]


def belongings(account: Account) -> list[QuerySet[Any]]:
    """Return the rows that are nothing without the account: addresses, devices, sessions, keys."""
    return [
        link.related_model._default_manager.filter(**{link.field.name: account})
        for link in links_to_accounts()
        if link.on_delete is models.CASCADE
    ]


def names_in_journal(account: Account, names: set[str]) -> list[int]:
    """Return the personal values by which the journal calls an account in entries on its postings.

    Postings that were taken back are no rows any more; their entries are known by the name.
    """
    held = set(Posting.objects.filter(account=account).values_list("pk", flat=True))
    there = set(Posting.objects.values_list("pk", flat=True))
    rows = PersonalValue.objects.filter(
        entry__subject_type__in=("accounts.posting", "organisations.representative")
    ).values_list("pk", "entry__subject_type", "entry__subject_id", "value")
    return [
        number
        for number, kind, subject, value in rows
        if (kind == "accounts.posting" and subject in held)
        or (
            (kind != "accounts.posting" or subject not in there)
            and any(str(value).startswith(name) for name in names)
        )
    ]


def known_keys() -> set[tuple[str, str]]:
    """Return what the database knows to be erased."""
    return set(Erasure.objects.values_list("subject", "key"))


def participants_of(keys: set[str]) -> QuerySet[Consent]:
    """Return the live consents of the participants with these keys."""
    wanted = [key for key in keys if _is_key(key)]
    return Consent.objects.filter(participant__key__in=wanted, ended_at__isnull=True).order_by("pk")


def _is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def names_of(account: Account) -> set[str]:
    """Return every name under which the journal may know an account."""
    rows = PersonalValue.objects.filter(
        entry__subject_type=Account._meta.label_lower, entry__subject_id=account.pk
    ).exclude(field__in=("email", "address"))
    kept = {str(value) for value in rows.values_list("value", flat=True)}
    return {name for name in kept | {account.username, account.display_name} if name}
