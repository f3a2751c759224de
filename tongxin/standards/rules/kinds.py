"""What each kind of rule makes of a value. What was not told is missing, and never nothing.

A value is told as the kind wants it:

| kind | value |
|---|---|
| pass or fail | true or false |
| one of several | its name |
| tiers, threshold, judged, given | a number |
| per unit, deduction | a number, or one for each name |
| sum of parts | true or false for each name; or the list of names that are there |
| ratio | `own` and `best` |
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.standards.choices import Better, Kind, Partial

from . import tree
from .amounts import LIMIT, MOST_PLACES, decimals, shown
from .asking import brief, number_of

NOTHING = Fraction(0)


class Unfit(Exception):
    """A value that a rule cannot score, with the words of what to do."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The points so far, between which they may still come to lie, and what was not told."""

    points: Fraction
    low: Fraction
    high: Fraction
    missing: tuple[str, ...] = ()
    said: str = ""
    failed: bool = False
    """Whether it is all or nothing, and nothing."""
    scores: bool = True
    """Whether what was told gives points yet: half of a ratio gives none, and not 0."""


def scored(clause: tree.Clause, value: Any) -> Scored:
    """Score a leaf for what was told of it, before the maximum and before rounding."""
    rule = clause.rule
    if rule is None:
        raise Unfit(_("这一条由下面的条目相加，不单独填值"))
    return SCORERS[rule.kind](rule, clause, value)


def skeleton(rule: tree.Rule) -> Any:
    """The shape of a value that a rule takes, with nothing told in it yet."""
    match rule:
        case tree.PerUnit(units=(_one,)) | tree.Deduction(units=(_one,)):
            return None
        case tree.Parts(parts=named) | tree.PerUnit(units=named) | tree.Deduction(units=named):
            return {each.name: None for each in named}
        case tree.Ratio():
            return {"own": None, "best": None}
        case _:
            return None


def _sure(points: Fraction | Decimal, said: str = "") -> Scored:
    exact = Fraction(points)
    return Scored(exact, exact, exact, said=said)


def _pass_fail(rule: tree.PassFail, _clause: tree.Clause, value: Any) -> Scored:
    if not isinstance(value, bool):
        words = _("值 %(value)s 要是 true 或 false：达到还是没有达到")
        raise Unfit(words % {"value": brief(value)})
    points = Fraction(rule.points) if value else NOTHING
    return Scored(points, points, points, failed=not value)


def _options(rule: tree.Options, _clause: tree.Clause, value: Any) -> Scored:
    for each in rule.options:
        if each.name == value:
            return _sure(each.points, each.text)
    words = _("值 %(value)s 不是可选的一项，改成 %(known)s 之一")
    known = listed(each.name for each in rule.options)
    raise Unfit(words % {"value": brief(value), "known": known})


def _tiers(rule: tree.Tiers, _clause: tree.Clause, value: Any) -> Scored:
    number = _number(value, rule.places)
    for each in rule.tiers:
        if each.bounds.hold(number):
            return _sure(each.points, str(each.bounds))
    return _sure(NOTHING, _("各档之外"))


def _threshold(rule: tree.Threshold, _clause: tree.Clause, value: Any) -> Scored:
    number = _number(value, rule.places)
    if number < rule.start:
        return _sure(NOTHING, _("没有达到 %(start)s") % {"start": shown(rule.start)})
    steps = _steps(Fraction(number - rule.start), rule.step, rule.partial)
    return _sure(Fraction(rule.points) + steps * Fraction(rule.each))


def _per_unit(rule: tree.PerUnit, clause: tree.Clause, value: Any) -> Scored:
    counts = _counts(rule.units, value, rule.places)
    points = sum((_worth(rule, unit, counts) for unit in rule.units), NOTHING)
    missing = tuple(unit.name for unit in rule.units if unit.name not in counts)
    return Scored(points, points, Fraction(clause.maximum) if missing else points, missing)


def _worth(rule: tree.PerUnit, unit: tree.Unit, counts: Mapping[str, Decimal]) -> Fraction:
    count = counts.get(unit.name, tree.ZERO)
    return _steps(Fraction(count), unit.per, rule.partial) * Fraction(unit.points)


def _ratio(rule: tree.Ratio, clause: tree.Clause, value: Any) -> Scored:
    if not isinstance(value, Mapping) or not set(value) <= {"own", "best"}:
        words = _("值 %(value)s 要写成 own（本单位的值）和 best（本轮最优值）两项")
        raise Unfit(words % {"value": brief(value)})
    if missing := tuple(name for name in ("own", "best") if value.get(name) is None):
        _half(value)
        most = Fraction(clause.maximum)
        return Scored(NOTHING, NOTHING, most, missing, scores=False)
    own, best = _number(value["own"], None), _number(value["best"], None)
    lowest = rule.better == Better.LOWEST
    if best <= 0 or own < 0 or (lowest and own == 0):
        raise Unfit(_("own 和 best 要大于 0，才能相比"))
    if (own < best) if lowest else (own > best):
        words = _("own %(own)s 比 best %(best)s 还好。best 填本轮各单位中最优的值")
        raise Unfit(words % {"own": shown(own), "best": shown(best)})
    share = Fraction(best) / Fraction(own) if lowest else Fraction(own) / Fraction(best)
    return _sure(Fraction(clause.maximum) * share)


