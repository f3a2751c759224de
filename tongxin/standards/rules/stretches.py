"""Stretches of numbers side by side: whether each number between them belongs to exactly one."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tongxin.core.words import gettext as _

from .amounts import Bounds, shown


def overlaps_and_gaps(stretches: list[Bounds], step: Fraction) -> Iterator[tuple[str, str]]:
    """Yield what is amiss between stretches of numbers that lie `step` apart, from low to high."""
    ends = []
    for each in stretches:
        low, high = each.lowest(step), each.highest(step)
        if low is not None and high is not None and low > high:
            yield "empty", _("“%(one)s”里没有任何数。改它的界限") % {"one": each}
        else:
            ends.append((low, high, each))
    ends.sort(key=lambda end: (end[0] is not None, end[0] or 0))
    for (_low, high, one), (low, _high, other) in pairwise(ends):
        if high is None or low is None or low <= high:
            words = _("“%(one)s”和“%(other)s”有重叠。改界限，让每个数只属于其中一段")
            yield "overlap", words % {"one": one, "other": other}
        elif low - high > step:
            words = _("“%(one)s”和“%(other)s”之间有空档，例如 %(value)s。改界限，让它们相接")
            yield "gap", words % {"one": one, "other": other, "value": shown(high + step)}
