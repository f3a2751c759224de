"""Notices as pages and higher rooms ask for them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from tongxin.calendars.choices import Unit
from tongxin.calendars.queries import calendar
from tongxin.calendars.rules import Calendar, Clock, Due, Told, due
from tongxin.core.errors import Problem
from tongxin.core.text import number_in
from tongxin.registers import declaration

from . import rules
from .choices import Outcome, State
from .models import Objection, PublicNotice
from .rules import Ending

PAGE = 50
KEPT_AFTER = dt.timedelta(days=365)
"""The name of somebody who objected is kept so long after the notice is over."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The record that a notice is about: its name, and the division that answers for it."""

    name: str
    noun: str
    place: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a notice: what the calendar says of it, and which counted day it is."""

    told: Told
    number: int | None


def notice_for(record: Any) -> PublicNotice | None:
    """Return the newest notice about a record that was posted and not withdrawn. One query."""
    rows = of_record(record.register_key, record.pk)
    return rows.filter(state__in=(State.POSTED, State.CLOSED)).first()


def may_go_on(notice: PublicNotice | None, on: dt.date) -> tuple[Problem, ...]:
    """Return why what was put up may not go on, on a day; nothing where it may. One query.

    Rooms above ask it before they designate, award or pay; None is a record without a notice.
    """
    if notice is None:
        return tuple(rules.going_on_problems(State.DRAFT, None, 0, on))
    upheld = notice.objections.filter(outcome=Outcome.UPHELD).count()
    return tuple(rules.going_on_problems(notice.state, notice.ended_on, upheld, on))


def of_record(key: str, number: int) -> QuerySet[PublicNotice]:
    """Return the notices about a record, the newest first."""
    return PublicNotice.objects.filter(register=key, subject_id=number)


def page_of(
    rows: QuerySet[PublicNotice], state: str, after: str
) -> tuple[list[PublicNotice], int | None]:
    """Return one page of notices, newest first, and the number after which the next begins."""
    if state in State.values:
        rows = rows.filter(state=state)
    start = number_in(after)
    if start is not None:
        rows = rows.filter(pk__lt=start)
    waiting = Count("objections", filter=Q(objections__outcome=""))
    found: list[PublicNotice] = list(rows.annotate(waiting=waiting)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def subjects_of(notices: Iterable[PublicNotice]) -> dict[int, Subject]:
    """Return by notice what it is about. One query for each register among them."""
    asked: dict[str, dict[int, list[int]]] = {}
    for notice in notices:
        asked.setdefault(notice.register, {}).setdefault(notice.subject_id, []).append(notice.pk)
    found = {}
    for key, numbers in sorted(asked.items()):
        register = declaration.get(key)
        rows = register.model._default_manager.filter(pk__in=numbers).order_by()
        for pk, name, place in rows.values_list("pk", "name", f"{register.place}_id"):
            for notice_pk in numbers[pk]:
                found[notice_pk] = Subject(name, str(register.noun), place)
    return found


def ending_of(notice: PublicNotice, known: Calendar) -> Ending | None:
    """Return where a notice ends; None for one that was never posted."""
    if notice.starts_on is None:
        return None
    return rules.ending(notice.starts_on, notice.period, known, notice.announced_until)


def calendar_for(notices: Iterable[PublicNotice]) -> Calendar:
    """Return the calendar as far back as notices need it. Two queries."""
    days = [notice.starts_on for notice in notices if notice.starts_on is not None]
    return calendar(min(days) if days else dt.date.max)


def days_of(notice: PublicNotice, ends: Ending, known: Calendar) -> Iterator[Day]:
    """Yield every day of a notice from the day after its posting to its last."""
    number, day = 0, ends.due.clock.start
    in_working_days = notice.unit == Unit.WORKING_DAYS
    while day < ends.last_day:
        day += dt.timedelta(days=1)
        counts = (not in_working_days or known.is_working(day)) and number < notice.count
        number += counts
        yield Day(known.told(day), number if counts else None)


def objections_of(notice: PublicNotice) -> list[Objection]:
    """Return the objections to a notice in their order. One query."""
    return list(notice.objections.select_related("recorded_by"))


def answer_due(objection: Objection, known: Calendar) -> Due:
    """Return by when an objection is answered."""
    unit = Unit(objection.answer_unit)
    return due(Clock(objection.received_on, objection.answer_count, unit), known)


def over(rows: QuerySet[PublicNotice], on: dt.date) -> QuerySet[PublicNotice]:
    """Return those notices whose announced last day is past and that wait to be closed.

    Where the calendar was changed since, the page of the notice knows better.
    """
    return rows.filter(state=State.POSTED, announced_until__lt=on)


def waiting_for_an_answer(rows: QuerySet[PublicNotice]) -> QuerySet[Objection]:
    """Return the objections to some notices that wait for an answer, the oldest first."""
    found = Objection.objects.filter(outcome="", notice__in=rows.filter(state=State.POSTED))
    return found.order_by("received_on", "id")


def answers_to(notice: PublicNotice) -> tuple[int, dt.date | None]:
    """Return how many objections wait for an answer, and the day of the last one. One query."""
    waiting = Count("pk", filter=Q(outcome=""))
    found = notice.objections.aggregate(waiting=waiting, last=Max("answered_on"))
    return found["waiting"], found["last"]


def with_names_to_take_down(on: dt.date) -> QuerySet[PublicNotice]:
    """Return the notices whose names are to be gone on a day."""
    return PublicNotice.objects.filter(names_until__lte=on).exclude(names="")


def with_objectors_to_forget(on: dt.date) -> QuerySet[Objection]:
    """Return the objections whose signature has been kept long enough."""
    over = Q(notice__ended_on__lte=on - KEPT_AFTER)
    return Objection.objects.filter(over).exclude(objector="")
