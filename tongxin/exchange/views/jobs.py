"""Work in the background: how far it is, lists that were taken out, and their files."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.core.access import SIGNED_IN, access
from tongxin.exchange.background.downloads import DOWNLOADS, KEPT
from tongxin.exchange.background.jobs import ask_for_batch
from tongxin.exchange.background.queries import OPEN, exports_of, may_be_fetched, own_jobs
from tongxin.exchange.background.showing import shown
from tongxin.exchange.choices import JobKind, State
from tongxin.exchange.models import Job
from tongxin.exchange.writing import WRITERS
from tongxin.registers.declaration import Register
from tongxin.registers.doors import register_at

from .doors import batch_at
from .doors import crumbs as way_to_import

HOURS = int(KEPT.total_seconds() // 3600)


@access(SIGNED_IN)
def job(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """How far a job is; asked by the page itself, only that. What is over leads to its result."""
    register, found = job_at(request, key, pk)
    to = found.batch.get_absolute_url() if found.batch else found.get_absolute_url()
    asked_by_page = "HX-Request" in request.headers
    if found.state in OPEN and asked_by_page:
        context = {"job": found, "shown": shown(found)}
        return render(request, "exchange/progress.html", context)
    if asked_by_page:
        return HttpResponse(headers={"HX-Redirect": to})
    if found.batch:
        return redirect(to)
    return render(request, "exchange/export.html", context_of(request, register, found))


def context_of(request: HttpRequest, register: Register, found: Job) -> dict[str, Any]:
    """What the page of a list needs that is taken out in the background."""
    return {
        "register": register,
        "job": found,
        "open": found.state in OPEN,
        "shown": shown(found) if found.state in OPEN else None,
        "ready": may_be_fetched(found, request.user),
        "hours": HOURS,
        "crumbs": way_to_import(register, _("标注问题"))
        if found.kind == JobKind.MARK
        else crumbs(register, _("导出的文件")),
    }


@access(SIGNED_IN)
def exports(request: HttpRequest, key: str) -> HttpResponse:
    """The lists that the account had taken out of a register in the background."""
    register = register_at(key)
    found = exports_of(request.user, register)
    context = {
        "register": register,
        "jobs": [(each, may_be_fetched(each, request.user)) for each in found],
        "hours": HOURS,
        "crumbs": crumbs(register, ""),
    }
    return render(request, "exchange/exports.html", context)


@access(SIGNED_IN)
def fetch(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """The file of a list that was taken out; only for its account, and only for a while."""
    register, found = job_at(request, key, pk)
    if found.kind not in {JobKind.EXPORT, JobKind.MARK} or not may_be_fetched(found, request.user):
        raise Http404
    extension = found.wishes["extension"]
    try:
        file = DOWNLOADS.path_of(found.stored).open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    day = timezone.localdate(found.ended_at).isoformat()
    about = f"marked-{found.wishes['batch']}" if found.kind == JobKind.MARK else register.key
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{about}-{day}.{extension}",
        content_type=WRITERS[extension][1],
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@access(SIGNED_IN)
@require_POST
def look(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Let a large workbook be looked through again."""
    _register, found = batch_at(request, key, pk)
    if found.state != State.DRAFT:
        raise Http404
    ask_for_batch(JobKind.LOOK, found, by=request.user)
    return redirect(found)


def job_at(request: HttpRequest, key: str, pk: int) -> tuple[Register, Job]:
    """Find a job that the account asked for itself; else there is none."""
    register = register_at(key)
    found = own_jobs(request.user, register).filter(pk=pk).select_related("batch").first()
    if found is None:
        raise Http404
    return register, found


def crumbs(register: Register, here: str) -> list[tuple[Any, str]]:
    """The way to the lists that were taken out."""
    way: list[tuple[Any, str]] = [
        (_("台账"), reverse("registers:index")),
        (register.title, reverse("registers:list", args=[register.key])),
        (_("导出"), reverse("exchange:exports", args=[register.key]) if here else ""),
    ]
    return [*way, (here, "")] if here else way
