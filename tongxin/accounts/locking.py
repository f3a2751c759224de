"""Lock-out: failures are counted against a name and against an address, before they are judged.

An attempt is counted first and given back when it was right: so a hundred at once are a hundred,
and not one. Names and addresses are kept as marks that only this installation can make.
"""

import datetime as dt

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tongxin.journal.actions import action, record, unchanged

from .models import Account, Lock, Posting

WINDOW = dt.timedelta(minutes=30)
"""So long is a failure remembered, and so long does a lock hold."""
TRIES_OF_A_NAME = 5
TRIES_OF_AN_ADDRESS = 50


def mark_of_name(name: str) -> str:
    """Return the mark under which failures of a user name are counted."""
    return salted_hmac("tongxin.lock.name", name, algorithm="sha256").hexdigest()


def mark_of_address(address: str) -> str:
    """Return the mark under which failures from an address are counted."""
    return salted_hmac("tongxin.lock.address", address, algorithm="sha256").hexdigest()


def knock(name: str, address: str) -> bool:
    """Count an attempt; return whether it may be judged.

    From a locked address nothing is counted against names, so that it locks nobody out.
    """
    return _count(mark_of_address(address), TRIES_OF_AN_ADDRESS, "") and _count(
        mark_of_name(name), TRIES_OF_A_NAME, name
    )


def give_back(name: str, address: str) -> None:
    """Take back an attempt that was right: it was no failure."""
    marks = (mark_of_name(name), mark_of_address(address))
    Lock.objects.filter(mark__in=marks, failures__gt=0).update(failures=F("failures") - 1)


def forget_failures(name: str) -> None:
    """Forget the failures of a name whose owner has come in."""
    Lock.objects.filter(mark=mark_of_name(name)).delete()


def forget_old() -> int:
    """Delete the marks that no longer count."""
    now = timezone.now()
    over = Lock.objects.filter(since__lt=now - WINDOW).exclude(until__gt=now)
    return over.delete()[0]


@action
def _count(mark: str, tries: int, name: str) -> bool:
    """Count an attempt against a mark; the last one allowed begins the lock, and an entry.

    A name that is nobody's is treated as any other, down to the entry: what is done must not tell.
    """
    unchanged()
    now = timezone.now()
    lock, _made = Lock.objects.select_for_update().get_or_create(mark=mark, defaults={"since": now})
    may_be_judged = not lock.is_shut(now)
    if may_be_judged:
        if lock.since < now - WINDOW or lock.until is not None:
            lock.since, lock.failures, lock.until = now, 0, None
        lock.failures += 1
        if lock.failures >= tries:
            lock.until = now + WINDOW
            _tell(lock, name)
    lock.save(update_fields=["since", "failures", "until", "account"])
    return may_be_judged


def _tell(lock: Lock, name: str) -> None:
    account = Account.objects.filter(username=name).first()
    place = (
        Posting.objects.filter(account_id=account.pk if account else 0)
        .order_by("-since")
        .values_list("office__division_id", flat=True)
        .first()
    )
    lock.account = account
    known = account.username if account else ""
    record(None, "accounts.locked", lock, after={"account": known}, place=place)


def address_of(meta: dict[str, str]) -> str:
    """Return the address a request comes from.

    Headers can be written by anybody. Only behind a proxy of our own is one believed, and of it
    only the last entry, which that proxy wrote.
    """
    if settings.BEHIND_PROXY and (told := meta.get("HTTP_X_FORWARDED_FOR", "")):
        return told.rpartition(",")[2].strip()
    return meta.get("REMOTE_ADDR", "")
