"""What several experts gave, as one number, by a policy that is stated beforehand."""

from collections.abc import Sequence
from fractions import Fraction

from tongxin.panels.choices import Averaging

LEAST = {Averaging.MEAN: 1, Averaging.TRIMMED: 3}
"""How many numbers a policy needs: taking two away must leave one."""


def average(numbers: Sequence[Fraction], policy: Averaging) -> Fraction:
    """Return the exact average of numbers by a policy; it is rounded by whoever tells it.

    Trimmed, one highest and one lowest are left out, once each, whoever gave them. Raises
    ValueError for fewer numbers than the policy needs.

    >>> average([Fraction(8), Fraction(9), Fraction(4), Fraction(8)], Averaging.TRIMMED)
    Fraction(8, 1)
    """
    if len(numbers) < LEAST[policy]:
        message = f"{policy} needs {LEAST[policy]} numbers, not {len(numbers)}"
        raise ValueError(message)
    kept = sorted(numbers)
    if policy == Averaging.TRIMMED:
        kept = kept[1:-1]
    return sum(kept, Fraction(0)) / len(kept)
