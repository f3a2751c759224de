"""Where an account stands on a day: its postings, and what follows from them."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core import signing
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from tongxin.core.dates import Span
from tongxin.divisions.choices import Level
from tongxin.divisions.models import Version
from tongxin.divisions.queries import below, on_day

from .choices import AccountState, PostingState
from .models import Account, Invitation, Lock, Office, Posting, SignIn
from .rules import ADMINISTRATORS, INVITED_FOR, UNUSED_AFTER, powers_of

Row = TypeVar("Row", bound=Model)
INVITATION_SALT = "tongxin.accounts.invitation"


@dataclass(frozen=True, slots=True)
class Held:
    """One posting that holds today; `level` is its division's, or None when that has ended."""

    role: str
    office: str
    division_id: int
    level: str | None
    since: dt.date

    def allows(self, power: str) -> bool:
        """Whether the posting's role has a power."""
        return power in powers_of(self.role)


@dataclass(frozen=True, slots=True)
class Standing:
    """All that an account may do follows from these postings, on this day."""

    on: dt.date
    postings: tuple[Held, ...]

    def roots(self, power: str) -> tuple[int, ...]:
        """Return the divisions whose subtrees a power covers."""
        return tuple(
            dict.fromkeys(held.division_id for held in self.postings if held.allows(power))
        )

    def has(self, power: str) -> bool:
        """Whether the power is held anywhere."""
        return any(held.allows(power) for held in self.postings)

    def is_local(self, power: str) -> bool:
        """Whether the power is held over towns and communities only."""
        return self._levels(power) <= {Level.TOWN, Level.COMMUNITY}

    def is_partial(self, power: str) -> bool:
        """Whether the power is held over counties, towns and communities only."""
        return self._levels(power) <= {Level.COUNTY, Level.TOWN, Level.COMMUNITY}

    def _levels(self, power: str) -> set[str | None]:
        return {held.level for held in self.postings if held.allows(power)}

    def holds_role(self, role: str) -> bool:
        """Whether one of the postings is of this role."""
        return any(held.role == role for held in self.postings)


def standing(account: Any) -> Standing:
    """Return where an account stands today: one query for each request, none for a stranger.

    The account object lives as long as a request, so a changed posting counts from the next one.
    """
    known: Standing | None = getattr(account, "_standing", None)
    today = timezone.localdate()
    if known is not None and known.on == today:
        return known
    if account is None or not account.is_authenticated or not account.is_active:
        return Standing(today, ())
    held = Posting.objects.filter(Q(until__isnull=True) | Q(until__gt=today), since__lte=today)
    level = Version.objects.filter(on_day(today), division=OuterRef("office__division"))
    rows = (
        held.filter(account=account)
        .order_by("id")
        .values_list(
            "role",
            "office__name",
            "office__division_id",
            Subquery(level.values("level")[:1]),
            "since",
        )
    )
    found = Standing(today, tuple(Held(*row) for row in rows))
    account._standing = found  # noqa: SLF001  kept for this request only
    return found


def offices_within(roots: tuple[int, ...]) -> QuerySet[Office]:
    """Return the offices of some subtrees, in the order of their names."""
    rows = Office.objects.filter(division_id__in=below(roots, timezone.localdate()))
    return rows.order_by("name", "pk")


def postings_within(roots: tuple[int, ...]) -> QuerySet[Posting]:
    """Return the postings in the offices of some subtrees, with account and office."""
    return (
        Posting.objects.filter(office__division_id__in=below(roots, timezone.localdate()))
        .select_related("account", "office")
        .order_by("account__username", "since", "pk")
    )


def accounts_within(roots: tuple[int, ...]) -> QuerySet[Account]:
    """Return the accounts that offices of some subtrees keep, with their office."""
    return (
        Account.objects.filter(office__division_id__in=below(roots, timezone.localdate()))
        .select_related("office")
        .order_by("username")
    )


def page_of(
    rows: QuerySet[Row], order: Sequence[str], after: int | None, size: int
) -> tuple[list[Row], int | None]:
    """Return the rows of a page that begins after one of them, and the last when more follow.

    `order` names what the rows are sorted by; its last part is a different one for each row.
    """
    rows = rows.order_by(*order)
    start = rows.filter(pk=after).values_list(*order).first() if after is not None else None
    if start is not None:
        beyond, same = Q(), Q()
        for path, value in zip(order, start, strict=True):
            beyond |= same & Q(**{f"{path}__gt": value})
            same &= Q(**{path: value})
        rows = rows.filter(beyond)
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


def named(rows: QuerySet[Row], text: str, *paths: str) -> QuerySet[Row]:
    """Return the rows of which one of some fields holds a text."""
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{path}__icontains": text})
    return rows.filter(condition) if text else rows


