"""What waits for whom: queues of a fixed number of queries, and the way of one record."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tongxin.accounts.choices import Power
from tongxin.accounts.models import Posting
from tongxin.accounts.queries import standing
from tongxin.accounts.rules import roles_with
from tongxin.core.jsons import given_back
from tongxin.core.text import number_in
from tongxin.divisions.models import Reach, Version
from tongxin.divisions.queries import on_day
from tongxin.registers.choices import Stage
from tongxin.registers.declaration import Register

from . import rules
from .choices import Kind
from .models import Review, Step
from .permissions import decides

PAGE = 50
DECISIONS = (
    Kind.ACCEPTED,
    Kind.PASSED,
    Kind.RETURNED,
    Kind.HANDED,
    Kind.ASKED,
    Kind.COSIGNED,
)
AT_ONCE = 200
"""So many clean ones are accepted with one press."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of what waits, the exceptions first, and the token of the page after it."""

    rows: tuple[Review, ...]
    following: str


@dataclass(frozen=True, slots=True)
class Load:
    """How much waits for an account: all, and those in which nothing was noticed."""

    total: int
    clean: int

    @property
    def exceptions(self) -> int:
        """Those to be read one by one."""
        return self.total - self.clean


def waiting_for(account: Any) -> QuerySet[Review]:
    """Return what waits for an account: at its own level, handed to it, or for its signature."""
    mine = Q(turn_id__in=standing(account).roots(Power.ACCEPT), assignee=None, cosigner=None)
    to_me = Q(assignee=account, cosigner=None) | Q(cosigner=account)
    return _open_to(account).filter(mine | to_me)


def waiting_elsewhere(account: Any) -> QuerySet[Review]:
    """Return what an account could decide but that waits for somebody else first."""
    return _open_to(account).exclude(pk__in=waiting_for(account).order_by().values("pk"))


def _open_to(account: Any) -> QuerySet[Review]:
    rows = Review.objects.filter(decides(account), state=Stage.SUBMITTED)
    return rows.exclude(author=account)


def sent_by(account: Any) -> QuerySet[Review]:
    """Return what an account has sent, or last wrote, and what is still its draft."""
    return Review.objects.filter(Q(opened_by=account) | Q(author=account))


def decided_by(account: Any) -> QuerySet[Review]:
    """Return what an account has done something with as a reviewer and may still decide on."""
    steps = Step.objects.filter(review=OuterRef("pk"), by=account, kind__in=DECISIONS)
    return Review.objects.filter(Exists(steps), decides(account)).exclude(opened_by=account)


def load_of(account: Any) -> Load:
    """Return how much waits for an account. One query."""
    found = waiting_for(account).aggregate(
        total=Count("pk"), clean=Count("pk", filter=Q(in_order=True))
    )
    return Load(found["total"], found["clean"])


def returned_to(account: Any) -> int:
    """Return how many of an account's records have come back to it. One query."""
    return sent_by(account).filter(state=Stage.RETURNED).count()


def page_of(rows: QuerySet[Review], after: str = "") -> Queue:
    """Return one page of a queue, cut by key. One query."""
    start = _read(after)
    if start is not None:
        clean, pk = start
        beyond = Q(in_order=clean, pk__gt=pk)
        rows = rows.filter(beyond if clean else beyond | Q(in_order=True))
    found = tuple(rows.order_by("in_order", "pk").select_related("author")[: PAGE + 1])
    if len(found) <= PAGE:
        return Queue(found, "")
    last = found[PAGE - 1]
    return Queue(found[:PAGE], f"{int(last.in_order)}-{last.pk}")


def _read(token: str) -> tuple[bool, int] | None:
    """Read the token of a page; one that was tampered with means the first page."""
    clean, _mark, rest = token.partition("-")
    number = number_in(rest)
    return (clean == "1", number) if clean in {"0", "1"} and number is not None else None


def clean_ones(account: Any) -> list[Review]:
    """Return those that can be accepted with one press. One query."""
    rows = waiting_for(account).filter(in_order=True).order_by("pk")
    return list(rows.select_related("author")[:AT_ONCE])


def review_of(register: Register, record: Any) -> Review | None:
    """Return the review of a record. One query."""
    rows = Review.objects.select_related("author", "assignee", "cosigner", "turn")
    return rows.filter(register=register.key, subject_id=record.pk).first()


def steps_of(review: Review) -> list[Step]:
    """Return the steps of a review, the newest first. One query."""
    return list(review.steps.select_related("by", "to").order_by("-id"))


def pressed(account: Any, batch: UUID) -> list[Step]:
    """Return the steps that one press of an account made. One query."""
    return list(Step.objects.filter(batch=batch, by=account).select_related("review"))


def values_at(review: Review, version: int) -> Mapping[str, Any] | None:
    """Return the fields of a version that somebody read; None where no step brought one."""
    rows = review.steps.filter(version__lte=version, values__isnull=False).order_by("-id")
    step = rows.first()
    return step.values if step else None


def colleagues(review: Review, account: Any) -> list[tuple[int, str, str]]:
    """Return number, name and office of the others who may decide on a review. One query."""
    rows = _accepting(review.turn_id, timezone.localdate()).exclude(
        account__in={account.pk, review.author_id or 0}
    )
    found = rows.order_by("account__username").values_list(
        "account_id", "account__display_name", "account__username", "office__name"
    )
    names = {pk: (shown or name, office) for pk, shown, name, office in found}
    return [(pk, name, office) for pk, (name, office) in names.items()]


def _accepting(division: int | None, day: dt.date) -> QuerySet[Posting]:
    """Return the postings that accept for a division today: in it, or above it."""
    above = Reach.objects.filter(on_day(day), descendant=division).values("ancestor_id")
    return Posting.objects.filter(
        on_day(day),
        office__division_id__in=above,
        role__in=roles_with(Power.ACCEPT),
        account__is_active=True,
    )


def turn_after(division: int, day: dt.date) -> int:
    """Return the division whose turn it is with what lies in, or comes from, a division.

    Three queries.
    """
    above = Reach.objects.filter(on_day(day), descendant=division).values_list(
        "ancestor_id", flat=True
    )
    levels = dict(
        Version.objects.filter(on_day(day), division_id__in=above).values_list(
            "division_id", "level"
        )
    )
    if rules.accepts_its_own(levels.get(division)):
        return division
    posted = _accepting(division, day).values_list("office__division_id", flat=True)
    others = [each for each in above if each != division]
    return rules.next_up(levels, others, posted) or division


def fields_of(register: Register, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a record as a review keeps them: as JSON has them, nothing personal."""
    kept = {name: value for name, value in told.items() if name not in register.personal}
    return given_back(kept)
