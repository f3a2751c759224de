"""A standard from plain values: what a file or a column of the database holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tongxin.core.errors import Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.standards.choices import Better, Kind, Method, Partial, Way

from . import tree
from .amounts import Rounding
from .asking import Asker, brief

DEEPEST = 6
MOST_CLAUSES = 500
CODE = re.compile(r"[0-9A-Za-z\u3400-\u9fff][0-9A-Za-z\u3400-\u9fff._-]{0,19}")
NAME = re.compile(r"[0-9A-Za-z\u3400-\u9fff_-]{1,40}")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
STEP = Decimal(1)


def standard_of(told: Any) -> tree.Standard:
    """Read a standard; raises `Refused` with everything that cannot be read."""
    problems: list[Problem] = []
    asker = Asker(told, _("标准"), problems)
    found = _standard(asker)
    asker.end()
    refuse_if(problems)
    return found


def clause_of(told: Any) -> tree.Clause:
    """Read one clause with all below it; raises `Refused`."""
    problems: list[Problem] = []
    found = _clause(told, problems, 0, _("条目"))
    refuse_if(problems)
    return found


def _standard(asker: Asker) -> tree.Standard:
    key = asker.text("key")
    if key and not KEY.fullmatch(key):
        asker.note("key", _("代号 %(key)s 只能用小写字母、数字和连字符") % {"key": brief(key)})
    return tree.Standard(
        key=key,
        name=asker.text("name"),
        version=asker.text("version"),
        maximum=asker.number("maximum"),
        clauses=_clauses(asker, "clauses", 0),
        bonus=_clauses(asker, "bonus", 0),
        bonus_cap=asker.maybe("bonus_cap"),
        final_cap=asker.maybe("final_cap"),
        rounding=_rounding(asker, "rounding") or Rounding(),
        total_rounding=_rounding(asker, "total_rounding") or Rounding(),
        conditions=asker.each("conditions", _condition),
        caps=asker.each("caps", _cap),
        grades=asker.each("grades", lambda each: tree.Grade(_name(each), each.bounds())),
        example=asker.flag("example"),
        note=asker.text("note", needed=False),
        sources=asker.texts("sources"),
    )


def _condition(asker: Asker) -> tree.Condition:
    return tree.Condition(_name(asker), asker.text("text"))


def _cap(asker: Asker) -> tree.Cap:
    return tree.Cap(
        condition=asker.text("condition"),
        holds=asker.flag("holds"),
        highest=asker.text("highest"),
        text=asker.text("text", needed=False),
    )


def _rounding(asker: Asker, name: str) -> Rounding | None:
    told = asker.told.get(name)
    asker.asked.add(name)
    if told is None:
        return None

    def make(each: Asker) -> Rounding:
        places = each.whole("places")
        way = each.word("way", Way, Way.HALF_UP)
        return Rounding(way=way) if places is None else Rounding(places, way)

    where = _("%(where)s的“%(name)s”") % {"where": asker.where, "name": name}
    return asker.below(told, where, make)


def _clauses(asker: Asker, name: str, depth: int) -> tuple[tree.Clause, ...]:
    told = asker.items(name)
    if told and depth >= DEEPEST:
        asker.note("depth", _("条目最多 %(most)s 层，把下面的条目上移") % {"most": DEEPEST})
        return ()
    where = _("%(where)s下第 %(at)s 条")
    return tuple(
        _clause(each, asker.problems, depth, where % {"where": asker.where, "at": at})
        for at, each in enumerate(told, 1)
    )


def _clause(told: Any, problems: list[Problem], depth: int, where: str) -> tree.Clause:
    code = str(told.get("code") or "") if isinstance(told, Mapping) else ""
    if code:
        text = str(told.get("text") or "")[:20]
        where = _("条目 %(code)s（%(text)s）") % {"code": code[:20], "text": text}
    asker = Asker(told, where, problems, code)
    asker.text("code")
    if code and not CODE.fullmatch(code):
        asker.note("code", _("编号只能用字母、数字、汉字、点和连字符，最多 20 个"))
    rule = asker.told.get("rule")
    asker.asked.add("rule")
    clause = tree.Clause(
        code=code,
        text=asker.text("text"),
        maximum=asker.number("maximum"),
        clauses=_clauses(asker, "clauses", depth + 1),
        rule=None,
        capped=asker.flag("capped"),
        veto=asker.flag("veto"),
        rounding=_rounding(asker, "rounding"),
        unit=asker.text("unit", needed=False),
        evidence=asker.texts("evidence"),
        methods=asker.words("methods", Method),
        note=asker.text("note", needed=False),
    )
    asker.end()
    if clause.clauses and rule is not None:
        asker.note("both", _("下面有条目，就不能再有评分办法。去掉一样"))
    elif rule is not None:
        found = asker.below(rule, where, lambda each: _rule(each, clause.maximum))
        return replace(clause, rule=found)
    return clause


def _name(asker: Asker) -> str:
    name = asker.text("name")
    if name and not NAME.fullmatch(name):
        words = _("名称 %(name)s 只能用字母、数字、汉字和连字符，最多 40 个")
        asker.note("name", words % {"name": brief(name)})
    return name


def _choice(asker: Asker) -> tree.Choice:
    return tree.Choice(_name(asker), asker.text("text"), asker.number("points"))


def _unit(asker: Asker) -> tree.Unit:
    unit = tree.Unit(
        _name(asker),
        asker.text("text", needed=False),
        asker.number("points"),
        asker.number("per", STEP),
    )
    if unit.per <= 0:
        asker.note("per", _("“per”要大于 0：每多少计一次分"))
    if unit.points <= 0:
        asker.note("points", _("“points”要大于 0；扣多少分也写成正数"))
    return unit


def _band(asker: Asker) -> tree.Band:
    return tree.Band(_name(asker), asker.text("text", needed=False), asker.bounds())


def _threshold(asker: Asker, _maximum: Decimal) -> tree.Threshold:
    rule = tree.Threshold(
        start=asker.number("start"),
        points=asker.number("points"),
        step=asker.number("step", STEP),
        each=asker.number("each", tree.ZERO),
        partial=asker.word("partial", Partial, Partial.DOWN),
        places=asker.whole("places"),
    )
    if rule.step <= 0:
        asker.note("step", _("“step”要大于 0：超过后每多少加一次分"))
    if rule.each < 0 or rule.points < 0:
        asker.note("points", _("“points”和“each”不能小于 0；扣分用“扣分”"))
    return rule


def _per_unit(asker: Asker, _maximum: Decimal) -> tree.PerUnit:
    return tree.PerUnit(
        asker.each("units", _unit, needed=True),
        asker.word("partial", Partial, Partial.DOWN),
        asker.whole("places"),
    )


def _tiers(asker: Asker, _maximum: Decimal) -> tree.Tiers:
    def tier(each: Asker) -> tree.Tier:
        return tree.Tier(each.bounds(), each.number("points"))

    return tree.Tiers(asker.each("tiers", tier, needed=True), asker.whole("places"))


RULES: dict[Kind, Callable[[Asker, Decimal], tree.Rule]] = {
    Kind.PASS_FAIL: lambda asker, most: tree.PassFail(asker.number("points", most)),
    Kind.OPTIONS: lambda asker, _most: tree.Options(asker.each("options", _choice, needed=True)),
    Kind.TIERS: _tiers,
    Kind.THRESHOLD: _threshold,
    Kind.PER_UNIT: _per_unit,
    Kind.RATIO: lambda asker, _most: tree.Ratio(asker.word("better", Better, Better.HIGHEST)),
    Kind.BAND: lambda asker, _most: tree.Bands(asker.each("bands", _band, needed=True)),
    Kind.SUM: lambda asker, _most: tree.Parts(asker.each("parts", _choice, needed=True)),
    Kind.DEDUCTION: lambda asker, _most: tree.Deduction(
        asker.each("units", _unit, needed=True), asker.number("floor", tree.ZERO)
    ),
    Kind.MANUAL: lambda asker, _most: tree.Manual(asker.number("floor", tree.ZERO)),
}


def _rule(asker: Asker, maximum: Decimal) -> tree.Rule:
    if asker.told.get("kind") is None:
        asker.note("kind", _("没有写评分办法的种类“kind”，补上"))
    kind = asker.word("kind", Kind, Kind.MANUAL)
    if kind.value != asker.told.get("kind"):
        asker.asked.update(asker.told)  # what it may say depends on the kind
    return RULES[kind](asker, maximum)
