"""What the pages of notices show: lines of the list, the days of one, its objections, its past."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.calendars.queries import calendar
from tongxin.calendars.rules import Calendar, Due
from tongxin.divisions.queries import names_on
from tongxin.journal.models import Entry
from tongxin.registers.declaration import Mark, Register
from tongxin.registers.history import Day as ActsOfDay
from tongxin.registers.history import acts_in, by_day

from . import permissions, queries
from .choices import Outcome, State
from .models import Objection, PublicNotice
from .queries import Subject
from .rules import Ending

ENTRIES_SHOWN = 100
TONES = {
    State.DRAFT: ("neu", "edit"),
    State.POSTED: ("info", "flag"),
    State.CLOSED: ("ok", "tick"),
    State.WITHDRAWN: ("warn", "return"),
}
OUTCOMES = {
    Outcome.UPHELD: ("warn", "bang"),
    Outcome.REJECTED: ("neu", "tick"),
    Outcome.TAKEN_BACK: ("neu", "return"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in a list."""

    notice: PublicNotice
    subject: Subject
    place: str
    ends: Ending | None
    tone: str
    icon: str
    over: bool
    """Whether its time is over and it waits to be closed."""


@dataclass(frozen=True, slots=True)
class Told:
    """One objection: until when it is answered, and what may be shown of it."""

    objection: Objection
    due: Due
    late: bool
    named: bool
    tone: str
    icon: str


def marks_on(_account: Any, register: Register, record: Any) -> list[Mark]:
    """Say of a record that is put up that it is: to whoever sees it. One query."""
    rows = queries.of_record(register.key, record.pk).filter(state=State.POSTED)
    return [Mark(State.POSTED.label, each.get_absolute_url()) for each in rows]


def lines_of(notices: list[PublicNotice], day: dt.date) -> list[Line]:
    """Return the lines of a list; queries for the calendar, for each register, for names."""
    known = queries.calendar_for(notices)
    subjects = queries.subjects_of(notices)
    names = names_on({each.place for each in subjects.values()}, day) if subjects else {}
    lines = []
    for notice in notices:
        subject, ends = subjects[notice.pk], queries.ending_of(notice, known)
        tone, icon = TONES[State(notice.state)]
        over = notice.state == State.POSTED and ends is not None and day > ends.last_day
        place = names.get(subject.place, "")
        lines.append(Line(notice, subject, place, ends, tone, icon, over))
    return lines


def objections_told(
    account: Any, register: Register, record: Any, notice: PublicNotice, day: dt.date
) -> list[Told]:
    """Return the objections to a notice, each with the day by which it is answered."""
    found = queries.objections_of(notice)
    if not found:
        return []
    known = calendar(min(each.received_on for each in found))
    return [_told(account, register, record, each, known, day) for each in found]


def _told(  # noqa: PLR0913, PLR0917  what is shown depends on who reads it, and when
    account: Any,
    register: Register,
    record: Any,
    objection: Objection,
    known: Calendar,
    day: dt.date,
) -> Told:
    due = queries.answer_due(objection, known)
    named = permissions.may_name(account, register, record, objection)
    if objection.outcome:
        tone, icon = OUTCOMES[Outcome(objection.outcome)]
        return Told(objection, due, late=False, named=named, tone=tone, icon=icon)
    late = day > due.last_day
    tone, icon = ("err", "warn") if late else ("info", "clock")
    return Told(objection, due, late=late, named=named, tone=tone, icon=icon)


def past_of(notice: PublicNotice, objections: Iterable[Objection]) -> list[ActsOfDay]:
    """Return what was done with a notice and its objections, the newest first."""
    mine = {notice._meta.label_lower: [notice.pk], Objection._meta.label_lower: []}
    mine[Objection._meta.label_lower] = [each.pk for each in objections]
    entries = Entry.objects.none()
    for kind, numbers in mine.items():
        entries |= Entry.objects.filter(subject_type=kind, subject_id__in=numbers)
    rows = entries.select_related("actor").prefetch_related("personal").order_by("-sequence")
    return by_day(acts_in(list(rows[:ENTRIES_SHOWN])))


def shown_names(notice: PublicNotice, day: dt.date) -> str:
    """Return the names that a notice shows on a day: none from the day they are taken down."""
    gone = notice.names_until is not None and notice.names_until <= day
    return "" if gone else notice.names


def crumbs(register: Register, record: Any, here: str = "", at: str = "") -> list[tuple[Any, str]]:
    """The way to a notice: by the record that it is about."""
    of_record = reverse("public_notices:of_record", args=[register.key, record.pk])
    way = [
        (register.title, reverse("registers:list", args=[register.key])),
        (record.name, record.get_absolute_url()),
        (_("公示"), of_record if here else ""),
    ]
    if at:
        way.append((at, ""))
    return [*way, (here, "")] if here and not at else way
