"""Whether grades and the caps on them can do what they say."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.core.words import listed

from . import tree
from .amounts import shown
from .stretches import overlaps_and_gaps


def grade_problems(standard: tree.Standard) -> Iterator[Problem]:
    """Say which grades nobody can reach, which totals have two or none, which caps do nothing."""
    for name, count in Counter(each.name for each in standard.grades).items():
        if count > 1:
            words = _("等级“%(name)s”出现了 %(count)s 次。每个等级只写一次")
            yield _said("same_grade", words, name=name, count=count)
    yield from _reached(standard)
    yield from _order(standard)
    step = standard.total_rounding.step
    for code, words in overlaps_and_gaps([each.bounds for each in standard.grades], step):
        yield _said(f"grade_{code}", _("等级的分数段：%(found)s"), found=words)
    yield from _cap_problems(standard)


def _said(code: str, words: str, **facts: object) -> Problem:
    return Problem(f"standards.{code}", words % facts)


def _reached(standard: tree.Standard) -> Iterator[Problem]:
    step = standard.total_rounding.step
    highest = Fraction(standard.total_rounding.of(Fraction(standard.highest)))
    for grade in standard.grades:
        low = grade.bounds.lowest(step)
        if low is not None and low > highest:
            words = _("等级“%(name)s”（%(bounds)s）达不到：最多能得 %(most)s 分。改分数段")
            told = {"name": grade.name, "bounds": grade.bounds, "most": shown(highest)}
            yield _said("unreachable", words, **told)
    tops = [grade.bounds.highest(step) for grade in standard.grades]
    if tops and all(top is not None and top < highest for top in tops):
        words = _("%(most)s 分超出了所有等级的分数段。把最高等级的上限去掉或改高")
        yield _said("above_all", words, most=shown(highest))


def _order(standard: tree.Standard) -> Iterator[Problem]:
    step = standard.total_rounding.step
    for one, other in pairwise(standard.grades):
        upper, lower = one.bounds.lowest(step), other.bounds.lowest(step)
        if upper is None or (lower is not None and lower > upper):
            words = _("等级从高到低写：“%(one)s”和“%(other)s”换一下位置")
            yield _said("order", words, one=one.name, other=other.name)


def _cap_problems(standard: tree.Standard) -> Iterator[Problem]:
    names = [each.name for each in standard.grades]
    known = {each.name for each in standard.conditions}
    for name, count in Counter(each.name for each in standard.conditions).items():
        if count > 1:
            words = _("条件“%(name)s”出现了 %(count)s 次。每个条件只写一次")
            yield _said("same_condition", words, name=name, count=count)
        if all(cap.condition != name for cap in standard.caps):
            words = _("条件“%(name)s”没有用在等级限制里。加上限制，或去掉条件")
            yield _said("idle_condition", words, name=name)
    for cap in standard.caps:
        if cap.condition not in known:
            words = _("等级限制用了没有写明的条件“%(name)s”。先写条件：%(known)s")
            told = listed(sorted(known)) or _("（还没有）")
            yield _said("cap_condition", words, name=cap.condition, known=told)
        if cap.highest not in names:
            words = _("等级限制里的“%(name)s”不是一个等级。改成 %(known)s 之一")
            yield _said("cap_grade", words, name=cap.highest, known=listed(names))
        elif cap.highest == names[0]:
            words = _("等级限制“最高 %(name)s”不起作用：它就是最高等级。改低，或去掉")
            yield _said("cap_idle", words, name=cap.highest)
