"""A rule as lines that people type, in a form or in a cell of a sheet: written and read again.

One line for each thing; what a line may say depends on the kind, and `HINTS` shows it by example.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.standards.choices import Better, Kind, Partial

from . import tree
from .amounts import Bounds, shown

NUMBER = r"-?\d+(?:\.\d+)?"
NAME = r"[0-9A-Za-z\u3400-\u9fff_-]{1,40}"
SIGNS = {">=": "from", ">": "over", "<=": "to", "<": "below"}
BOUND = re.compile(rf"(>=|<=|>|<)\s*({NUMBER})\s*")
NAMED = re.compile(rf"({NAME})\s*[:：]\s*({NUMBER})\s*(?:/\s*({NUMBER}))?\s*(.*)")
STRETCH = re.compile(rf"((?:(?:>=|<=|>|<)\s*{NUMBER}\s*)+)[:：]\s*({NUMBER})")
JUDGED = re.compile(rf"({NAME})\s*[:：]\s*((?:(?:>=|<=|>|<)\s*{NUMBER}\s*)+)(.*)")
START = re.compile(rf"({NUMBER})\s*[:：]\s*({NUMBER})")
STEP = re.compile(rf"\+\s*({NUMBER})\s*[:：]\s*({NUMBER})")
PLACES = re.compile(r"(?:places|小数)\s*([0-6])")
FLOOR = re.compile(rf"(?:min|最低)\s*[:：]?\s*({NUMBER})")
STRETCH_OF = rf"(?:(?:>=|<=|>|<)\s*{NUMBER}\s*)+"
SAME = str.maketrans({"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "＋": "+"})
HINTS: dict[str, str] = {
    Kind.PASS_FAIL: "",
    Kind.OPTIONS: "owned: 4 自有，有产权证\nlease: 2 租用",
    Kind.TIERS: ">=500: 6\n>=200 <500: 3\n<200: 0",
    Kind.THRESHOLD: "50: 5\n+1: 0.1",
    Kind.PER_UNIT: "host: 1 主办\namount: 1/300000 投资额",
    Kind.RATIO: "highest",
    Kind.BAND: "good: >=16 <=20 好\nfair: >=0 <16 一般",
    Kind.SUM: "office: 2 办公区\nmeeting: 1.5 会议区",
    Kind.DEDUCTION: "late: 0.5 迟报一次",
    Kind.MANUAL: "",
}


def lines_of(rule: tree.Rule) -> str:
    """Write a rule as lines."""
    return "\n".join(_lines(rule))


def _lines(rule: tree.Rule) -> Iterator[str]:  # noqa: C901  a case for each kind
    match rule:
        case tree.PassFail(points=points):
            yield shown(points)
        case tree.Options(options=named) | tree.Parts(parts=named):
            yield from (f"{each.name}: {shown(each.points)} {each.text}" for each in named)
        case tree.PerUnit(units=units) | tree.Deduction(units=units):
            yield from (_unit(each) for each in units)
        case tree.Tiers(tiers=tiers):
            yield from (f"{_bounds(each.bounds)}: {shown(each.points)}" for each in tiers)
        case tree.Bands(bands=bands):
            yield from (
                f"{each.name}: {_bounds(each.bounds)} {each.text}".strip() for each in bands
            )
        case tree.Threshold():
            yield f"{shown(rule.start)}: {shown(rule.points)}"
            yield f"+{shown(rule.step)}: {shown(rule.each)}"
        case tree.Ratio(better=better):
            yield better.value
        case _:
            pass
    if getattr(rule, "partial", Partial.DOWN) == Partial.SHARE:
        yield Partial.SHARE.value
    if (places := getattr(rule, "places", None)) is not None:
        yield f"places {places}"
    if getattr(rule, "floor", tree.ZERO) != tree.ZERO:
        yield f"min {shown(getattr(rule, 'floor', tree.ZERO))}"


def _unit(unit: tree.Unit) -> str:
    per = "" if unit.per == 1 else f"/{shown(unit.per)}"
    return f"{unit.name}: {shown(unit.points)}{per} {unit.text}".strip()


def _bounds(bounds: Bounds) -> str:
    return str(bounds).translate(SAME)


def rule_from(kind: str, text: str) -> dict[str, Any] | Problem:
    """Read the lines of a rule into plain values, or say which line is not understood."""
    told: dict[str, Any] = {"kind": kind}
    lines = [(at, line.strip()) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    for at, line in lines:
        if not _take(kind, line.translate(SAME) if _has_bounds(kind) else line, told):
            hint = HINTS.get(kind, "").replace("\n", _("；"))
            words = _("评分办法第 %(at)s 行“%(line)s”看不懂。这一种这样写：%(hint)s")
            facts = {"at": at, "line": line[:40], "hint": hint or _("不用写，或只写最低分")}
            return Problem("standards.notation", words % facts, "rule")
    return told


def _has_bounds(kind: str) -> bool:
    return kind in {Kind.TIERS, Kind.BAND, Kind.THRESHOLD}


def _take(kind: str, line: str, told: dict[str, Any]) -> bool:
    """Take one line in; False where it is not understood."""
    if line in {Partial.SHARE, Partial.SHARE.label} and kind in {Kind.THRESHOLD, Kind.PER_UNIT}:
        told["partial"] = Partial.SHARE.value
    elif line in {"整数", "whole"} and kind in WITH_PLACES:
        told["places"] = Decimal(0)
    elif (hit := PLACES.fullmatch(line)) and kind in WITH_PLACES:
        told["places"] = Decimal(hit[1])
    elif (hit := FLOOR.fullmatch(line)) and kind in {Kind.DEDUCTION, Kind.MANUAL}:
        told["floor"] = Decimal(hit[1])
    else:
        return kind in TAKES and TAKES[Kind(kind)](line, told)
    return True


def _points(line: str, told: dict[str, Any]) -> bool:
    if not re.fullmatch(NUMBER, line):
        return False
    told["points"] = Decimal(line)
    return True


def _named(field: str, *, per: bool = False) -> Callable[[str, dict[str, Any]], bool]:
    def take(line: str, told: dict[str, Any]) -> bool:
        hit = NAMED.fullmatch(line)
        if hit is None or (hit[3] and not per):
            return False
        each = {"name": hit[1], "points": Decimal(hit[2]), "text": hit[4]}
        if not per and not hit[4]:
            each["text"] = hit[1]
        if hit[3]:
            each["per"] = Decimal(hit[3])
        told.setdefault(field, []).append(each)
        return True

    return take


def bounds_from(text: str) -> dict[str, Decimal]:
    """Read signs and numbers into the ends of a stretch."""
    return {SIGNS[sign]: Decimal(number) for sign, number in BOUND.findall(text.translate(SAME))}


def _tier(line: str, told: dict[str, Any]) -> bool:
    if hit := STRETCH.fullmatch(line):
        told.setdefault("tiers", []).append(bounds_from(hit[1]) | {"points": Decimal(hit[2])})
    return bool(hit)


def _band(line: str, told: dict[str, Any]) -> bool:
    if hit := JUDGED.fullmatch(line):
        told.setdefault("bands", []).append(bounds_from(hit[2]) | {"name": hit[1], "text": hit[3]})
    return bool(hit)


def _threshold(line: str, told: dict[str, Any]) -> bool:
    if hit := START.fullmatch(line):
        told |= {"start": Decimal(hit[1]), "points": Decimal(hit[2])}
    elif hit := STEP.fullmatch(line):
        told |= {"step": Decimal(hit[1]), "each": Decimal(hit[2])}
    return bool(hit)


def _better(line: str, told: dict[str, Any]) -> bool:
    for each in Better:
        if line in {each.value, str(each.label)}:
            told["better"] = each.value
            return True
    return False


WITH_PLACES = {Kind.TIERS, Kind.THRESHOLD, Kind.PER_UNIT}
TAKES: dict[Kind, Callable[[str, dict[str, Any]], bool]] = {
    Kind.PASS_FAIL: _points,
    Kind.OPTIONS: _named("options"),
    Kind.SUM: _named("parts"),
    Kind.PER_UNIT: _named("units", per=True),
    Kind.DEDUCTION: _named("units", per=True),
    Kind.TIERS: _tier,
    Kind.BAND: _band,
    Kind.THRESHOLD: _threshold,
    Kind.RATIO: _better,
}
