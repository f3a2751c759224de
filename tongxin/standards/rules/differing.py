"""What differs between two versions of a standard, clause by clause."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from . import tree
from .editing import parent_of
from .notation import lines_of
from .writing import plain

WHOLE = ("name", "maximum", "bonus_cap", "final_cap", "rounding", "total_rounding", "note")
LISTS = ("conditions", "caps", "grades", "sources")


class Change(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One clause, or the standard itself (code ""), with each field before and after."""

    change: Change
    code: str
    text: str
    fields: tuple[tuple[str, str, str], ...] = ()


def differences(old: tree.Standard, new: tree.Standard) -> list[Difference]:
    """Return what changed, in the order of the new version; what is gone comes last."""
    return [*_whole(old, new), *_clauses(old, new)]


def _whole(old: tree.Standard, new: tree.Standard) -> Iterator[Difference]:
    pairs = (
        (name, _told(getattr(old, name)), _told(getattr(new, name))) for name in (*WHOLE, *LISTS)
    )
    fields = tuple((name, before, after) for name, before, after in pairs if before != after)
    if fields:
        yield Difference(Change.CHANGED, "", new.name, fields)


def _clauses(old: tree.Standard, new: tree.Standard) -> Iterator[Difference]:
    before = {clause.code: clause for _depth, clause in old.walk()}
    after = {clause.code: clause for _depth, clause in new.walk()}
    for code, clause in after.items():
        if code not in before:
            yield Difference(Change.ADDED, code, clause.text)
            continue
        told_before = facts_of(old, before[code])
        told_after = facts_of(new, clause)
        fields = tuple(
            (name, told_before[name], told_after[name])
            for name in told_after
            if told_before[name] != told_after[name]
        )
        if fields:
            yield Difference(Change.CHANGED, code, clause.text, fields)
    for code, clause in before.items():
        if code not in after:
            yield Difference(Change.REMOVED, code, clause.text)


def facts_of(standard: tree.Standard, clause: tree.Clause) -> dict[str, str]:
    """A clause by itself, without those below it, each field as text."""
    alone = replace(clause, clauses=(), rule=None)
    return {
        "under": parent_of(standard, clause.code),
        "kind": clause.rule.kind.value if clause.rule else "",
        "rule": lines_of(clause.rule) if clause.rule else "",
        **{
            name: _told(getattr(alone, name))
            for name in (
                *("text", "maximum", "capped", "veto", "unit", "rounding"),
                *("evidence", "methods", "note"),
            )
        },
    }


def _told(value: Any) -> str:
    found = plain(value)
    if found is None or found is False:
        return ""
    if isinstance(found, list):
        return "\n".join(_told(each) for each in found)
    if isinstance(found, dict):
        return " ".join(f"{name}={each}" for name, each in found.items())
    return str(found)
