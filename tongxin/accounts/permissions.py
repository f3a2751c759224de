"""May this account do this here? Answers from posting, subtree and power; nothing else."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from tongxin.divisions.queries import below, reached, reaches

from .queries import standing

Row = TypeVar("Row", bound=Model)


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


def within(
    account: Any,
    power: str,
    rows: QuerySet[Row],
    path: str = "division",
    *,
    by_place: bool = False,
) -> QuerySet[Row]:
    """Return the rows that lie where an account holds a power; `path` leads to their division.

    A town's few rows are reached through their division, and those of a wider scope where
    `by_place` says so. Else each row is asked whether it is reached, in whatever order they come.
    """
    stand = standing(account)
    roots = stand.roots(power)
    if not roots:
        return rows.none()
    if by_place or stand.is_local(power):
        return rows.filter(**{f"{path}_id__in": below(roots, stand.on)})
    return rows.filter(reached(path, roots, stand.on))
