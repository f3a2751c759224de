"""The sheet of an assessment: what was typed at each clause, as the values that rules take."""

from collections.abc import Mapping
from typing import Any

from . import tree

YES, NO = "yes", "no"


def names_of(rule: tree.Rule) -> tuple[str, ...]:
    """The names for which a rule is told something each; none where it takes one value."""
    match rule:
        case tree.PerUnit(units=(_one,)) | tree.Deduction(units=(_one,)):
            return ()
        case tree.PerUnit(units=named) | tree.Deduction(units=named) | tree.Parts(parts=named):
            return tuple(each.name for each in named)
        case tree.Ratio():
            return ("own", "best")
        case _:
            return ()


def yes_or_no(rule: tree.Rule) -> bool:
    """Whether a rule is told yes or no, at once or for each of its names."""
    return isinstance(rule, tree.PassFail | tree.Parts)


def field_of(code: str, name: str = "") -> str:
    """The name of a field of the sheet."""
    return f"v:{code}:{name}" if name else f"v:{code}"


def values_from(standard: tree.Standard, texts: Mapping[str, str]) -> dict[str, Any]:
    """Read a sheet; what is left empty is left out, and so is not reported."""
    found: dict[str, Any] = {}
    for clause in standard.leaves():
        rule = clause.rule
        if rule is None:
            continue
        if names := names_of(rule):
            told = {name: _value(rule, texts.get(field_of(clause.code, name))) for name in names}
            told = {name: value for name, value in told.items() if value is not None}
            if told:
                found[clause.code] = told
        elif (value := _value(rule, texts.get(field_of(clause.code)))) is not None:
            found[clause.code] = value
    return found


def texts_from(standard: tree.Standard, values: Mapping[str, Any]) -> dict[str, str]:
    """Return values as the texts of a sheet.

    A rule with one unit may have been told by its name or without it; the sheet has one field.
    """
    found: dict[str, str] = {}
    for clause in standard.leaves():
        value = values.get(clause.code)
        if isinstance(value, Mapping) and clause.rule is not None and not names_of(clause.rule):
            value = next(iter(value.values()), None)
        if isinstance(value, Mapping):
            found |= {field_of(clause.code, name): _text(each) for name, each in value.items()}
        elif value is not None:
            found[field_of(clause.code)] = _text(value)
    return found


def _value(rule: tree.Rule, text: str | None) -> Any:
    text = (text or "").strip()
    if not text:
        return None
    if yes_or_no(rule) and text in {YES, NO}:
        return text == YES
    return text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)
