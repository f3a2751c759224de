"""A version as its pages show it: one row for each clause, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tongxin.core.errors import Problem
from tongxin.standards.choices import Kind, Method, Way
from tongxin.standards.rules import tree
from tongxin.standards.rules.amounts import Rounding, shown
from tongxin.standards.rules.differing import Change, Difference
from tongxin.standards.rules.wording import stretch, words_of


@dataclass(frozen=True, slots=True)
class Row:
    """A clause on the page."""

    clause: tree.Clause
    depth: int
    bonus: bool
    kind: str
    words: list[str]
    evidence: str
    methods: str
    maximum: str
    problems: tuple[str, ...]
    first: bool
    last: bool

    @property
    def is_heading(self) -> bool:
        """Whether it is the sum of those below it."""
        return self.clause.rule is None


def rows_of(standard: tree.Standard, problems: Iterable[Problem] = ()) -> list[Row]:
    """Return the clauses of a standard in the order in which one reads."""
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(problem.field, []).append(str(problem))
    found: list[Row] = []
    for bonus, clauses in ((False, standard.clauses), (True, standard.bonus)):
        _rows(found, clauses, said, bonus=bonus, depth=0)
    return found


def _rows(
    found: list[Row],
    clauses: tuple[tree.Clause, ...],
    said: dict[str, list[str]],
    *,
    bonus: bool,
    depth: int,
) -> None:
    for clause in clauses:
        found.append(
            Row(
                clause,
                depth,
                bonus,
                str(Kind(clause.rule.kind).label) if clause.rule else "",
                words_of(clause),
                _("；").join(clause.evidence),
                _("、").join(str(Method(each).label) for each in clause.methods),
                shown(clause.maximum),
                tuple(said.get(clause.code, ())),
                clause is clauses[0],
                clause is clauses[-1],
            )
        )
        _rows(found, clause.clauses, said, bonus=bonus, depth=depth + 1)


def facts_of(standard: tree.Standard) -> list[tuple[str, str]]:
    """Return what a standard says as a whole, in words."""
    facts = [(_("总分"), shown(standard.maximum))]
    if standard.bonus_cap is not None:
        facts.append((_("加分上限"), shown(standard.bonus_cap)))
    if standard.final_cap is not None:
        facts.append((_("最后得分上限"), shown(standard.final_cap)))
    facts.append((_("各条得分保留"), rounding_words(standard.rounding)))
    facts.append((_("总分保留"), rounding_words(standard.total_rounding)))
    return facts


def rounding_words(rounding: Rounding) -> str:
    """Say how many decimals are kept, and how."""
    words = _("%(places)s 位小数，%(way)s")
    return words % {"places": rounding.places, "way": Way(rounding.way).label}


def grades_of(standard: tree.Standard) -> list[tuple[str, str]]:
    """Return the grades with the totals that earn them."""
    return [(grade.name, stretch(grade.bounds, _("分"))) for grade in standard.grades]


def caps_of(standard: tree.Standard) -> list[str]:
    """Return the caps on the grade as sentences."""
    texts = {each.name: each.text for each in standard.conditions}
    found = []
    for cap in standard.caps:
        words = (
            _("“%(what)s”的，最高 %(grade)s")
            if cap.holds
            else _("没有“%(what)s”的，最高 %(grade)s")
        )
        said = words % {"what": texts.get(cap.condition, cap.condition), "grade": cap.highest}
        found.append(cap.text or said)
    return found


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference on the page."""

    tone: str
    icon: str
    word: str
    what: str
    fields: list[tuple[str, str, str]]


def changes_of(differences: Iterable[Difference]) -> list[Changed]:
    """Return differences in words."""
    looks: dict[str, tuple[str, str, Any]] = {
        Change.ADDED: ("ok", "plus", _("新增")),
        Change.REMOVED: ("err", "return", _("删去")),
        Change.CHANGED: ("info", "edit", _("修改")),
    }
    labels = field_labels()
    return [
        Changed(
            *looks[each.change],
            f"{each.code} {each.text}" if each.code else _("总则"),
            [(labels.get(name, name), old, new) for name, old, new in each.fields],
        )
        for each in differences
    ]


def field_labels() -> dict[str, str]:
    """Return the words for the fields of a clause and of a standard."""
    return {
        "code": _("编号"),
        "text": _("内容"),
        "under": _("上级条目"),
        "maximum": _("满分"),
        "kind": _("评分办法"),
        "rule": _("怎么计分"),
        "capped": _("封顶"),
        "veto": _("一票否决"),
        "unit": _("值的单位"),
        "evidence": _("佐证材料"),
        "methods": _("核查方式"),
        "rounding": _("得分保留"),
        "note": _("说明"),
        "name": _("名称"),
        "bonus": _("加分项"),
        "bonus_cap": _("加分上限"),
        "final_cap": _("最后得分上限"),
        "total_rounding": _("总分保留"),
        "conditions": _("条件"),
        "caps": _("等级限制"),
        "grades": _("等级"),
        "sources": _("来源"),
    }
