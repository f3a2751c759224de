"""A whole standard scored: every clause, bonus, vetoes, caps, total and grade."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tongxin.core.errors import Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.standards.choices import Outcome

from . import tree
from .asking import brief
from .lines import Line, from_scores, from_values, headings_told, lines_of


@dataclass(frozen=True, slots=True)
class Capped:
    """A cap on the grade: whether its condition is known to be met, and whether it bit."""

    cap: tree.Cap
    met: bool | None
    lowered: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a standard gives for what was told."""

    standard: tree.Standard
    lines: tuple[Line, ...]
    base: Decimal
    bonus: Decimal
    bonus_counted: Decimal
    total: Decimal
    low: Decimal
    high: Decimal
    vetoes: tuple[str, ...]
    caps: tuple[Capped, ...]
    outcome: Outcome
    grade: str | None
    between: tuple[str | None, str | None] | None
    not_reported: tuple[str, ...]
    conditions_not_told: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every clause and every condition was told; a bonus is told by whoever has it."""
        return not self.conditions_not_told and all(
            line.whole for line in self.lines if line.clause.rule is not None and not line.bonus
        )


def score(
    standard: tree.Standard,
    values: Mapping[str, Any],
    conditions: Mapping[str, Any] | None = None,
) -> Result:
    """Score a standard; raises `Refused` with every value that cannot be scored."""
    conditions = {name: so for name, so in (conditions or {}).items() if so is not None}
    problems = [*_unknown(standard, values, conditions), *headings_told(standard, values)]
    leaf = from_values(standard, values, problems)
    base = lines_of(standard, standard.clauses, leaf, bonus=False)
    bonus = lines_of(standard, standard.bonus, leaf, bonus=True)
    refuse_if(problems)
    return _whole(standard, base, bonus, conditions)


def score_given(
    standard: tree.Standard,
    scores: Mapping[str, Fraction],
    failed: Collection[str],
    conditions: Mapping[str, bool],
) -> Result:
    """Add up scores that were found elsewhere, as the average of several experts is.

    They are rounded as the clause says; headings, bonus, vetoes, caps and grade are the same as of
    a standard that is scored from values. `failed` names the vetoes that are not met.
    """
    leaf = from_scores(standard, scores, failed)
    base = lines_of(standard, standard.clauses, leaf, bonus=False)
    bonus = lines_of(standard, standard.bonus, leaf, bonus=True)
    return _whole(standard, base, bonus, conditions)


def _unknown(
    standard: tree.Standard, values: Mapping[str, Any], conditions: Mapping[str, Any]
) -> Iterator[Problem]:
    codes = {clause.code for _depth, clause in standard.walk()}
    for code in values:
        if code not in codes:
            words = _("标准里没有条目 %(code)s，去掉它，或改成标准里的编号，例如 %(known)s")
            known = listed(clause.code for clause in [*standard.leaves()][:3])
            told = words % {"code": brief(code), "known": known}
            yield Problem("standards.unknown_clause", told, str(code)[:20])
    names = {each.name for each in standard.conditions}
    for name, so in conditions.items():
        if name not in names:
            known = listed(sorted(names)) or _("（没有）")
            words = _("标准里没有条件 %(name)s。有的条件：%(known)s")
            told = words % {"name": brief(name), "known": known}
            yield Problem("standards.unknown_condition", told, str(name)[:40])
        elif not isinstance(so, bool):
            words = _("条件“%(name)s”的值 %(value)s 要是 true 或 false")
            told = words % {"name": name, "value": brief(so)}
            yield Problem("standards.condition", told, name)


def _whole(
    standard: tree.Standard,
    base: list[Line],
    bonus: list[Line],
    conditions: Mapping[str, bool],
) -> Result:
    lines = (*base, *bonus)
    points, extra = _sum(base, "score"), _sum(bonus, "score")
    counted = extra if standard.bonus_cap is None else min(extra, standard.bonus_cap)

    def total(number: Decimal) -> Decimal:
        whole = number + counted
        whole = whole if standard.final_cap is None else min(whole, standard.final_cap)
        return standard.total_rounding.of(Fraction(whole))

    low, high = total(_sum(base, "low")), total(_sum(base, "high"))
    vetoes = tuple(line.clause.code for line in lines if line.clause.veto and line.failed)
    unsure = any(line.clause.veto and line.score is None for line in lines)
    worst = (Outcome.VETOED, None) if unsure else _graded(standard, low, conditions, doubt=True)
    best = _graded(standard, high, conditions, doubt=False)
    sure = worst == best
    outcome, grade = best if sure else (Outcome.OPEN, None)
    if vetoes:
        sure, outcome, grade = True, Outcome.VETOED, None
    return Result(
        standard=standard,
        lines=lines,
        base=points,
        bonus=extra,
        bonus_counted=counted,
        total=total(points),
        low=low,
        high=high,
        vetoes=vetoes,
        caps=tuple(_capped(standard, cap, total(points), conditions) for cap in standard.caps),
        outcome=outcome,
        grade=grade,
        between=None if sure else (worst[1], best[1]),
        not_reported=tuple(_not_reported(lines)),
        conditions_not_told=tuple(
            each.name for each in standard.conditions if each.name not in conditions
        ),
    )


def _sum(lines: list[Line], what: str) -> Decimal:
    """Add up what stands at the top; what is not reported is left out, and told elsewhere."""
    found = (getattr(line, what) for line in lines if line.depth == 0)
    return sum((number for number in found if number is not None), tree.ZERO)


def grade_of(standard: tree.Standard, total: Decimal) -> str | None:
    """The grade that a total earns by itself, before any cap."""
    return next((each.name for each in standard.grades if each.bounds.hold(total)), None)


def _graded(
    standard: tree.Standard, total: Decimal, conditions: Mapping[str, bool], *, doubt: bool
) -> tuple[Outcome, str | None]:
    """What a total comes to; a condition that is not told caps the grade when in doubt."""
    if not standard.grades:
        return Outcome.UNGRADED, None
    names = [each.name for each in standard.grades]
    earned = grade_of(standard, total)
    if earned is None:
        return Outcome.BELOW, None
    at = names.index(earned)
    for cap in standard.caps:
        told = conditions.get(cap.condition)
        if told == cap.holds or (told is None and doubt):
            at = max(at, names.index(cap.highest))
    return Outcome.GRADED, names[at]


def _capped(
    standard: tree.Standard, cap: tree.Cap, total: Decimal, conditions: Mapping[str, bool]
) -> Capped:
    told = conditions.get(cap.condition)
    met = None if told is None else told == cap.holds
    names = [each.name for each in standard.grades]
    earned = grade_of(standard, total)
    higher = earned is not None and names.index(earned) < names.index(cap.highest)
    return Capped(cap, met, bool(met and higher))


def _not_reported(lines: Iterable[Line]) -> Iterator[str]:
    """Name the leaves that were not told, and the parts that were not of those that were."""
    for line in lines:
        if line.clause.rule is None:
            continue
        if line.score is None:
            yield line.clause.code
        else:
            yield from (f"{line.clause.code}/{name}" for name in line.missing)
