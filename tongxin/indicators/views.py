"""The pages of figures: all of them side by side, and one with everything behind it."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds
from tongxin.accounts.queries import standing
from tongxin.core.access import access, power
from tongxin.divisions.models import Division, Version
from tongxin.divisions.queries import on_day

from . import lineage
from .catalogue import CATALOGUE
from .queries import Asked, figures, read_address


@access(power(Power.VIEW))
def index(request: HttpRequest) -> HttpResponse:
    """Every figure of the programme for one division."""
    asked = asked_of(request)
    found = [lineage.told(figure) for figure in figures(asked, CATALOGUE.values())]
    context = {
        "figures": found,
        "asked": asked,
        "division": Division.objects.get(pk=asked.division_id),
    }
    return render(request, "indicators/index.html", context)


@access(power(Power.VIEW))
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: definition, days, what is declared, what is counted, what is missing."""
    asked = asked_of(request)
    try:
        indicator, part = read_address(_address(request, key))
    except KeyError as unknown:
        raise Http404 from unknown
    whole = indicator.split and not part
    context = {
        "trace": lineage.trace(asked, indicator, part, request.user),
        "asked": asked,
        "parts": [lineage.told(each) for each in figures(asked, [indicator])] if whole else [],
        "crumbs": [(_("数字"), reverse("indicators:index")), (indicator.part_title(part), "")],
    }
    return render(request, "indicators/figure.html", context)


def asked_of(request: HttpRequest) -> Asked:
    """Read which division and map are asked for; out of scope there is none."""
    programme: Any = getattr(request, "programme", None)
    if programme is None:
        raise Http404
    division = home_division(request)
    if wanted := request.GET.get("division"):
        found = Division.objects.filter(key=wanted).first()
        if found is None or not holds(request.user, Power.VIEW, found.pk):
            raise Http404
        division = found.pk
    then = request.GET.get("map") != "today" and existed(division, programme.day)
    map_on = programme.day if then else timezone.localdate()
    cleared = holds(request.user, Power.RESTRICTED, division)
    return Asked(programme, division, programme.day, map_on, with_restricted=cleared)


def existed(division_id: int, day: dt.date) -> bool:
    """Whether a division was there on a day; one that was not is shown on today's map."""
    return Version.objects.filter(on_day(day), division_id=division_id).exists()


def home_division(request: HttpRequest) -> int:
    """The division an account works for; answers as if there were none where it works for none."""
    found = division_worked_for(request)
    if found is None:
        raise Http404
    return found


def division_worked_for(request: HttpRequest) -> int | None:
    """The division an account works for: the programme's own when it oversees that.

    One that has ended answers for nothing any more, so nobody works for it: None.
    """
    roots = standing(request.user).roots(Power.VIEW)
    programme: Any = getattr(request, "programme", None)
    own = programme.division_id if programme is not None else None
    first = sorted(roots, key=lambda root: root != own)
    return next((root for root in first if holds(request.user, Power.VIEW, root)), None)


def figure_url(address: str, division: str = "", map_on: dt.date | None = None) -> str:
    """Return where a figure's page lies."""
    key, _, query = address.partition("?")
    more = [query] if query else []
    more += [f"division={division}"] if division else []
    more += ["map=today"] if map_on else []
    url = reverse("indicators:figure", args=[key])
    return f"{url}?{'&'.join(more)}" if more else url


def _address(request: HttpRequest, key: str) -> str:
    """Put a figure's address together again from the path and its part in the query."""
    indicator = CATALOGUE.get(key)
    if indicator is None:
        raise KeyError(key)
    part = request.GET.get(indicator.split, "") if indicator.split else ""
    return f"{key}?{indicator.split}={part}" if part else key
