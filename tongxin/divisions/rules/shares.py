"""Dividing whole numbers so that nothing is lost on the way."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor


def apportion(total: int, shares: Sequence[Decimal]) -> list[int]:
    """Divide a whole number by shares, by largest remainder: the parts add up to the total.

    Shares are weighed against their own sum. Of equal remainders the earlier share is served.

    >>> apportion(10, [Decimal("0.6"), Decimal("0.4")])
    [6, 4]
    """
    whole = sum(map(Fraction, shares))
    if whole <= 0:
        raise ValueError("shares must add up to more than nothing")
    quotas = [total * Fraction(share) / whole for share in shares]
    parts = [floor(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda at: parts[at] - quotas[at])
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


def shares_add_up(shares: Iterable[Decimal]) -> bool:
    """Whether the shares of a split are all above nothing and make one whole together."""
    stated = list(shares)
    return all(share > 0 for share in stated) and sum(stated) == 1
