"""The clauses of a standard, scored one by one; headings are the sum of what lies below."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

from . import tree
from .kinds import Unfit, scored


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one clause. A score of None says that nothing is reported, and never 0."""

    clause: tree.Clause
    depth: int
    bonus: bool
    score: Decimal | None
    low: Decimal
    high: Decimal
    missing: tuple[str, ...] = ()
    said: str = ""
    cut: bool = False
    """Whether more points were earned than the maximum lets count."""
    failed: bool = False
    """Whether it was told that a yes-or-no clause is not met."""

    @property
    def whole(self) -> bool:
        """Whether all is reported that the score rests on."""
        return self.score is not None and not self.missing


Leaf = Callable[[tree.Clause, int, bool], Line]
"""Scores one leaf, at a depth, among the bonus or not."""


def lines_of(
    standard: tree.Standard,
    clauses: tuple[tree.Clause, ...],
    leaf: Leaf,
    *,
    bonus: bool,
    depth: int = 0,
) -> list[Line]:
    """Score clauses and all below them, each before those that lie below it."""
    found: list[Line] = []
    for clause in clauses:
        below = lines_of(standard, clause.clauses, leaf, bonus=bonus, depth=depth + 1)
        if clause.rule is None:
            found.append(_heading(standard, clause, depth, below, bonus=bonus))
        else:
            found.append(leaf(clause, depth, bonus))
        found += below
    return found


def from_values(
    standard: tree.Standard, values: Mapping[str, Any], problems: list[Problem]
) -> Leaf:
    """Return what scores a leaf by the value that is told; what cannot be scored is a problem."""

    def leaf(clause: tree.Clause, depth: int, bonus: bool) -> Line:  # noqa: FBT001  as called
        return _leaf(standard, clause, depth, values, problems, bonus=bonus)

    return leaf


def from_scores(
    standard: tree.Standard, scores: Mapping[str, Fraction], failed: Collection[str]
) -> Leaf:
    """Return what takes the score of a leaf as it was found elsewhere, and only rounds it."""

    def leaf(clause: tree.Clause, depth: int, bonus: bool) -> Line:  # noqa: FBT001  as called
        rounding = clause.rounding or standard.rounding
        given = scores.get(clause.code)
        if given is None:
            low, most = Fraction(clause.lowest), Fraction(clause.maximum)
            return Line(clause, depth, bonus, None, rounding.of(low), rounding.of(most))
        found = rounding.of(given)
        return Line(clause, depth, bonus, found, found, found, failed=clause.code in failed)

    return leaf


def headings_told(standard: tree.Standard, values: Mapping[str, Any]) -> Iterator[Problem]:
    """Name the headings that were given a value: they are the sum of what lies below."""
    for _depth, clause in standard.walk():
        if clause.rule is None and values.get(clause.code) is not None:
            yield _unfit(clause, _("由下面的条目相加，不单独填值。去掉它的值"))


def _leaf(  # noqa: PLR0913  where a leaf stands
    standard: tree.Standard,
    clause: tree.Clause,
    depth: int,
    values: Mapping[str, Any],
    problems: list[Problem],
    *,
    bonus: bool,
) -> Line:
    rounding = clause.rounding or standard.rounding
    floor, most = Fraction(clause.lowest), Fraction(clause.maximum)

    def told(points: Fraction) -> Decimal:
        return rounding.of(max(min(points, most), floor))

    value, came = values.get(clause.code), None
    try:
        came = None if _silent(value) else scored(clause, value)
    except Unfit as unfit:
        problems.append(_unfit(clause, str(unfit)))
    if came is None:
        return Line(clause, depth, bonus, None, told(floor), told(most))
    return Line(
        clause,
        depth,
        bonus,
        told(came.points) if came.scores else None,
        told(came.low),
        told(came.high),
        came.missing,
        came.said,
        came.points > clause.maximum,
        came.failed,
    )


def _silent(value: Any) -> bool:
    """Whether nothing was told: no value, or one with nothing in any of its names."""
    return value is None or (
        isinstance(value, Mapping) and all(each is None for each in value.values())
    )


def _unfit(clause: tree.Clause, words: str) -> Problem:
    told = _("条目 %(code)s（%(text)s）：%(words)s")
    message = told % {"code": clause.code, "text": clause.text[:30], "words": words}
    return Problem("standards.value", message, clause.code)


def _heading(
    standard: tree.Standard, clause: tree.Clause, depth: int, below: list[Line], *, bonus: bool
) -> Line:
    direct = [line for line in below if line.depth == depth + 1]
    told = [line.score for line in direct if line.score is not None]
    points = sum(told, tree.ZERO)
    rounding = clause.rounding or standard.rounding

    def within(number: Decimal) -> Decimal:
        return rounding.of(Fraction(min(number, clause.maximum)))

    return Line(
        clause,
        depth,
        bonus,
        within(points) if told else None,
        within(sum((line.low for line in direct), tree.ZERO)),
        within(sum((line.high for line in direct), tree.ZERO)),
        tuple(line.clause.code for line in direct if not line.whole),
        cut=points > clause.maximum,
    )
