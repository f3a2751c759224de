"""A clause, and what a standard says as a whole, as texts that people type: in a form, in cells.

Both doors read the same texts by the same rules. A problem names the text by its field.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.core.words import in_every_language, listed
from tongxin.standards.choices import Kind, Method, Way

from . import tree
from .amounts import Rounding, shown
from .asking import brief, number_of
from .notation import NAME, SAME, STRETCH_OF, bounds_from, lines_of, rule_from

YES, NO = "是", "否"
ROUNDED = re.compile(r"([0-6])(?:\s+(\S+))?")
CONDITION = re.compile(rf"({NAME})\s*[:：]\s*(.+)")
CAP = re.compile(rf"({NAME})\s*[=＝]\s*(是|否|yes|no)\s*[:：]\s*({NAME})\s*(.*)")
GRADE = re.compile(rf"({NAME})\s*[:：]\s*({STRETCH_OF})")
PARTED = re.compile(r"[\n、,，;；]+")
CLAUSE = (
    *("code", "text", "maximum", "kind", "rule", "capped", "veto", "unit"),
    *("evidence", "methods", "rounding", "note"),
)
GENERAL = (
    *("name", "maximum", "bonus_cap", "final_cap", "rounding", "total_rounding"),
    *("conditions", "grades", "caps", "sources", "note"),
)
Found = tuple[dict[str, Any], list[Problem]]
Read = Callable[[str, str, dict[str, Any]], str | None]


def typed_clause(clause: tree.Clause) -> dict[str, str]:
    """Return a clause as texts, without those below it."""
    return {
        "code": clause.code,
        "text": clause.text,
        "maximum": shown(clause.maximum),
        "kind": clause.rule.kind.value if clause.rule else "",
        "rule": lines_of(clause.rule) if clause.rule else "",
        "capped": YES if clause.capped else "",
        "veto": YES if clause.veto else "",
        "unit": clause.unit,
        "evidence": "\n".join(clause.evidence),
        "methods": _("、").join(str(each.label) for each in clause.methods),
        "rounding": _rounding(clause.rounding),
        "note": clause.note,
    }


def typed_general(standard: tree.Standard) -> dict[str, str]:
    """Return what a standard says as a whole as texts."""
    return {
        "name": standard.name,
        "maximum": shown(standard.maximum),
        "bonus_cap": "" if standard.bonus_cap is None else shown(standard.bonus_cap),
        "final_cap": "" if standard.final_cap is None else shown(standard.final_cap),
        "rounding": _rounding(standard.rounding),
        "total_rounding": _rounding(standard.total_rounding),
        "conditions": "\n".join(f"{each.name}: {each.text}" for each in standard.conditions),
        "caps": "\n".join(_cap(each) for each in standard.caps),
        "grades": "\n".join(
            f"{each.name}: {str(each.bounds).translate(SAME)}" for each in standard.grades
        ),
        "sources": "\n".join(standard.sources),
        "note": standard.note,
    }


def _rounding(rounding: Rounding | None) -> str:
    return "" if rounding is None else f"{rounding.places} {rounding.way.label}"


def _cap(cap: tree.Cap) -> str:
    return f"{cap.condition}={YES if cap.holds else NO}: {cap.highest} {cap.text}".strip()


def clause_from(texts: Mapping[str, str]) -> Found:
    """Read the texts of a clause into plain values, with all that cannot be read."""
    told, problems = _read(texts, CLAUSE_READERS)
    kind = texts.get("kind", "").strip()
    if kind:
        known = _known(kind, Kind)
        rule = rule_from(known, texts.get("rule", "")) if known else None
        if known is None:
            words = _("没有“%(kind)s”这种评分办法，改成 %(known)s 之一")
            facts = {"kind": kind[:20], "known": listed(each.label for each in Kind)}
            problems.append(Problem("standards.kind", words % facts, "kind"))
        elif isinstance(rule, Problem):
            problems.append(rule)
        else:
            told["rule"] = rule
    elif texts.get("rule", "").strip():
        words = _("写了评分办法的内容，没有选是哪一种。选一种，或删去内容")
        problems.append(Problem("standards.kind", words, "kind"))
    return told, problems


def general_from(texts: Mapping[str, str]) -> Found:
    """Read the texts of a standard as a whole into plain values."""
    return _read(texts, GENERAL_READERS)


def _read(texts: Mapping[str, str], readers: Mapping[str, Read]) -> Found:
    told: dict[str, Any] = {}
    problems = []
    for name, read in readers.items():
        text = texts.get(name, "").strip()
        if text and (words := read(name, text, told)):
            problems.append(Problem(f"standards.typed_{name}", words, name))
    return told, problems


def _text(name: str, text: str, told: dict[str, Any]) -> None:
    told[name] = text


def _number(name: str, text: str, told: dict[str, Any]) -> str | None:
    found = number_of(text)
    if found is None:
        return _("%(value)s 不是数字，写成数字，例如 10") % {"value": brief(text)}
    told[name] = found
    return None


def _flag(name: str, text: str, told: dict[str, Any]) -> str | None:
    if text not in {YES, NO, "yes", "no", "True", "False"}:
        return _("%(value)s 看不懂，写“是”，不是的空着") % {"value": brief(text)}
    if text in {YES, "yes", "True"}:
        told[name] = True
    return None


def _texts(name: str, text: str, told: dict[str, Any]) -> None:
    told[name] = [line.strip() for line in text.splitlines() if line.strip()]


def _methods(name: str, text: str, told: dict[str, Any]) -> str | None:
    told[name] = []
    for each in (part.strip() for part in PARTED.split(text)):
        known = _known(each, Method) if each else None
        if each and known is None:
            words = _("没有“%(method)s”这种核查方式，改成 %(known)s 之一")
            facts = {"method": each[:20], "known": listed(method.label for method in Method)}
            return words % facts
        if known:
            told[name].append(known)
    return None


def _rounded(name: str, text: str, told: dict[str, Any]) -> str | None:
    hit = ROUNDED.fullmatch(text)
    way = _known(hit[2], Way) if hit and hit[2] else Way.HALF_UP.value
    if hit is None or way is None:
        words = _("%(value)s 看不懂，写保留几位小数和怎么舍入，例如“2 四舍五入”")
        return words % {"value": brief(text)}
    told[name] = {"places": Decimal(hit[1]), "way": way}
    return None


def _lines(shape: re.Pattern[str], example: str, make: Callable[[Any], dict[str, Any]]) -> Read:
    def read(name: str, text: str, told: dict[str, Any]) -> str | None:
        told[name] = []
        for at, line in enumerate(text.splitlines(), 1):
            hit = shape.fullmatch(line.strip().translate(SAME))
            if hit:
                told[name].append(make(hit))
            elif line.strip():
                words = _("第 %(at)s 行“%(line)s”看不懂。这样写：%(example)s")
                return words % {"at": at, "line": line.strip()[:40], "example": example}
        return None

    return read


def _known(text: str, words: Any) -> str | None:
    """The word that is meant, by its key or by its label in any language of the house."""
    for each in words:
        if text == each.value or text in in_every_language(lambda: str(each.label)):  # noqa: B023
            return str(each.value)
    return None


CAP_EXAMPLE = "party_unit=否: 4A 没有党组织的不高于 4A"
CLAUSE_READERS: dict[str, Read] = {
    "code": _text,
    "text": _text,
    "maximum": _number,
    "capped": _flag,
    "veto": _flag,
    "unit": _text,
    "evidence": _texts,
    "methods": _methods,
    "rounding": _rounded,
    "note": _text,
}
GENERAL_READERS: dict[str, Read] = {
    "name": _text,
    "maximum": _number,
    "bonus_cap": _number,
    "final_cap": _number,
    "rounding": _rounded,
    "total_rounding": _rounded,
    "conditions": _lines(
        CONDITION,
        "party_unit: 建立了党组织",
        lambda hit: {"name": hit[1], "text": hit[2].strip()},
    ),
    "caps": _lines(
        CAP,
        CAP_EXAMPLE,
        lambda hit: {
            "condition": hit[1],
            "holds": hit[2] in {YES, "yes"},
            "highest": hit[3],
            "text": hit[4],
        },
    ),
    "grades": _lines(GRADE, "4A: >=80 <90", lambda hit: {"name": hit[1], **bounds_from(hit[2])}),
    "sources": _texts,
    "note": _text,
}
