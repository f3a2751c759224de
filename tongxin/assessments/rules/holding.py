"""When a grade is confirmed, lowered, withdrawn, appealed against. Facts in, problems out.

民政部令第39号《社会组织评估管理办法》: appeals come while the notice stands, a committee of
re-examination is apart from the first, certificate and plaque come back within 15 days.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from tongxin.assessments.choices import Holding
from tongxin.calendars.choices import Unit
from tongxin.calendars.rules import Clock
from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

RETURN_WITHIN = (15, Unit.DAYS)
"""Certificate and plaque of a grade that was lowered or withdrawn come back so soon."""
ANSWER_WITHIN = (15, Unit.DAYS)
"""An appeal is decided, and its decision sent in writing, within so long of its coming."""


def return_clock(on: dt.date) -> Clock:
    """Return the clock by which old papers come back after a day."""
    return Clock(on, *RETURN_WITHIN)


def answer_clock(received_on: dt.date) -> Clock:
    """Return the clock by which an appeal is answered."""
    return Clock(received_on, *ANSWER_WITHIN)


def has_run_out(state: str, valid_until: dt.date | None, day: dt.date) -> bool:
    """Whether a grade in force has run out on a day; the last day itself still counts."""
    return state == Holding.IN_FORCE and valid_until is not None and valid_until < day


def lower(grades: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the grades below one, best first; `grades` are those of the standard, best first.

    >>> lower(("5A", "4A", "3A"), "4A")
    ('3A',)
    """
    return tuple(grades[grades.index(name) + 1 :]) if name in grades else ()


def confirming_problems(
    state: str, on: dt.date, today: dt.date, *, open_appeals: int, notice: Sequence[Problem]
) -> Iterator[Problem]:
    """Say why a proposed grade cannot be confirmed on a day. `notice` is what its notice says."""
    if state != Holding.PROPOSED:
        yield Problem("assessments.confirmed", _("这个等级已经确认，不用再确认"))
        return
    if on > today:
        words = _("确认日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("assessments.future", words, "on")
    yield from notice
    if open_appeals:
        yield Problem("assessments.appealed", _("复核申请还没有答复，先作出复核决定"))


def lowering_problems(
    state: str, on: dt.date | None, confirmed_on: dt.date | None, today: dt.date
) -> Iterator[Problem]:
    """Say why a grade cannot be lowered or withdrawn."""
    if state == Holding.PROPOSED:
        words = _("等级还没有确认，不能降级或取消。拟定的等级有问题，走复核")
        yield Problem("assessments.not_in_force", words)
    elif state == Holding.WITHDRAWN:
        yield Problem("assessments.withdrawn", _("这个等级已经取消，不能再办"))
    elif on is not None and on > today:
        words = _("日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("assessments.future", words, "on")
    elif on is not None and confirmed_on is not None and on < confirmed_on:
        words = _("日期不能早于等级确认的日期（%(day)s）") % {"day": confirmed_on.isoformat()}
        yield Problem("assessments.too_early", words, "on")


def appealing_problems(
    state: str,
    received_on: dt.date,
    today: dt.date,
    stands: tuple[dt.date, dt.date] | None,
    *,
    open_appeals: int,
) -> Iterator[Problem]:
    """Say why an appeal is not taken. `stands` are the first and last day of the notice, if any."""
    if state != Holding.PROPOSED:
        yield Problem("assessments.confirmed", _("等级已经确认，复核申请要在公示期内提出"))
        return
    if stands is None:
        words = _("评定结果还没有公示，公示期内才能申请复核")
        yield Problem("assessments.not_posted", words)
        return
    if received_on > today:
        words = _("收到日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("assessments.future", words, "received_on")
    elif not stands[0] <= received_on <= stands[1]:
        words = _("复核申请要在公示期内提出（%(first)s 到 %(last)s），%(day)s 收到的不受理")
        told = {"first": stands[0], "last": stands[1], "day": received_on.isoformat()}
        yield Problem("assessments.too_late", words % told, "received_on")
    if open_appeals:
        yield Problem("assessments.another_appeal", _("已有一件复核申请在办，先作出决定"))


def finding_problems(
    received_on: dt.date, decided_on: dt.date, told_on: dt.date, today: dt.date, *, carried: bool
) -> Iterator[Problem]:
    """Say why a decision on an appeal is not taken down."""
    if not carried:
        words = _("复核委员会还没有表决通过。先召集复核委员会，计票以后再登记决定")
        yield Problem("assessments.not_carried", words)
    if decided_on < received_on:
        words = _("决定日期不能早于收到申请的日期（%(day)s）") % {"day": received_on.isoformat()}
        yield Problem("assessments.too_early", words, "decided_on")
    if told_on < decided_on:
        words = _("书面告知日期不能早于决定日期（%(day)s）") % {"day": decided_on.isoformat()}
        yield Problem("assessments.too_early", words, "told_on")
    elif told_on > today:
        words = _("书面告知日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("assessments.future", words, "told_on")
