"""A base: its places, who holds them, who waits, month by month; and its clocks."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import covers
from tongxin.calendars.choices import Unit
from tongxin.calendars.rules import amount
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Refused
from tongxin.incubation import actions
from tongxin.incubation.choices import Premises, State
from tongxin.incubation.forms import ClocksForm
from tongxin.incubation.models import Base
from tongxin.incubation.permissions import may_set_clocks
from tongxin.incubation.queries import stays_of
from tongxin.incubation.register import BASES, INTAKES, TENANCIES
from tongxin.incubation.rules.clocks import MONTHS
from tongxin.incubation.rules.lives import INSIDE, LIVE, PROMISED
from tongxin.incubation.rules.occupancy import by_month, held_on
from tongxin.registers.actions import note_reading
from tongxin.registers.choices import Act
from tongxin.registers.doors import crumbs, record_at
from tongxin.registers.permissions import visible_to

SHOWN = 200
FIRST_YEAR, LAST_YEAR = 1990, 2100


@access(SIGNED_IN)
def base(request: HttpRequest, pk: int) -> HttpResponse:
    """The places of a base: held, promised, free; its tenants, its waiting list, its months."""
    register, found, acts = record_at(request, BASES.key, pk)
    note_reading(register, found, by=request.user)
    today = timezone.localdate()
    rows = visible_to(request.user, TENANCIES).filter(base=found, void=False)
    held = stays_of(rows)
    year = _year(request, found)
    listed = list(rows.filter(state__in=LIVE).order_by("state_on", "id")[: SHOWN + 1])
    taken = held_on(held, today)
    promised = sum(
        each.places for each in listed if each.state in PROMISED and each.premises == Premises.ON
    )
    free = None if found.capacity is None else max(0, found.capacity - taken - promised)
    context = {
        "base": found,
        "today": today,
        "taken": taken,
        "promised": promised,
        "free": free,
        "inside": [each for each in listed if each.state in INSIDE],
        "waiting": [each for each in listed if each.state == State.WAITING],
        "applying": [
            each for each in listed if each.state not in INSIDE and each.state != State.WAITING
        ],
        "more": len(listed) > SHOWN,
        "year": year,
        "months": by_month(held, dt.date(year, 1, 1), MONTHS),
        "intakes": visible_to(request.user, INTAKES).filter(base=found, void=False)[:SHOWN],
        "clocks": clocks_of(found),
        "may_change": Act.CHANGE in acts,
        "may_set_clocks": Act.CHANGE in acts and may_set_clocks(request.user, found),
        "uncleared": not covers(request.user, Power.RESTRICTED, Power.VIEW),
        "crumbs": crumbs(register, found, _("入驻情况")),
    }
    return render(request, "incubation/base.html", context)


@access(SIGNED_IN)
def clocks(request: HttpRequest, pk: int) -> HttpResponse:
    """Set how long a base takes for each step."""
    register, found, _acts = record_at(request, BASES.key, pk, Act.CHANGE)
    if not may_set_clocks(request.user, found):
        raise Http404
    form = ClocksForm(request.POST if request.method == "POST" else None, base=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_clocks(found, by=request.user, values=form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal.problems)
        except NotYours as stranger:
            raise Http404 from stranger
        else:
            messages.success(request, _("已保存期限。已经开始的期限不变"))
            return redirect("incubation:base", pk)
    context = {
        "base": found,
        "form": form,
        "crumbs": [
            *crumbs(register, found, _("入驻情况"))[:-1],
            (_("入驻情况"), reverse("incubation:base", args=[pk])),
            (_("期限"), ""),
        ],
    }
    return render(request, "incubation/clocks.html", context, status=422 if form.errors else 200)


def clocks_of(base: Base) -> list[tuple[str, str]]:
    """Return the clocks of a base: what for, and how long."""
    return [
        (_("核对申请"), amount(base.check_days, base.check_unit)),
        (_("公示"), amount(base.notice_days, base.notice_unit)),
        (_("交还场地"), amount(base.handback_days, base.handback_unit)),
        (_("孵化期"), amount(base.term_months, Unit.MONTHS)),
    ]


def _year(request: HttpRequest, base: Any) -> int:
    """Return the year whose months are shown: the one asked for, or that of the programme's day."""
    text = request.GET.get("year", "")
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR:
        return int(text[:5])
    day: dt.date = base.programme.day
    return day.year
