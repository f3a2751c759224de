"""When a notice is posted, objected to, closed. Facts and a calendar in, problems out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tongxin.calendars.choices import Unit
from tongxin.calendars.rules import Calendar, Clock, Due, amount, clock_problems, due
from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

from .choices import Outcome, State

NEXT = {
    State.DRAFT: {State.POSTED, State.WITHDRAWN},
    State.POSTED: {State.CLOSED, State.WITHDRAWN},
    State.CLOSED: set(),
    State.WITHDRAWN: set(),
}
OPEN = frozenset({State.DRAFT, State.POSTED})
NAMES_FOR = (1, Unit.YEARS)
"""Names in a notice are taken down within a year after its last day."""
USUAL_ANSWER = (5, Unit.WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Period:
    """How long a notice stands: so many of a unit, and the least that a rule asks for, if any."""

    count: int
    unit: Unit
    least: tuple[int, Unit] | None = None

    def clock(self, start: dt.date) -> Clock:
        """Return the period as a clock from the day of posting, which is not counted."""
        return Clock(start, self.count, self.unit)


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a notice ends: as the calendar has it now, and no earlier than was announced."""

    due: Due
    announced: dt.date | None = None

    @property
    def last_day(self) -> dt.date:
        """The last day on which an objection is taken."""
        return max(self.due.last_day, self.announced or self.due.last_day)

    @property
    def moved(self) -> bool:
        """Whether the calendar has changed since the notice was posted."""
        return self.announced is not None and self.announced != self.due.last_day


def may_move(state: str, to: State) -> bool:
    """Whether a notice may come from one state to another."""
    return to in NEXT[State(state)]


def ending(
    start: dt.date, period: Period, calendar: Calendar, announced: dt.date | None = None
) -> Ending:
    """Return where a notice ends that was posted on a day."""
    return Ending(due(period.clock(start), calendar), announced)


def draft_problems(period: Period, today: dt.date) -> Iterator[Problem]:
    """Say what stands against a period, whenever the notice is posted."""
    found = list(clock_problems(today, period.count, period.unit))
    yield from found
    if found or period.least is None:
        return
    count, unit = period.least
    if any(clock_problems(today, count, unit)):
        yield Problem("public_notices.least", _("最短期限填 1 以上的整数"), "least_count")
    elif unit == period.unit and period.count < count:
        yield _too_short(period)


def posting_problems(  # noqa: PLR0913  the facts of a posting
    state: str,
    starts_on: dt.date,
    period: Period,
    calendar: Calendar,
    today: dt.date,
    *,
    names: str,
    names_until: dt.date | None,
) -> Iterator[Problem]:
    """Say why a draft cannot be posted with this day as its first."""
    if not may_move(state, State.POSTED):
        yield Problem("public_notices.not_draft", _("只有草稿能发布。这份公示已发布过或已撤回"))
        return
    if starts_on > today:
        words = _("发布日期不能晚于今天（%(today)s），到那天再发布")
        yield Problem("public_notices.future", words % {"today": today.isoformat()}, "starts_on")
        return
    last = due(period.clock(starts_on), calendar).last_day
    if period.least is not None:
        least = due(Clock(starts_on, *period.least), calendar).last_day
        if last < least:
            yield _too_short(period)
    if names:
        yield from names_problems(names_until, last)


def names_problems(names_until: dt.date | None, last: dt.date) -> Iterator[Problem]:
    """Say what stands against the day on which names are taken down."""
    latest = due(Clock(last, *NAMES_FOR, rolls=False), Calendar()).last_day
    if names_until is None or not last < names_until <= latest:
        words = _("撤下姓名的日期要在公示最后一天（%(last)s）之后、%(latest)s 之前或当天")
        facts = {"last": last.isoformat(), "latest": latest.isoformat()}
        yield Problem("public_notices.names_until", words % facts, "names_until")


def naming_problems(names: str, basis: str, until: dt.date | None) -> Iterator[Problem]:
    """Say what is missing where a notice names people: on what basis, until when."""
    if names and not basis:
        words = _("公示里有个人姓名，写明依据，例如“《××评选办法》第十条”")
        yield Problem("public_notices.names_basis", words, "names_basis")
    if names and until is None:
        words = _("公示里有个人姓名，填写哪天撤下")
        yield Problem("public_notices.names_until", words, "names_until")


