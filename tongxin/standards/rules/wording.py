"""A rule in words, as somebody reads it who fills in or checks a clause."""

from collections.abc import Iterator
from decimal import Decimal

from tongxin.core.words import gettext as _
from tongxin.standards.choices import Better, Partial

from . import tree
from .amounts import Bounds, shown


def words_of(clause: tree.Clause) -> list[str]:
    """Say how a leaf is scored, a line for each thing."""
    return [] if clause.rule is None else [*_words(clause.rule, clause)]


def _words(  # noqa: C901, PLR0912  a case for each kind
    rule: tree.Rule, clause: tree.Clause
) -> Iterator[str]:
    match rule:
        case tree.PassFail(points=points):
            if clause.veto:
                yield _("没有达到的，整个评估不通过")
            if points:
                yield _("达到得 %(points)s 分，没有达到不得分") % {"points": shown(points)}
        case tree.Options(options=options):
            yield from (_gives(each.text, each.points) for each in options)
        case tree.Parts(parts=parts):
            yield _("有几项得几项的分：")
            yield from (_gives(each.text, each.points) for each in parts)
        case tree.Tiers(tiers=tiers):
            yield from (_gives(stretch(each.bounds, clause.unit), each.points) for each in tiers)
        case tree.Threshold():
            yield from _threshold(rule, clause)
        case tree.PerUnit(units=units):
            yield from (_unit(each, clause.unit) for each in units)
        case tree.Deduction(units=units):
            words = _("从 %(maximum)s 分扣起，最低 %(floor)s 分：")
            yield words % {"maximum": shown(clause.maximum), "floor": shown(rule.floor)}
            yield from (_fault(each) for each in units)
        case tree.Ratio(better=better):
            lowest = better == Better.LOWEST
            how = _("本轮最优值 ÷ 本单位的值") if lowest else _("本单位的值 ÷ 本轮最优值")
            yield _("%(maximum)s 分 × %(how)s") % {"maximum": shown(clause.maximum), "how": how}
        case tree.Bands(bands=bands):
            yield from (_band(each) for each in bands)
        case tree.Manual(floor=floor):
            words = _("由评的人在 %(low)s 到 %(high)s 分之间给分")
            yield words % {"low": shown(floor), "high": shown(clause.maximum)}
    if getattr(rule, "partial", None) == Partial.SHARE:
        yield _("不足一步的按比例计")


def _gives(what: str, points: Decimal) -> str:
    return _("%(what)s：%(points)s 分") % {"what": what, "points": shown(points)}


def stretch(bounds: Bounds, unit: str = "") -> str:
    """Say between which numbers something lies."""
    low, high = bounds.from_, bounds.to
    if low is not None and low == high:
        return measured(low, unit)
    ends = (
        (_("%(bound)s以上"), bounds.from_),
        (_("超过 %(bound)s"), bounds.over),
        (_("%(bound)s以下"), bounds.to),
        (_("不到 %(bound)s"), bounds.below),
    )
    told = [words % {"bound": measured(bound, unit)} for words, bound in ends if bound is not None]
    return _("，").join(told) or _("任何数")


def measured(number: Decimal, unit: str) -> str:
    """A number with its unit.

    >>> measured(Decimal(3), "家"), measured(Decimal(60), "%")
    ('3 家', '60%')
    """
    return f"{shown(number)}{unit}" if unit in {"", "%"} else f"{shown(number)} {unit}"


def _threshold(rule: tree.Threshold, clause: tree.Clause) -> Iterator[str]:
    words = _("不到 %(start)s不得分，达到得 %(points)s 分")
    start = measured(rule.start, clause.unit)
    yield words % {"start": start, "points": shown(rule.points)}
    if rule.each:
        words = _("以后每多 %(step)s加 %(each)s 分，到 %(maximum)s 分为止")
        step = measured(rule.step, clause.unit)
        yield words % {"step": step, "each": shown(rule.each), "maximum": shown(clause.maximum)}


def _unit(unit: tree.Unit, measure: str) -> str:
    words = _("%(what)s每 %(per)s得 %(points)s 分")
    told = {"what": unit.text or unit.name, "per": measured(unit.per, measure)}
    return words % {**told, "points": shown(unit.points)}


def _fault(unit: tree.Unit) -> str:
    what = unit.text or unit.name
    if unit.per != 1:
        what = f"{what} × {shown(unit.per)}"
    return _("%(what)s：扣 %(points)s 分") % {"what": what, "points": shown(unit.points)}


def _band(band: tree.Band) -> str:
    low, high = band.bounds.from_, band.bounds.to
    points = stretch(band.bounds, _("分"))
    if low is not None and high is not None and low != high:
        points = _("%(low)s 到 %(high)s 分") % {"low": shown(low), "high": shown(high)}
    return _("%(what)s：%(points)s") % {"what": band.text or band.name, "points": points}
