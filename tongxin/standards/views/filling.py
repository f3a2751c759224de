"""The rows of an assessment's sheet: for each clause its fields, and the scores so far."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tongxin.standards.actions.assessing import result_at
from tongxin.standards.choices import Outcome, Stage
from tongxin.standards.models import Assessment
from tongxin.standards.rules import tree
from tongxin.standards.rules.amounts import shown
from tongxin.standards.rules.filling import NO, YES, field_of, names_of, yes_or_no
from tongxin.standards.rules.scoring import Result

from . import shown as pages


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a clause."""

    name: str
    label: str
    value: str
    choices: list[tuple[str, str]]
    unit: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A clause on the sheet."""

    row: pages.Row
    fields: list[Field]
    own: str
    checked: str
    apart: bool
    reason: str
    reason_name: str
    said: list[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an assessment stands: totals by stage, progress, and what came of it."""

    own: str
    checked: str
    done: int
    all: int
    result: Mapping[str, Any] | None
    outcome: str


def rows_of(
    found: Assessment, texts: Mapping[str, str], said: Mapping[str, list[str]]
) -> list[Sheet]:
    """Return the clauses of the sheet, with what was typed and the scores of both stages."""
    own, checked = _results(found)
    scores = {line.clause.code: line.score for line in own.lines}
    others = {line.clause.code: line.score for line in checked.lines} if checked else {}
    rows = []
    for row in pages.rows_of(found.version.tree):
        code = row.clause.code
        one, other = scores.get(code), others.get(code)
        rows.append(
            Sheet(
                row,
                _fields(row.clause, texts),
                "" if one is None else shown(one),
                "" if other is None else shown(other),
                checked is not None and one != other and not row.is_heading,
                texts.get(f"r:{code}", ""),
                f"r:{code}",
                said.get(code, []),
            )
        )
    return rows


def standing_of(found: Assessment) -> Standing:
    """Return how an assessment stands, from what was kept of it."""
    own, checked = _results(found)
    now = checked or own
    leaves = [line for line in now.lines if line.clause.rule is not None]
    result = json.loads(found.result) if found.result else None
    outcome = result["outcome"] if result else now.outcome.value
    return Standing(
        shown(own.total),
        shown(checked.total) if checked else "",
        sum(line.whole for line in leaves),
        len(leaves),
        result,
        str(Outcome(outcome).label),
    )


def _results(found: Assessment) -> tuple[Result, Result | None]:
    checked = None if found.state == Stage.SELF else result_at(found, Stage.CHECK)
    return result_at(found, Stage.SELF), checked


def _fields(clause: tree.Clause, texts: Mapping[str, str]) -> list[Field]:
    rule = clause.rule
    if rule is None:
        return []
    named: list[tuple[str, str]] = [(name, _label(rule, name)) for name in names_of(rule)]
    made = []
    for name, label in named or [("", "")]:
        field = field_of(clause.code, name)
        unit = "" if yes_or_no(rule) or isinstance(rule, tree.Options) else clause.unit
        made.append(Field(field, label, texts.get(field, ""), _choices(rule), unit))
    return made


def _choices(rule: tree.Rule) -> list[tuple[str, str]]:
    if isinstance(rule, tree.Options):
        return [(each.name, each.text) for each in rule.options]
    return [(YES, _("是")), (NO, _("否"))] if yes_or_no(rule) else []


def _label(rule: tree.Rule, name: str) -> str:
    if isinstance(rule, tree.Ratio):
        return _("本单位的值") if name == "own" else _("本轮最优值")
    things: Any = getattr(rule, "units", None) or getattr(rule, "parts", ())
    return next((each.text or each.name for each in things if each.name == name), name)
