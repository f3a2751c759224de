"""A standard as plain values, always the same for the same standard; and what a result tells."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from . import tree
from .amounts import Bounds, shown
from .scoring import Result


def plain(thing: Any) -> Any:
    """Return a standard, or a part of one, as `reading` takes it; what says nothing is left out."""
    if isinstance(thing, Decimal):
        return shown(thing)
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, tuple):
        return [plain(each) for each in thing]
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    kind = getattr(thing, "kind", None)
    found: dict[str, Any] = {} if kind is None else {"kind": kind.value}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, Bounds):
            found |= plain(value)
        elif value is not None and value != () and value is not False and value != "":
            found[field.name.rstrip("_")] = plain(value)
    return found


def canonical(standard: tree.Standard) -> str:
    """Return the one text of a standard, over which its hash is taken."""
    return json.dumps(plain(standard), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(standard: tree.Standard) -> str:
    """Return the hash by which a version is known again."""
    return hashlib.sha256(canonical(standard).encode()).hexdigest()


def told(result: Result) -> dict[str, Any]:
    """Return a result as programs read it; a score that is null was not reported."""
    standard = result.standard
    return {
        "standard": {
            "key": standard.key,
            "name": standard.name,
            "version": standard.version,
            "example": standard.example,
            "maximum": number(standard.maximum),
            "sha256": fingerprint(standard),
        },
        "clauses": [
            {
                "code": line.clause.code,
                "text": line.clause.text,
                "depth": line.depth,
                "kind": line.clause.rule.kind.value if line.clause.rule else "heading",
                "maximum": number(line.clause.maximum),
                "score": None if line.score is None else number(line.score),
                "reported": line.score is not None,
                "not_reported": list(line.missing),
                "cut_at_maximum": line.cut,
                "bonus": line.bonus,
                "veto": line.clause.veto,
                "failed": line.failed,
                "said": line.said,
            }
            for line in result.lines
        ],
        "base": number(result.base),
        "bonus": {
            "points": number(result.bonus),
            "cap": None if standard.bonus_cap is None else number(standard.bonus_cap),
            "counted": number(result.bonus_counted),
        },
        "vetoes": list(result.vetoes),
        "caps": [
            {
                "condition": each.cap.condition,
                "when": each.cap.holds,
                "highest": each.cap.highest,
                "text": each.cap.text,
                "met": each.met,
                "lowered": each.lowered,
            }
            for each in result.caps
        ],
        "final_cap": None if standard.final_cap is None else number(standard.final_cap),
        "total": number(result.total),
        "total_at_least": number(result.low),
        "total_at_most": number(result.high),
        "complete": result.complete,
        "not_reported": list(result.not_reported),
        "conditions_not_told": list(result.conditions_not_told),
        "outcome": result.outcome.value,
        "grade": result.grade,
        "grade_between": None if result.between is None else list(result.between),
    }


def number(value: Decimal) -> int | float:
    """Return points as a number of JSON; with six decimals at most, nothing of them is lost."""
    return int(value) if value == int(value) else float(value)
