"""What must hold of a training. Sessions, attendances and persons are three different counts."""

import datetime as dt
from collections.abc import Iterator

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _


def training_problems(
    held_on: dt.date | None,
    sessions: int | None,
    attendances: int | None,
    persons: int | None,
    today: dt.date,
) -> Iterator[Problem]:
    """Say what is wrong: one person who attends twice is one person and two attendances."""
    if held_on and held_on > today:
        words = _("举办日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("trainings.future", words, "held_on")
    if sessions is not None and sessions < 1:
        yield Problem("trainings.sessions", _("期数至少是 1"), "sessions")
    if persons is not None and attendances is not None and persons > attendances:
        words = _(
            "人数（%(persons)d）不会多于人次（%(attendances)d）：同一人参加两次，人次记 2，人数记 1"
        )
        yield Problem(
            "trainings.persons", words % {"persons": persons, "attendances": attendances}, "persons"
        )