def in_state(rows: QuerySet[Account], state: str) -> QuerySet[Account]:
    """Return the accounts in a state; all of them when it is no state."""
    invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    conditions = {
        AccountState.IN_USE: Q(is_active=True) & ~invited,
        AccountState.INVITED: Q(is_active=True) & invited,
        AccountState.DEACTIVATED: Q(is_active=False),
    }
    return rows.filter(conditions.get(AccountState(state), Q())) if state else rows


def holding(rows: QuerySet[Posting], state: str, day: dt.date) -> QuerySet[Posting]:
    """Return the postings in a state on a day; all of them when it is no state."""
    conditions = {
        PostingState.STANDING: Q(since__lte=day) & (Q(until=None) | Q(until__gt=day)),
        PostingState.FUTURE: Q(since__gt=day),
        PostingState.ENDED: Q(until__lte=day),
    }
    return rows.filter(conditions.get(PostingState(state), Q())) if state else rows


def unused(day: dt.date) -> Q:
    """The condition that nobody has used an account for long: neither signed in nor opened it."""
    before = timezone.make_aware(dt.datetime.combine(day - UNUSED_AFTER, dt.time.max))
    never = Q(last_login=None, date_joined__lte=before)
    return Q(is_active=True) & (never | Q(last_login__lte=before))


def last_used(account: Account) -> dt.date:
    """Return the day on which an account was last used: signed in to, or else opened."""
    return timezone.localdate(account.last_login or account.date_joined)


def is_taken(username: str) -> bool:
    """Whether an account has this user name already, in whatever case."""
    return Account.objects.filter(username__iexact=username).exists()


def administered_by(account: Account, day: dt.date) -> set[int]:
    """Return the divisions for which an account is an administrator on a day, or will be."""
    rows = Posting.objects.filter(account=account, role__in=ADMINISTRATORS)
    rows = rows.filter(Q(until=None) | Q(until__gt=day))
    return set(rows.values_list("office__division_id", flat=True))


def digest_of(secret: str) -> str:
    """Return what is kept of an invitation's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link_token(invitation: Invitation, secret: str) -> str:
    """Return what the link of an invitation carries: its number and secret, signed and dated."""
    return signing.dumps([invitation.pk, secret], salt=INVITATION_SALT)


def invitation_of(token: str) -> Invitation | None:
    """Return the open invitation to which a link belongs; None for one that is worth nothing."""
    try:
        number, secret = signing.loads(token, salt=INVITATION_SALT, max_age=INVITED_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Invitation.objects.filter(accepted_at=None, revoked_at=None, account__is_active=True)
    found = rows.filter(expires_at__gt=timezone.now()).select_related("account")
    invitation = found.filter(pk=number).first()
    if invitation is None or not constant_time_compare(invitation.digest, digest_of(secret)):
        return None
    return invitation


def open_invitation(account: Account) -> Invitation | None:
    """Return the invitation of an account that is neither accepted nor revoked."""
    return account.invitations.filter(accepted_at=None, revoked_at=None).first()


def postings_of(account: Account, apart_from: Posting | None = None) -> list[tuple[int, str, Span]]:
    """Return office, role and days of an account's postings, leaving one out."""
    rows = Posting.objects.filter(account=account)
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from.pk)
    return [
        (office, role, Span(since, until))
        for office, role, since, until in rows.values_list("office_id", "role", "since", "until")
    ]


def shown_name(account: Account) -> str:
    """Return the name under which an account appears."""
    return str(account)


def place_of(account: Account) -> int | None:
    """Return the division whose office keeps an account, or else where it was last posted."""
    if account.office is not None:
        return account.office.division_id
    places = Posting.objects.filter(account=account).order_by("-since", "-pk")
    return places.values_list("office__division_id", flat=True).first()


def sign_ins_of(account: Any) -> QuerySet[SignIn]:
    """Return the sessions of an account that are neither idle nor too old, the latest first."""
    now = timezone.now()
    return SignIn.objects.filter(
        account=account,
        seen__gt=now - dt.timedelta(seconds=settings.IDLE_SECONDS),
        began__gt=now - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE),
    ).order_by("-seen")


def locks_within(roots: tuple[int, ...]) -> QuerySet[Lock]:
    """Return the locks that hold now on accounts posted to some subtrees."""
    today = timezone.localdate()
    here = Posting.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today),
        since__lte=today,
        account=OuterRef("account"),
        office__division_id__in=below(roots, today),
    )
    shut = Lock.objects.filter(Exists(here), until__gt=timezone.now())
    return shut.select_related("account").order_by("account__username")
