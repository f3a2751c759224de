"""Where an account stands on a day: its postings, and what follows from them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tongxin.core.dates import Span
from tongxin.divisions.choices import Level
from tongxin.divisions.models import Version
from tongxin.divisions.queries import below, on_day

from .models import Account, Office, Posting
from .rules import powers_of


@dataclass(frozen=True, slots=True)
class Held:
    """One posting that holds today; `level` is its division's, or None when that has ended."""

    role: str
    office: str
    division_id: int
    level: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that an account may do follows from these postings, on this day."""

    on: dt.date
    postings: tuple[Held, ...]

    def roots(self, power: str) -> tuple[int, ...]:
        """Return the divisions whose subtrees a power covers."""
        return tuple(
            dict.fromkeys(
                held.division_id for held in self.postings if power in powers_of(held.role)
            )
        )

    def has(self, power: str) -> bool:
        """Whether the power is held anywhere."""
        return any(power in powers_of(held.role) for held in self.postings)

    def is_local(self, power: str) -> bool:
        """Whether the power is held over towns and communities only."""
        return self._levels(power) <= {Level.TOWN, Level.COMMUNITY}

    def is_partial(self, power: str) -> bool:
        """Whether the power is held over counties, towns and communities only."""
        return self._levels(power) <= {Level.COUNTY, Level.TOWN, Level.COMMUNITY}

    def _levels(self, power: str) -> set[str | None]:
        return {held.level for held in self.postings if power in powers_of(held.role)}

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
            "role", "office__name", "office__division_id", Subquery(level.values("level")[:1])
        )
    )
    found = Standing(today, tuple(Held(*row) for row in rows))
    account._standing = found  # noqa: SLF001  kept for this request only
    return found


def offices_within(roots: tuple[int, ...]) -> QuerySet[Office]:
    """Return the offices of some subtrees, in the order of their names."""
    return Office.objects.filter(division_id__in=below(roots, timezone.localdate()))


def postings_within(roots: tuple[int, ...]) -> QuerySet[Posting]:
    """Return the postings in the offices of some subtrees, with account and office."""
    return Posting.objects.filter(
        office__division_id__in=below(roots, timezone.localdate())
    ).select_related("account", "office")


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
