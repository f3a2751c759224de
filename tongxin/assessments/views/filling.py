"""The rows of an assessment's sheet: for each clause its fields, its papers, and the scores."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongxin.assessments.choices import Stage
from tongxin.assessments.models import Assessment
from tongxin.assessments.queries import best_of_round, result_at
from tongxin.assessments.rules.comparing import BEST, ratios_of
from tongxin.files.models import Attachment
from tongxin.standards.choices import Outcome
from tongxin.standards.rules import tree
from tongxin.standards.rules.amounts import shown
from tongxin.standards.rules.filling import NO, YES, field_of, names_of, texts_from, yes_or_no
from tongxin.standards.rules.scoring import Result
from tongxin.standards.views import shown as pages


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a clause."""

    name: str
    label: str
    value: str
    choices: list[tuple[str, str]]
    unit: str
    hint: str = ""

    @property
    def text(self) -> str:
        """The value as one reads it: of a choice its words."""
        return next((label for value, label in self.choices if value == self.value), self.value)


@dataclass(frozen=True, slots=True)
class Scored:
    """What the stages gave: the self-assessment, the check, and the experts or one of them."""

    own: Result
    checked: Result | None = None
    judged: Result | None = None

    @property
    def last(self) -> Result:
        """The result that holds now."""
        return self.judged or self.checked or self.own

    def at(self, position: int) -> tuple[str, str, str]:
        """The scores of one line by stage; nothing where it is not scored."""
        found = []
        for result in (self.own, self.checked, self.judged):
            score = result.lines[position].score if result else None
            found.append("" if score is None else shown(score))
        return found[0], found[1], found[2]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A clause on the sheet."""

    row: pages.Row
    fields: list[Field]
    scores: list[str]
    reason: str
    reason_name: str
    said: list[str]
    papers: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an assessment stands: totals by stage, progress, and what came of it."""

    own: str
    checked: str
    judged: str
    done: int
    all: int
    result: Mapping[str, Any] | None
    outcome: str


def scored(found: Assessment) -> Scored:
    """Return what the stages gave so far."""
    own = result_at(found, Stage.SELF)
    if found.state == Stage.SELF:
        return Scored(own)
    experts = Stage.EXPERTS.value in json.loads(found.told)
    return Scored(
        own,
        result_at(found, Stage.CHECK),
        result_at(found, Stage.EXPERTS) if experts else None,
    )


def rows_of(  # noqa: PLR0913, PLR0917  all that stands at a clause
    found: Assessment,
    results: Scored,
    texts: Mapping[str, str],
    said: Mapping[str, list[str]],
    papers: Mapping[str, list[Attachment]],
    hints: Mapping[str, str],
) -> list[Sheet]:
    """Return the clauses of the sheet, with what was typed and the scores of each stage."""
    rows = []
    for at, row in enumerate(pages.rows_of(found.version.tree)):
        code = row.clause.code
        rows.append(
            Sheet(
                row,
                _fields(row.clause, texts, hints),
                [points for points in results.at(at) if points],
                texts.get(f"r:{code}", ""),
                f"r:{code}",
                said.get(code, []),
                papers.get(code, []),
            )
        )
    return rows


def standing_of(found: Assessment, results: Scored) -> Standing:
    """Return how an assessment stands, from what was kept of it."""
    leaves = [line for line in results.last.lines if line.clause.rule is not None]
    result = json.loads(found.result) if found.result else None
    outcome = result["outcome"] if result else results.last.outcome.value
    label = found.grade or (not result and results.last.grade) or str(Outcome(outcome).label)
    return Standing(
        shown(results.own.total),
        shown(results.checked.total) if results.checked else "",
        shown(results.judged.total) if results.judged else "",
        sum(line.whole for line in leaves),
        len(leaves),
        result,
        label,
    )


def texts_of(found: Assessment, told: Mapping[str, Any]) -> dict[str, str]:
    """What a sheet holds, as texts of its fields."""
    texts = texts_from(found.version.tree, told.get("values", {}))
    texts |= {f"r:{code}": words for code, words in told.get("reasons", {}).items()}
    return texts | {
        f"c:{name}": YES if so else NO for name, so in told.get("conditions", {}).items()
    }


def hints_of(found: Assessment) -> dict[str, str]:
    """What stands below a field: where the best of a round is taken from. One query at most."""
    ratios = ratios_of(found.version.tree)
    bests = best_of_round(found) if found.state == Stage.CHECK else {}
    hints = {}
    for code in ratios:
        if found.state == Stage.SELF:
            words = _("自评可以空着，初审时取本轮最优值")
        elif code in bests:
            best, count = bests[code]
            words = ngettext(
                "空着就取本轮最优值（另外 %(count)s 家中最优 %(best)s）",
                "空着就取本轮最优值（另外 %(count)s 家中最优 %(best)s）",
                count,
            ) % {"count": count, "best": shown(best)}
        else:
            words = _("空着就取本轮最优值；本轮还没有别家交来")
        hints[field_of(code, BEST)] = words
    return hints


def _fields(clause: tree.Clause, texts: Mapping[str, str], hints: Mapping[str, str]) -> list[Field]:
    rule = clause.rule
    if rule is None:
        return []
    named: list[tuple[str, str]] = [(name, _label(rule, name)) for name in names_of(rule)]
    made = []
    for name, label in named or [("", "")]:
        at = field_of(clause.code, name)
        unit = "" if yes_or_no(rule) or isinstance(rule, tree.Options) else clause.unit
        made.append(Field(at, label, texts.get(at, ""), _choices(rule), unit, hints.get(at, "")))
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
