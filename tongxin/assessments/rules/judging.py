"""From self-assessment to decision: when a reason is owed, what is missing, how long it holds."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.numbers_of_people import NAMES, numbers_in
from tongxin.core.words import gettext as _
from tongxin.standards.choices import Outcome
from tongxin.standards.rules.amounts import shown
from tongxin.standards.rules.scoring import Result

TERM_YEARS = 5
APART = Decimal(1)
"""From so many points on, whoever scores otherwise than the stage before owes a reason."""
LEAP_DAY = (2, 29)


def valid_until(decided_on: dt.date) -> dt.date:
    """The day on which a grade ends: the same day five years on, 28 February for 29 February.

    >>> valid_until(dt.date(2020, 3, 1)), valid_until(dt.date(2020, 2, 29))
    (datetime.date(2025, 3, 1), datetime.date(2025, 2, 28))
    """
    day = 28 if (decided_on.month, decided_on.day) == LEAP_DAY else decided_on.day
    return decided_on.replace(year=decided_on.year + TERM_YEARS, day=day)


def reason_problems(
    before: Result, after: Result, reasons: Mapping[str, str], stages: tuple[Any, Any]
) -> Iterator[Problem]:
    """Name the clauses at which scores differ by a point or more and no reason is given.

    `stages` are the words for who scored before, and who scores now.
    """
    for old, new in zip(before.lines, after.lines, strict=True):
        if new.clause.rule is None or old.score is None or new.score is None:
            continue
        if abs(old.score - new.score) >= APART and not reasons.get(new.clause.code, "").strip():
            words = _("条目 %(code)s %(before)s %(old)s 分，%(after)s %(new)s 分，写明理由")
            told = {
                "code": new.clause.code,
                "before": stages[0],
                "old": shown(old.score),
                "after": stages[1],
                "new": shown(new.score),
            }
            yield Problem("assessments.no_reason", words % told, new.clause.code)


def unscored_problems(before: Result, after: Result) -> Iterator[Problem]:
    """Name the clauses that the check has a score for, and an expert who hands in has not."""
    for old, new in zip(before.lines, after.lines, strict=True):
        if new.clause.rule is not None and old.whole and not new.whole:
            words = _("条目 %(code)s 初审有分，你还没有评。评完再提交")
            yield Problem(
                "assessments.unscored", words % {"code": new.clause.code}, new.clause.code
            )


def text_problems(reasons: Mapping[str, str]) -> Iterator[Problem]:
    """Name the clauses whose reason holds a number of a person's papers or cards."""
    words = _("原因里有%(kind)s（%(shown)s）。这里不存个人的证件号和卡号，删去再提交")
    for code, reason in reasons.items():
        for each in numbers_in(reason):
            if each.blocked:
                facts = {"kind": NAMES[each.kind], "shown": each.masked}
                yield Problem("assessments.number", words % facts, code)


def decision_problems(result: Result, decided_on: dt.date, today: dt.date) -> Iterator[Problem]:
    """Say why an assessment cannot be decided now."""
    if decided_on > today:
        words = _("评定日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("assessments.future", words, "decided_on")
    yield from missing_problems(result)


def award_problems(
    result: Result, certificate: str, plaque: str, *, publicise: bool
) -> Iterator[Problem]:
    """Say what does not go with a decision that gives no grade: numbers of papers, a notice."""
    if result.grade is not None:
        return
    if certificate.strip() or plaque.strip():
        words = _("这次没有评出等级，不发证书和牌匾，把编号清空再评定")
        yield Problem("assessments.no_grade", words, "certificate")
    if publicise:
        words = _("这次没有评出等级，不用公示。去掉“先公示”再评定")
        yield Problem("assessments.no_grade", words, "publicise")


def missing_problems(result: Result) -> Iterator[Problem]:
    """Name what is missing before anybody may judge or decide; a veto that failed needs no more."""
    if not result.complete and result.outcome != Outcome.VETOED:
        missing = [*result.not_reported, *result.conditions_not_told]
        words = _("还有 %(count)s 处没有填，填全再往下办：%(codes)s")
        told = {"count": len(missing), "codes": "、".join(missing[:8])}
        yield Problem("assessments.incomplete", words % told)
