"""What is amiss with a standard that can be read: each problem names its clause and the remedy.

A draft is kept with these; it is published without them.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

from . import tree
from .amounts import MOST_PLACES, Bounds, Rounding, decimals, shown
from .grading import grade_problems
from .reading import MOST_CLAUSES
from .stretches import overlaps_and_gaps

FINEST = Rounding(MOST_PLACES).step


def problems_of(standard: tree.Standard) -> list[Problem]:
    """Return everything that keeps a standard from being published."""
    return [
        *_codes(standard),
        *_sums(standard),
        *_limits(standard),
        *(found for clause in standard.leaves() for found in _leaf(standard, clause)),
        *grade_problems(standard),
    ]


def _at(clause: tree.Clause, code: str, words: str, **facts: object) -> Problem:
    where = _("条目 %(code)s（%(text)s）：%(words)s")
    told = {"code": clause.code, "text": clause.text[:30], "words": words % facts}
    return Problem(f"standards.{code}", where % told, clause.code)


def _whole(code: str, words: str, **facts: object) -> Problem:
    return Problem(f"standards.{code}", words % facts)


def _codes(standard: tree.Standard) -> Iterator[Problem]:
    clauses = [clause for _depth, clause in standard.walk()]
    if not standard.clauses:
        yield _whole("no_clauses", _("标准还没有条目。先加一条"))
    if len(clauses) > MOST_CLAUSES:
        words = _("条目有 %(count)s 条，最多 %(most)s 条。拆成几个标准")
        yield _whole("many_clauses", words, count=len(clauses), most=MOST_CLAUSES)
    count = Counter(clause.code for clause in clauses)
    seen: set[str] = set()
    for clause in clauses:
        if count[clause.code] > 1 and clause.code in seen:
            yield _at(clause, "same_code", _("编号与前面的条目相同。换一个编号"))
        seen.add(clause.code)


def _sums(standard: tree.Standard) -> Iterator[Problem]:
    for _depth, clause in standard.walk():
        if not clause.clauses:
            if clause.rule is None:
                yield _at(clause, "neither", _("没有评分办法，下面也没有条目。补上一样"))
            continue
        below = _maxima(clause.clauses)
        if clause.capped and below < clause.maximum:
            words = _("满分 %(maximum)s 达不到：下面各条满分相加只有 %(sum)s。把满分改成 %(sum)s")
            yield _at(clause, "sum", words, maximum=shown(clause.maximum), sum=shown(below))
        elif not clause.capped and below != clause.maximum:
            words = _(
                "下面各条满分相加是 %(sum)s，这一条的满分写的是 %(maximum)s。"
                "改成一致；下面可以多得、到满分为止的，标明“封顶”"
            )
            yield _at(clause, "sum", words, maximum=shown(clause.maximum), sum=shown(below))
    found = _maxima(standard.clauses)
    if standard.clauses and found != standard.maximum:
        words = _("各条满分相加是 %(sum)s，标准的总分写的是 %(maximum)s。改成一致")
        yield _whole("sum", words, sum=shown(found), maximum=shown(standard.maximum))


def _maxima(clauses: tuple[tree.Clause, ...]) -> Decimal:
    return sum((each.maximum for each in clauses), tree.ZERO)


def _limits(standard: tree.Standard) -> Iterator[Problem]:
    extra = _maxima(standard.bonus)
    if standard.bonus_cap is not None and standard.bonus_cap > extra:
        words = _("加分上限 %(cap)s 达不到：加分条目相加只有 %(sum)s。改小，或增加加分条目")
        yield _whole("bonus_cap", words, cap=shown(standard.bonus_cap), sum=shown(extra))
    final = standard.final_cap
    if final is None:
        return
    most = standard.maximum + (extra if standard.bonus_cap is None else standard.bonus_cap)
    if final < standard.maximum:
        words = _("最后得分的上限 %(cap)s 低于总分 %(maximum)s，满分得不到。改成不低于总分")
        yield _whole("final_cap", words, cap=shown(final), maximum=shown(standard.maximum))
    elif final > most:
        words = _("最后得分的上限 %(cap)s 达不到：最多能得 %(most)s。改小或去掉")
        yield _whole("final_cap", words, cap=shown(final), most=shown(most))


def _leaf(standard: tree.Standard, clause: tree.Clause) -> Iterator[Problem]:
    rule = clause.rule
    places = (clause.rounding or standard.rounding).places
    if decimals(clause.maximum) > places:
        words = _("满分 %(maximum)s 的小数多于得分保留的 %(places)s 位。改满分或保留位数")
        yield _at(clause, "places", words, maximum=shown(clause.maximum), places=places)
    if clause.veto and not isinstance(rule, tree.PassFail):
        yield _at(clause, "veto", _("一票否决只能用“是或否”。改评分办法，或去掉一票否决"))
    if clause.maximum < 0 or (clause.maximum == 0 and not _scores_nothing(clause)):
        yield _at(clause, "maximum", _("满分要大于 0；只否决、不计分的和只扣分的可以是 0"))
    yield from _by_kind(clause, places)
    if isinstance(rule, tree.Deduction | tree.Manual) and rule.floor >= clause.maximum:
        words = _("最低 %(floor)s 不低于满分 %(maximum)s，分数不会变。把最低分改小")
        yield _at(clause, "floor", words, floor=shown(rule.floor), maximum=shown(clause.maximum))


def _by_kind(clause: tree.Clause, places: int) -> Iterator[Problem]:
    rule = clause.rule
    match rule:
        case tree.PassFail(points=points):
            yield from _reaches(clause, points)
        case tree.Options(options=choices):
            yield from _names(clause, [each.name for each in choices])
            yield from _reaches(clause, max(each.points for each in choices))
        case tree.Parts(parts=choices):
            yield from _names(clause, [each.name for each in choices])
            yield from _reaches(clause, _points(choices))
        case tree.Tiers():
            yield from _stretches(clause, [tier.bounds for tier in rule.tiers], rule.places)
            yield from _reaches(clause, max(each.points for each in rule.tiers))
        case tree.Threshold():
            yield from _threshold(clause, rule)
        case tree.PerUnit(units=units) | tree.Deduction(units=units):
            yield from _names(clause, [each.name for each in units])
        case tree.Bands(bands=bands):
            yield from _names(clause, [each.name for each in bands])
            yield from _stretches(clause, [band.bounds for band in bands], places)
            yield from _judged(clause, bands, places)
        case _:
            pass


def _points(choices: tuple[tree.Choice, ...]) -> Decimal:
    return sum((each.points for each in choices if each.points > 0), tree.ZERO)


def _scores_nothing(clause: tree.Clause) -> bool:
    return clause.veto or isinstance(clause.rule, tree.Deduction)


def _reaches(clause: tree.Clause, most: Decimal) -> Iterator[Problem]:
    if most != clause.maximum:
        words = _("评分办法最多得 %(most)s 分，满分写的是 %(maximum)s。改成一致")
        told = {"most": shown(most), "maximum": shown(clause.maximum)}
        yield _at(clause, "reach", words, **told)


def _threshold(clause: tree.Clause, rule: tree.Threshold) -> Iterator[Problem]:
    if rule.points > clause.maximum or (rule.each == 0 and rule.points != clause.maximum):
        yield from _reaches(clause, rule.points)


def _names(clause: tree.Clause, names: list[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            words = _("“%(name)s”出现了 %(count)s 次。每一项起不同的名称")
            yield _at(clause, "same_name", words, name=name, count=count)


def _stretches(
    clause: tree.Clause, stretches: list[Bounds], places: int | None
) -> Iterator[Problem]:
    step = FINEST if places is None else Rounding(places).step
    for code, words in overlaps_and_gaps(stretches, step):
        yield _at(clause, f"stretch_{code}", "%(found)s", found=words)


def _judged(clause: tree.Clause, bands: tuple[tree.Band, ...], places: int) -> Iterator[Problem]:
    step = Rounding(places).step
    highest = [band.bounds.highest(step) for band in bands]
    lowest = [band.bounds.lowest(step) for band in bands]
    if None in highest or None in lowest:
        yield _at(clause, "band_open", _("每一级都要写明最低分和最高分"))
        return
    most = max(each for each in highest if each is not None)
    if most != clause.maximum:
        words = _("最高一级到 %(most)s 分，满分写的是 %(maximum)s。改成一致")
        yield _at(clause, "reach", words, most=shown(most), maximum=shown(clause.maximum))
    if min(each for each in lowest if each is not None) < 0:
        yield _at(clause, "floor", _("最低一级不能低于 0 分"))
