"""Clocks that run out: reviews of sites, notices, objections, tenancies. Counted in one query."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Min, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.calendars.queries import calendar
from tongxin.incubation.queries import running_out
from tongxin.incubation.register import TENANCIES
from tongxin.public_notices import permissions as notices
from tongxin.public_notices.queries import answer_due, over, waiting_for_an_answer
from tongxin.registers.permissions import visible_to
from tongxin.sites.queries import due_for_review
from tongxin.sites.register import DESIGNATIONS

SHOWN = 200
KINDS = ("objections", "notices", "reviews", "checks", "terms", "handbacks")
"""In the order in which they press."""
TENANTS = {"checks": "check", "terms": "term", "handbacks": "handback"}


@dataclass(frozen=True, slots=True)
class Due:
    """How many things of a kind are due, the first day of them, and one of them."""

    number: int
    first: dt.date | None
    one: int


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is due: what, by when, whether it is late, and where it is done."""

    title: str
    day: dt.date | None
    late: bool
    url: str


def due(account: Any, programme: Any, on: dt.date) -> dict[str, Due]:
    """Return what is due by kind, for an account that may do something about it.

    One query for all kinds, and one for the registers of which something is put up.
    """
    found = [
        _counted(kind, rows, day) for kind, (rows, day) in _rows(account, programme, on).items()
    ]
    if not found:
        return {}
    rows = found[0].union(*found[1:], all=True)
    return {kind: Due(number, first, one) for kind, number, first, one in rows if number}


def _counted(kind: str, rows: QuerySet[Any], day: str) -> QuerySet[Any, Any]:
    kept = rows.order_by().annotate(of=Value(kind, output_field=CharField()))
    counted: QuerySet[Any, Any] = kept.values("of").annotate(
        number=Count("pk"), first_day=Min(day), one=Min("pk")
    )
    return counted.values_list("of", "number", "first_day", "one")


def _rows(account: Any, programme: Any, on: dt.date) -> Mapping[str, tuple[QuerySet[Any], str]]:
    """Return for each kind the rows that concern an account, and the field of their day."""
    stand = standing(account)
    found: dict[str, tuple[QuerySet[Any], str]] = {}
    if stand.has(Power.ACCEPT):
        mine = notices.decided_by(account)
        found["objections"] = waiting_for_an_answer(mine), "received_on"
        found["notices"] = over(mine, on), "announced_until"
    if stand.has(Power.EDIT) or stand.has(Power.ACCEPT):
        namings = visible_to(account, DESIGNATIONS).filter(site__programme=programme)
        found["reviews"] = due_for_review(namings, on), "review_on"
        tenancies = visible_to(account, TENANCIES).filter(base__programme=programme)
        for kind, clock in TENANTS.items():
            found[kind] = running_out(tenancies, clock, on), "due_on"
    return found


def lines(account: Any, programme: Any, on: dt.date, kind: str) -> list[Line]:
    """Return the first things of a kind that are due, the earliest first. A few queries."""
    rows, day = _rows(account, programme, on).get(kind, (None, ""))
    if rows is None:
        return []
    if kind == "objections":
        return _objections(rows, on)
    told = rows.order_by(day, "pk").annotate(day=F(day))
    if kind == "notices":
        return [
            Line(each.name, each.day, late=True, url=each.get_absolute_url())
            for each in told[:SHOWN]
        ]
    if kind == "reviews":
        named = told.select_related("site")[:SHOWN]
        route = "sites:designation"
        titles = [(each, f"{each.site.name}{_('：')}{each.name}") for each in named]
    else:
        route = "incubation:tenancy"
        titles = [(each, each.name) for each in told.select_related("base")[:SHOWN]]
    return [
        Line(title, each.day, each.day < on, reverse(route, args=[each.pk]))
        for each, title in titles
    ]


def _objections(rows: QuerySet[Any], on: dt.date) -> list[Line]:
    """Objections with the day by which each is answered, by the calendar: two queries more."""
    found = list(rows.select_related("notice")[:SHOWN])
    if not found:
        return []
    known = calendar(min(each.received_on for each in found))
    lines = []
    for each in found:
        last = answer_due(each, known).last_day
        words = _("%(notice)s：第 %(number)d 条异议") % {
            "notice": each.notice.name,
            "number": each.number,
        }
        lines.append(Line(words, last, last < on, each.notice.get_absolute_url()))
    return sorted(lines, key=lambda line: (line.day or dt.date.max, line.title))
