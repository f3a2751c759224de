"""The best value of a round, to which the ratios of every sheet in it refer."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.standards.choices import Better
from tongxin.standards.rules import tree
from tongxin.standards.rules.amounts import shown
from tongxin.standards.rules.asking import number_of

OWN, BEST = "own", "best"


def ratios_of(standard: tree.Standard) -> dict[str, tree.Ratio]:
    """Return the rules by clause code that compare with the best of a round."""
    return {
        clause.code: clause.rule
        for clause in standard.leaves()
        if isinstance(clause.rule, tree.Ratio)
    }


def best_of(
    standard: tree.Standard, sheets: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[Decimal, int]]:
    """Return by clause code the best value that sheets tell of themselves, and how many tell one.

    A value that is no number, or not above 0, is compared with nothing.
    """
    told: dict[str, list[Decimal]] = {code: [] for code in ratios_of(standard)}
    for values in sheets:
        for code, found in told.items():
            if (own := _told(values, code, OWN)) is not None:
                found.append(own)
    rules = ratios_of(standard)
    return {
        code: (_better(rules[code])(found), len(found)) for code, found in told.items() if found
    }


def with_best(
    standard: tree.Standard, values: Mapping[str, Any], bests: Mapping[str, tuple[Decimal, int]]
) -> dict[str, Any]:
    """Return the values of a sheet, with the best of the round where it was left open.

    Its own value takes part; what is not told of itself stays untold.
    """
    filled = dict(values)
    for code, rule in ratios_of(standard).items():
        own, told = _told(values, code, OWN), values.get(code)
        if own is None or not isinstance(told, Mapping) or told.get(BEST) is not None:
            continue
        known = [own, bests[code][0]] if code in bests else [own]
        filled[code] = {**told, BEST: shown(_better(rule)(known))}
    return filled


def beaten_problems(
    standard: tree.Standard, values: Mapping[str, Any], bests: Mapping[str, tuple[Decimal, int]]
) -> Iterator[Problem]:
    """Name the clauses whose best value another sheet of the round has meanwhile bettered."""
    for code, rule in ratios_of(standard).items():
        used = _told(values, code, BEST)
        if used is None or code not in bests:
            continue
        best = bests[code][0]
        if best != used and _better(rule)((best, used)) == best:
            words = _(
                "条目 %(code)s 按本轮最优值 %(used)s 计分，本轮现在的最优值是 %(best)s。"
                "在初审里把最优值清空再存，就按新的算；已经过了初审的先退回"
            )
            told = {"code": code, "used": shown(used), "best": shown(best)}
            yield Problem("assessments.beaten", words % told, code)


def _told(values: Mapping[str, Any], code: str, name: str) -> Decimal | None:
    told = values.get(code)
    number = number_of(told.get(name)) if isinstance(told, Mapping) else None
    return number if number is not None and number > 0 else None


def _better(rule: tree.Ratio) -> Any:
    return min if rule.better == Better.LOWEST else max
