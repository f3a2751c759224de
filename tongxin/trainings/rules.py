"""What must hold of a training. Sessions, attendances and persons are three different counts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _


@dataclass(frozen=True, slots=True)
class Counts:
    """Persons and attendances on a list: two counts of the same people, never added."""

    persons: int
    attendances: int


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


def list_problems(
    listed: Counts, attendances: int | None, persons: int | None, field: str = ""
) -> Iterator[Problem]:
    """Say where a list goes beyond what was filled in.

    The list is a part of the counts of its training, by name: it is not added to them. What was
    not filled in is unknown and limits nothing.
    """
    if attendances is not None and listed.attendances > attendances:
        words = _(
            "名单上已有 %(listed)d 人次，多于填写的 %(filled)d 人次。名单是人次的一部分，不另外相加"
        )
        facts = {"listed": listed.attendances, "filled": attendances}
        yield Problem("trainings.listed_attendances", words % facts, field or "attendances")
    if persons is not None and listed.persons > persons:
        words = _(
            "名单上已有 %(listed)d 人，多于填写的 %(filled)d 人。名单是人数的一部分，不另外相加"
        )
        facts = {"listed": listed.persons, "filled": persons}
        yield Problem("trainings.listed_persons", words % facts, field or "persons")


def times_problems(times: int | None, sessions: int) -> Iterator[Problem]:
    """Say what is wrong with how often somebody came."""
    if times is None or times < 1:
        yield Problem("trainings.times", _("参加次数至少是 1"), "times")
    elif times > sessions:
        words = _("这次培训共 %(sessions)d 期，参加次数不会多于期数")
        yield Problem("trainings.times", words % {"sessions": sessions}, "times")
