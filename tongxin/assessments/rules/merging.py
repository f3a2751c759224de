"""What several experts scored, as one score at each clause."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.panels.choices import Averaging
from tongxin.panels.rules.averaging import average
from tongxin.standards.rules.scoring import Result


@dataclass(frozen=True, slots=True)
class Merged:
    """Exact averages by clause code, and the vetoes that every expert found not met."""

    scores: Mapping[str, Fraction]
    failed: tuple[str, ...]


def differing_problems(results: Sequence[Result]) -> Iterator[Problem]:
    """Name the clauses of which no average can be taken.

    A veto is a fact, on which experts agree or are asked again; and a clause that only some have
    scored has no average.
    """
    for lines in zip(*(result.lines for result in results), strict=True):
        clause = lines[0].clause
        if clause.rule is None:
            continue
        failed = sum(line.failed for line in lines)
        if clause.veto and 0 < failed < len(lines):
            words = _(
                "一票否决条目 %(code)s，%(count)s 位专家中 %(failed)s 位认为没有达到。核实后再评"
            )
            told = {"code": clause.code, "count": len(lines), "failed": failed}
            yield Problem("assessments.veto_differs", words % told, clause.code)
        scored = sum(line.score is not None for line in lines)
        if 0 < scored < len(lines):
            words = _("条目 %(code)s 只有 %(scored)s 位专家评了，共 %(count)s 位。核实后再评")
            told = {"code": clause.code, "count": len(lines), "scored": scored}
            yield Problem("assessments.partly_scored", words % told, clause.code)


def merged(results: Sequence[Result], policy: Averaging) -> Merged:
    """Average what experts scored, clause by clause; see `differing_problems` first."""
    scores, failed = {}, []
    for lines in zip(*(result.lines for result in results), strict=True):
        clause = lines[0].clause
        given = [Fraction(line.score) for line in lines if line.score is not None]
        if clause.rule is None or len(given) < len(lines):
            continue
        scores[clause.code] = average(given, policy)
        if clause.veto and all(line.failed for line in lines):
            failed.append(clause.code)
    return Merged(scores, tuple(failed))
