"""A site: how its namings stand, what was held there, where it lies; and a new proposal."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Refused
from tongxin.programmes.queries import functions_of
from tongxin.registers import declaration
from tongxin.registers.actions import note_reading
from tongxin.registers.choices import Act
from tongxin.registers.doors import crumbs, record_at
from tongxin.registers.permissions import visible_to
from tongxin.sites import actions
from tongxin.sites.choices import Standing
from tongxin.sites.forms import ProposeForm
from tongxin.sites.models import Designation, Site, Visit
from tongxin.sites.queries import by_function, points_of
from tongxin.sites.rules.lives import has_run_out, is_due
from tongxin.sites.rules.points import Drawn, drawn

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One naming of a site: how it stands, in words, and whether something is to be done."""

    designation: Designation
    words: str
    due: bool


@access(SIGNED_IN)
def site(request: HttpRequest, pk: int) -> HttpResponse:
    """How the namings of a site stand, what was held there, and where it lies. Seven queries."""
    register, found, acts = record_at(request, "sites", pk)
    note_reading(register, found, by=request.user)
    context = {
        "site": found,
        "lines": lines_of(request.user, found),
        "functions": _functions(found),
        "visits": _visits(request.user, found),
        "points": _points(request.user, found),
        "may_change": Act.CHANGE in acts,
        "crumbs": crumbs(register, found, _("命名和活动")),
    }
    return render(request, "sites/site.html", context)


def lines_of(account: Any, found: Site) -> list[Line]:
    """Return how the namings of a site stand, for those who may see them. One query."""
    rows = visible_to(account, declaration.of(Designation)).filter(site=found, void=False)
    return [line_of(each) for each in rows.order_by("-id")[:SHOWN]]


def line_of(designation: Designation) -> Line:
    """Return how a naming stands, in words."""
    today = timezone.localdate()
    if has_run_out(designation.standing, designation.until, today):
        return Line(designation, _("已到期"), due=True)
    words = str(Standing(designation.standing).label)
    late = is_due(designation.standing, designation.review_on, today)
    return Line(designation, words, due=late or designation.standing == Standing.RECTIFYING)


def _functions(found: Site) -> list[tuple[str, int, int | None]]:
    """Return function, times and person-times: none is 0, what was not handed up is None."""
    counts = by_function(found)
    rows = []
    for function in functions_of(found.programme):
        times, persons = counts.get(function.pk, (0, None))
        rows.append((function.name, times, persons))
    return rows


def _visits(account: Any, found: Site) -> list[Any]:
    rows = visible_to(account, declaration.of(Visit)).filter(site=found, void=False)
    return list(rows.order_by("-visited_on", "-id")[:SHOWN])


def _points(account: Any, found: Site) -> Drawn | None:
    """Return the site among the others of its programme; None where it has no point."""
    if found.latitude is None or found.longitude is None:
        return None
    others = points_of(visible_to(account, declaration.of(Site)), found.programme_id)
    here = (float(found.longitude), float(found.latitude))
    return drawn(here, [(float(longitude), float(latitude)) for longitude, latitude in others])


@access(SIGNED_IN)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that a site be named."""
    register, found, _acts = record_at(request, "sites", pk, Act.CHANGE)
    data = request.POST if request.method == "POST" else None
    form = ProposeForm(data, programme=found.programme)
    if request.method == "POST" and form.is_valid():
        try:
            made, _fresh = actions.propose(
                found, by=request.user, values=form.more(), said=form.said()
            )
        except Refused as refusal:
            form.refuse(refusal.problems)
        except NotYours as stranger:
            raise Http404 from stranger
        else:
            messages.success(request, _("已提名“%(name)s”") % {"name": found.name})
            return redirect("sites:designation", made.pk)
    context = {
        "heading": _("提名“%(name)s”") % {"name": found.name},
        "note": _("提名先由上级审核，再实地核查、公示，然后命名。"),
        "form": form,
        "button": _("提名"),
        "back": reverse("sites:site", args=[pk]),
        "crumbs": crumbs(register, found, _("提名")),
    }
    return render(request, "sites/step.html", context, status=422 if form.errors else 200)
