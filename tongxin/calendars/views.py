"""The calendar of a year, a counter of periods, and the doors for whoever keeps the calendar."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.accounts.choices import Power
from tongxin.accounts.views.asking import accepted, posted, pressed, shown
from tongxin.core.access import SIGNED_IN, access, power

from . import actions, pages, queries
from .choices import Unit
from .forms import CountForm, DaysForm, YearForm
from .permissions import may_keep
from .rules import EARLIEST, LATEST, missing_year

USUAL = {"count": 20, "unit": Unit.WORKING_DAYS}


@access(SIGNED_IN)
def today(request: HttpRequest) -> HttpResponse:
    """The calendar of this year."""
    answer: HttpResponse = year(request, timezone.localdate().year)
    return answer


@access(SIGNED_IN)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """One year, month by month: what is worked, what is off, and on which document."""
    _known(year)
    here = timezone.localdate()
    calendar = queries.calendar(dt.date(year - 1, 12, 31))
    before, after = pages.beside(year)
    context = {
        "year": year,
        "row": queries.year_of(year),
        "warning": None if year in calendar.years else missing_year(year),
        "months": pages.months_of(year, calendar, here),
        "spans": pages.spans_of(queries.days_of(year)),
        "before": before,
        "after": after,
        "may_keep": may_keep(request.user),
        "form": CountForm(initial={"start": here, **USUAL}),
        "crumbs": _crumbs(year),
    }
    return render(request, "calendars/year.html", context)


@access(SIGNED_IN)
def count(request: HttpRequest) -> HttpResponse:
    """Count a period, and say which days it leaves out."""
    here = timezone.localdate()
    form = CountForm(request.GET or None, initial={"start": here, **USUAL})
    due = queries.last_day(form.clock()) if form.is_valid() else None
    way = [(_("工作日历"), reverse("calendars:year", args=[here.year])), (_("算期限"), "")]
    return shown(request, "calendars/count.html", form, due=due, crumbs=way)


@access(power(Power.CALENDAR))
def new(request: HttpRequest) -> HttpResponse:
    """Register a year whose arrangement has been announced."""
    _ask(request)
    form = YearForm(posted(request), initial={"year": timezone.localdate().year + 1})

    def enter_it() -> None:
        made = actions.enter_year(by=request.user, **form.cleaned_data)
        words = _("已登记 %(year)d 年。接着填哪天放假、哪天上班，填全后点“已录全”")
        messages.success(request, words % {"year": made.year})

    if accepted(request, form, enter_it):
        return redirect("calendars:year", year=form.cleaned_data["year"])
    crumbs = _crumbs(timezone.localdate().year, _("登记一年"))
    return shown(request, "calendars/new.html", form, crumbs=crumbs)


@access(power(Power.CALENDAR))
def days(request: HttpRequest, year: int) -> HttpResponse:
    """Say that days on end are off, or worked."""
    _known(year)
    _ask(request)
    row = queries.year_of(year)
    if row is None:
        raise Http404
    form = DaysForm(posted(request), initial={"document": row.document})

    def set_them() -> None:
        told = form.cleaned_data
        span = actions.Span(
            told["first"],
            told["last"] or told["first"],
            told["kind"] == DaysForm.WORKED,
            told["name"],
            told["document"],
        )
        actions.set_days(span, by=request.user)
        messages.success(request, _("已改日历，没有到期的期限按新日历重算"))

    if accepted(request, form, set_them):
        return redirect("calendars:year", year=form.cleaned_data["first"].year)
    crumbs = _crumbs(year, _("改放假和上班"))
    return shown(request, "calendars/days.html", form, year=year, crumbs=crumbs)


@access(power(Power.CALENDAR))
@require_POST
def clear(request: HttpRequest, year: int) -> HttpResponse:
    """Let days on end be again what their weekdays say."""
    _known(year)
    _ask(request)
    try:
        first, last = (dt.date.fromisoformat(request.POST.get(n, "")) for n in ("first", "last"))
    except ValueError as unreadable:
        raise Http404 from unreadable
    if not first.year == last.year == year:
        raise Http404
    done = _("%(first)s 到 %(last)s 按星期几算") if first != last else _("%(first)s 按星期几算")
    facts = {"first": first.isoformat(), "last": last.isoformat()}
    pressed(request, lambda: actions.clear_days(first, last, by=request.user), done % facts)
    return redirect("calendars:year", year=year)


@access(power(Power.CALENDAR))
@require_POST
def complete(request: HttpRequest, year: int) -> HttpResponse:
    """Say that a year is entered in full, or that it is not."""
    _known(year)
    _ask(request)
    wanted = request.POST.get("complete") != "no"
    done = (
        _("%(year)d 年已录全，不再提醒") if wanted else _("%(year)d 年改为没有录全，期限旁边会提醒")
    )
    pressed(
        request,
        lambda: actions.set_complete(year, by=request.user, complete=wanted),
        done % {"year": year},
    )
    return redirect("calendars:year", year=year)


def _known(year: int) -> None:
    if not EARLIEST.year <= year <= LATEST.year:
        raise Http404


def _ask(request: HttpRequest) -> None:
    """Answer as if there were nothing where an account does not keep the calendar."""
    if not may_keep(request.user):
        raise Http404


def _crumbs(year: int, here: Any = "") -> list[tuple[Any, str]]:
    at = reverse("calendars:year", args=[year])
    way = [(_("工作日历"), reverse("calendars:today")), (str(year), at if here else "")]
    return [*way, (here, "")] if here else way
