"""Home, dashboards, search, the journal, and the pages for what went wrong."""

import logging
import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds
from tongxin.accounts.queries import standing
from tongxin.core.access import ANYONE, SIGNED_IN, access, power
from tongxin.core.redirects import back
from tongxin.divisions.models import Division
from tongxin.indicators import lineage
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.indicators.queries import Asked, figures
from tongxin.indicators.views import asked_of, division_worked_for, existed, home_division

from . import journal as journal_page
from . import pages, queries, reminders
from .context import DENSE, SIZES
from .todos import applying, judging, kind_labels, sorted_kinds, todos

logger = logging.getLogger(__name__)


@access(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What needs me today; then the figures."""
    if request.programme is None or division_worked_for(request) is None:  # type: ignore[attr-defined]
        told = {"todo": [*applying(request.user), *judging(request.user)], **pages.welcome(request)}
        return render(request, "desk/welcome.html", told)
    asked = asked_of(request)
    board = queries.dashboard(asked)
    found = figures(asked, CATALOGUE.values(), board.spreads)
    context = {
        "todo": todos(request.user, asked.programme, found),
        "headlines": pages.headlines(asked, [lineage.told(each) for each in found]),
        **pages.dashboard(request, asked, board),
    }
    if not context["tiles"]:
        context["own_records"] = pages.own_records(request, asked)
    return render(request, "desk/home.html", context)


@access(power(Power.VIEW))
def due(request: HttpRequest) -> HttpResponse:
    """What is due of one kind, each with its day and where it is done."""
    programme: Any = getattr(request, "programme", None)
    if programme is None:
        raise Http404
    today = standing(request.user).on
    counts = reminders.due(request.user, programme, today)
    asked = request.GET.get("kind", "")
    kind = asked if asked in reminders.KINDS else next(iter(sorted_kinds(counts)), "")
    lines = reminders.lines(request.user, programme, today, kind)
    labels = kind_labels()
    context = {
        "kinds": [
            (each, labels[each], counts[each].number, each == kind) for each in sorted_kinds(counts)
        ],
        "lines": lines,
        "more": kind in counts and counts[kind].number > len(lines),
    }
    return render(request, "desk/due.html", context)


@access(power(Power.VIEW))
def dashboards(request: HttpRequest) -> HttpResponse:
    """The dashboard of the division an account works for."""
    division = Division.objects.get(pk=home_division(request))
    return redirect("desk:dashboard", key=division.key)


@access(power(Power.VIEW))
def dashboard(request: HttpRequest, key: str) -> HttpResponse:
    """One division: its children on the tile map and in a table, its own records."""
    division = queries.division_by(key)
    programme: Any = getattr(request, "programme", None)
    if division is None or programme is None or not holds(request.user, Power.VIEW, division.pk):
        raise Http404
    then = request.GET.get("map") != "today" and existed(division.pk, programme.day)
    map_on = programme.day if then else standing(request.user).on
    cleared = holds(request.user, Power.RESTRICTED, division.pk)
    asked = Asked(programme, division.pk, programme.day, map_on, with_restricted=cleared)
    board = queries.dashboard(asked)
    context = {
        "division": division,
        "crumbs": pages.crumbs(request, asked),
        **pages.dashboard(request, asked, board, request.GET.get("measure", "")),
        "own_records": pages.own_records(request, asked),
    }
    return render(request, "desk/dashboard.html", context)


@access(power(Power.VIEW, Power.PUBLIC))
def search(request: HttpRequest) -> HttpResponse:
    """Find records of every register by name or pinyin initials; figures, registers and forms."""
    text = request.GET.get("q", "").strip()[:60]
    context = {
        "text": text,
        "found": pages.found(request, text) if text else [],
        "ways": pages.ways(request, text),
    }
    return render(request, "desk/search.html", context)


@access(power(Power.JOURNAL))
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what in the divisions one oversees, newest first."""
    return render(request, "desk/journal.html", journal_page.page(request))


@access(ANYONE)
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remember the size of text, or the height of rows, that a reader wants."""
    if "density" in request.POST:
        dense = DENSE if request.POST["density"] == DENSE else ""
        return _remembering(request, settings.DENSITY_COOKIE_NAME, dense)
    wanted = request.POST.get("size", "")
    return _remembering(request, settings.SIZE_COOKIE_NAME, wanted if wanted in SIZES else "")


@access(ANYONE)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language that a reader wants."""
    wanted = request.POST.get("language", "")
    known = dict(settings.LANGUAGES)
    return _remembering(
        request,
        settings.LANGUAGE_COOKIE_NAME,
        wanted if wanted in known else settings.LANGUAGE_CODE,
    )


def _remembering(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    """Go back to where the reader was, with a cookie for a year."""
    response = back(request, "desk:home")
    response.set_cookie(
        cookie,
        value,
        max_age=31_536_000,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response


@access(ANYONE)
def stale_form(request: HttpRequest, reason: str = "", exception: Any = None) -> HttpResponse:
    """A form whose token has expired, or an act that is not allowed."""
    logger.info("refused: %s", reason or exception)
    return render(request, "403.html", status=403)


@access(ANYONE)
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Nothing here, or nothing for this account: the same words and bytes."""
    return render(request, "404.html", status=404)


@access(ANYONE)
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """A request that cannot be read."""
    return render(request, "400.html", status=400)


@access(ANYONE)
def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: a number to tell the administrator, and nothing else."""
    code = secrets.token_hex(2).upper()
    logger.error("shown to the reader as %s: %s", code, request.path)
    return render(request, "500.html", {"code": code}, status=500)
