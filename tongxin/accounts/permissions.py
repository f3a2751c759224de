"""May this account do this here? Answers from posting, subtree and power; nothing else."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from tongxin.divisions.models import Reach
from tongxin.divisions.queries import below, on_day, reached, reaches

from .choices import Power
from .models import Account, Posting
from .queries import Held, administered_by, standing
from .rules import ADMINISTRATORS, grant_problems

Row = TypeVar("Row", bound=Model)
NOWHERE = Q(pk__in=())


def holds(account: Any, power: str, division_id: int) -> bool:
    """Whether an account holds a power over a division today.

    Asked of the table of reach even for its own division: one that has ended reaches nothing.
    """
    stand = standing(account)
    roots = stand.roots(power)
    if not roots:
        return False
    # The account object lives as long as a request, and so do the answers kept on it.
    known: dict[Any, bool] | None = getattr(account, "_reached", None)
    if known is None:
        known = account._reached = {}  # noqa: SLF001
    asked = (stand, roots, division_id)
    if asked not in known:
        known[asked] = reaches(roots, division_id, stand.on)
    return known[asked]


def holds_above(account: Any, power: str, division_id: int) -> bool:
    """Whether an account holds a power today from a division strictly above one."""
    stand = standing(account)
    above = [root for root in stand.roots(power) if root != division_id]
    return bool(above) and reaches(above, division_id, stand.on)


def may_keep(account: Any, kept: Account) -> bool:
    """Whether an account looks after another: whose office lies in its territory."""
    return kept.office is not None and holds(account, Power.ACCOUNTS, kept.office.division_id)


def is_peer(account: Any, other: Account) -> bool:
    """Whether another account is an administrator's, now or to be, and not strictly below."""
    stand = standing(account)
    return any(
        not holds_above(account, Power.ACCOUNTS, division_id)
        for division_id in administered_by(other, stand.on)
    )


def regrantable(account: Any, postings: Iterable[Posting]) -> set[int]:
    """Return the numbers of those postings of its territory that an account may correct or end.

    One query for any number; see `rules.grant_problems`.
    """
    listed, stand = list(postings), standing(account)
    roots = stand.roots(Power.POSTINGS)
    places = {each.office.division_id for each in listed}
    rows = Reach.objects.filter(on_day(stand.on), ancestor__in=roots, descendant__in=places)
    above = {
        descendant
        for ancestor, descendant in rows.values_list("ancestor_id", "descendant_id")
        if ancestor != descendant
    }
    return {
        each.pk
        for each in listed
        if not any(
            grant_problems(
                each.role,
                own=each.account_id == account.pk,
                from_above=each.office.division_id in above,
            )
        )
    }


def where(account: Any, power: str, path: str = "division", *, by_place: bool = False) -> Q:
    """Return the condition that a row lies where an account holds a power.

    `path` leads from the row to its division. A town's few rows are reached through their
    division, and those of a wider scope where `by_place` says so. Else each row is asked whether
    it is reached, in whatever order they come.
    """
    stand = standing(account)
    roots = stand.roots(power)
    if not roots:
        return NOWHERE
    if by_place or stand.is_local(power):
        return Q(**{f"{path}_id__in": below(roots, stand.on)})
    return Q(reached(path, roots, stand.on))


def within(
    account: Any,
    power: str,
    rows: QuerySet[Row],
    path: str = "division",
    *,
    by_place: bool = False,
) -> QuerySet[Row]:
    """Return the rows that lie where an account holds a power; see `where`."""
    if not standing(account).roots(power):
        return rows.none()
    return rows.filter(where(account, power, path, by_place=by_place))


def covers(account: Any, wide: str, narrow: str) -> bool:
    """Whether an account holds one power wherever it holds the other."""
    stand = standing(account)
    return set(stand.roots(narrow)) <= set(stand.roots(wide))


def grounds(account: Any, power: str, division_id: int) -> tuple[Held, ...]:
    """Return the postings that give an account a power over a division today. One query each."""
    stand = standing(account)
    return tuple(
        held
        for held in stand.postings
        if held.allows(power) and reaches([held.division_id], division_id, stand.on)
    )


def may_let_in(granter: Any, account: Account) -> bool:
    """Whether a security administrator may open the door again to an account that is shut out.

    Never to oneself; to an administrator only from above, as when the posting was given.
    """
    if granter.pk == account.pk:
        return False
    roots = standing(granter).roots(Power.POSTINGS)
    return any(
        holds(granter, Power.POSTINGS, held.division_id)
        and not (held.role in ADMINISTRATORS and held.division_id in roots)
        for held in standing(account).postings
    )