def objection_problems(
    state: str, received_on: dt.date, starts_on: dt.date | None, ends: Ending | None, today: dt.date
) -> Iterator[Problem]:
    """Say why an objection is not taken."""
    if state == State.DRAFT or starts_on is None or ends is None:
        yield Problem("public_notices.not_posted", _("公示还没有发布，不能登记异议"))
        return
    last = ends.last_day
    if received_on > last:
        words = _(
            "公示期到 %(last)s 为止，%(day)s 收到的不再作为公示异议登记。"
            "告诉来人可以按信访或投诉的渠道反映"
        )
        facts = {"last": last.isoformat(), "day": received_on.isoformat()}
        yield Problem("public_notices.too_late", words % facts, "received_on")
    elif state != State.POSTED:
        words = _("公示已结束或撤回，不能再登记异议")
        yield Problem("public_notices.over", words)
    elif received_on > today:
        words = _("收到日期不能晚于今天（%(today)s）")
        yield Problem("public_notices.future", words % {"today": today.isoformat()}, "received_on")
    elif received_on < starts_on:
        words = _("公示从 %(start)s 开始，收到日期不能更早")
        yield Problem(
            "public_notices.too_early", words % {"start": starts_on.isoformat()}, "received_on"
        )


def signing_problems(objector: str, *, signed: bool) -> Iterator[Problem]:
    """Say what stands against a signature: a name where there is one, none where there is not."""
    if signed and not objector:
        yield Problem("public_notices.no_name", _("署名的异议，填写署的姓名或单位"), "objector")
    if objector and not signed:
        words = _("没有署名的不填姓名；署了名的，勾选“署名”")
        yield Problem("public_notices.unsigned", words, "objector")


def answer_problems(
    state: str, received_on: dt.date, answered_on: dt.date, reason: str, today: dt.date
) -> Iterator[Problem]:
    """Say why an objection cannot be answered like this."""
    if state != State.POSTED:
        yield Problem("public_notices.over", _("公示已结束或撤回，不能再改答复"))
    if not reason.strip():
        yield Problem("public_notices.no_reason", _("写明核实情况和理由"), "reason")
    if not received_on <= answered_on <= today:
        words = _("答复日期要在 %(first)s 到 %(last)s 之间")
        facts = {"first": received_on.isoformat(), "last": today.isoformat()}
        yield Problem("public_notices.answered_on", words % facts, "answered_on")


def closing_problems(  # noqa: PLR0913, PLR0917  the facts of a closing
    state: str,
    ends: Ending | None,
    unanswered: int,
    on: dt.date,
    today: dt.date,
    answered_on: dt.date | None = None,
) -> Iterator[Problem]:
    """Say why a notice cannot be closed on a day; `answered_on` is that of its last answer."""
    if not may_move(state, State.CLOSED) or ends is None:
        yield Problem("public_notices.not_posted", _("只有公示中的能结束"))
        return
    if on > today:
        words = _("结束日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("public_notices.future", words, "ended_on")
    if on <= ends.last_day:
        words = _("公示到 %(last)s 为止，过了这一天才能结束")
        last = {"last": ends.last_day.isoformat()}
        # While it runs there is no form in which to put the day right.
        field = "ended_on" if today > ends.last_day else ""
        yield Problem("public_notices.running", words % last, field)
    elif answered_on and on < answered_on:
        words = _("最后一条异议 %(day)s 才答复，结束日期不能更早")
        day = {"day": answered_on.isoformat()}
        yield Problem("public_notices.answered_later", words % day, "ended_on")
    if unanswered:
        words = _("还有 %(count)d 条异议没有答复，答复后才能结束")
        yield Problem("public_notices.unanswered", words % {"count": unanswered})


def withdrawing_problems(state: str, reason: str) -> Iterator[Problem]:
    """Say why a notice cannot be withdrawn."""
    if not may_move(state, State.WITHDRAWN):
        yield Problem("public_notices.over", _("公示已结束或撤回，不能再撤回"))
    elif not reason.strip():
        yield Problem("public_notices.no_reason", _("写一句撤回的原因"), "reason")


def going_on_problems(
    state: str, closed_on: dt.date | None, upheld: int, on: dt.date
) -> Iterator[Problem]:
    """Say why what was put up may not go on, on a day."""
    if state != State.CLOSED or closed_on is None or closed_on > on:
        words = {
            State.DRAFT: _("公示还没有发布"),
            State.WITHDRAWN: _("公示已撤回，重新公示后再办"),
        }
        otherwise = _("公示还没有结束，结束后再办")
        yield Problem("public_notices.not_closed", words.get(State(state), otherwise))
    if upheld:
        words_ = _("公示期内有 %(count)d 条异议成立，改正后重新公示")
        yield Problem("public_notices.upheld", words_ % {"count": upheld})


def is_answered(outcome: str) -> bool:
    """Whether an objection has its answer."""
    return outcome in Outcome.values


def _too_short(period: Period) -> Problem:
    least = amount(*period.least) if period.least else ""
    words = _("期限短于规定的最短期限（%(least)s），延长公示期")
    return Problem("public_notices.short", words % {"least": least}, "count")