def _half(value: Mapping[str, Any]) -> None:
    """Refuse half of a ratio that can never be one; raises Unfit."""
    if any(_number(told, None) < 0 for told in value.values() if told is not None):
        raise Unfit(_("own 和 best 要大于 0，才能相比"))


def _band(rule: tree.Bands, _clause: tree.Clause, value: Any) -> Scored:
    number = _number(value, None)
    for each in rule.bands:
        if each.bounds.hold(number):
            return _sure(number, each.text or each.name)
    words = _("值 %(value)s 不在任何一级之内。各级是 %(known)s")
    known = listed(f"{each.name} {each.bounds}" for each in rule.bands)
    raise Unfit(words % {"value": shown(number), "known": known})


def _sum(rule: tree.Parts, _clause: tree.Clause, value: Any) -> Scored:
    names = {each.name for each in rule.parts}
    if isinstance(value, list):
        _known_only(names, value)
        told = {name: name in value for name in names}
    else:
        told = _flags(names, value)
    points = sum((Fraction(each.points) for each in rule.parts if told.get(each.name)), NOTHING)
    open_ = [each for each in rule.parts if each.name not in told]
    more = sum((max(Fraction(each.points), NOTHING) for each in open_), NOTHING)
    return Scored(points, points, points + more, tuple(each.name for each in open_))


def _flags(names: set[str], value: Any) -> dict[str, bool]:
    if not isinstance(value, Mapping):
        words = _("值 %(value)s 要写成每一项 true 或 false：%(known)s")
        raise Unfit(words % {"value": brief(value), "known": listed(sorted(names))})
    _known_only(names, value)
    for name, flag in value.items():
        if flag is not None and not isinstance(flag, bool):
            words = _("“%(name)s”的值 %(value)s 要是 true 或 false")
            raise Unfit(words % {"name": name, "value": brief(flag)})
    return {name: flag for name, flag in value.items() if flag is not None}


def _deduction(rule: tree.Deduction, clause: tree.Clause, value: Any) -> Scored:
    counts = _counts(rule.units, value, None)
    lost = sum(
        (
            _steps(Fraction(counts[unit.name]), unit.per, Partial.DOWN) * Fraction(unit.points)
            for unit in rule.units
            if unit.name in counts
        ),
        NOTHING,
    )
    points = max(Fraction(clause.maximum) - lost, Fraction(rule.floor))
    missing = tuple(unit.name for unit in rule.units if unit.name not in counts)
    return Scored(points, Fraction(rule.floor) if missing else points, points, missing)


def _manual(rule: tree.Manual, clause: tree.Clause, value: Any) -> Scored:
    number = _number(value, None)
    if not rule.floor <= number <= clause.maximum:
        words = _("值 %(value)s 要在 %(low)s 到 %(high)s 之间")
        told = {"low": shown(rule.floor), "high": shown(clause.maximum)}
        raise Unfit(words % {"value": shown(number), **told})
    return _sure(number)


SCORERS: dict[Kind, Callable[[Any, tree.Clause, Any], Scored]] = {
    Kind.PASS_FAIL: _pass_fail,
    Kind.OPTIONS: _options,
    Kind.TIERS: _tiers,
    Kind.THRESHOLD: _threshold,
    Kind.PER_UNIT: _per_unit,
    Kind.RATIO: _ratio,
    Kind.BAND: _band,
    Kind.SUM: _sum,
    Kind.DEDUCTION: _deduction,
    Kind.MANUAL: _manual,
}


def _steps(amount: Fraction, step: Decimal, partial: Partial) -> Fraction:
    """How many steps there are in an amount, full ones only or with the rest as a part."""
    steps = amount / Fraction(step)
    return steps if partial == Partial.SHARE else Fraction(floor(steps))


def _number(value: Any, places: int | None) -> Decimal:
    number = number_of(value)
    if number is None:
        raise Unfit(_("值 %(value)s 不是数字，填数字，例如 12") % {"value": brief(value)})
    if abs(number) >= LIMIT or decimals(number) > MOST_PLACES:
        words = _("值 %(value)s 太长，最多 15 位整数、6 位小数")
        raise Unfit(words % {"value": brief(value)})
    if places is not None and decimals(number) > places:
        if places == 0:
            raise Unfit(_("值 %(value)s 要是整数") % {"value": shown(number)})
        words = _("值 %(value)s 最多 %(places)s 位小数")
        raise Unfit(words % {"value": shown(number), "places": places})
    return number


def _counts(units: tuple[tree.Unit, ...], value: Any, places: int | None) -> dict[str, Decimal]:
    names = [unit.name for unit in units]
    if not isinstance(value, Mapping):
        if len(units) > 1:
            words = _("值 %(value)s 要分别写：%(known)s 各有多少")
            raise Unfit(words % {"value": brief(value), "known": listed(names)})
        value = {names[0]: value}
    _known_only(set(names), value)
    counts = {name: _number(count, places) for name, count in value.items() if count is not None}
    for name, count in counts.items():
        if count < 0:
            words = _("“%(name)s”的值 %(value)s 小于 0，填 0 或更大的数")
            raise Unfit(words % {"name": name, "value": shown(count)})
    return counts


def _known_only(names: set[str], told: Iterable[Any]) -> None:
    for name in told:
        if name not in names:
            words = _("没有“%(name)s”这一项，改成 %(known)s 之一")
            raise Unfit(words % {"name": str(name)[:40], "known": listed(sorted(names))})
