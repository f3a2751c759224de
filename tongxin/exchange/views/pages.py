"""Bringing a workbook in, page by page: send, look through, mend, apply, undo."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.exchange import actions
from tongxin.exchange.background.doing import changed_meanwhile
from tongxin.exchange.background.jobs import ask_for_batch, look_in_background
from tongxin.exchange.background.queries import OPEN, is_large, jobs_of, open_job
from tongxin.exchange.background.showing import shown
from tongxin.exchange.choices import JobKind, JobState, State
from tongxin.exchange.forms import (
    ApplyForm,
    UploadForm,
    head_pointed_out,
    mended_cells,
    side_chosen,
)
from tongxin.exchange.models import Batch, Job
from tongxin.exchange.queries import UNDONE_WITHIN, may_still_be_undone, own_batches
from tongxin.registers.declaration import Register
from tongxin.sheets.book import Unreadable
from tongxin.sheets.words import REFUSALS

from .doors import batch_at, crumbs, entering_at, programme_of
from .shown import Looked, heads_shown, looked_through

BATCHES = 20


@access(SIGNED_IN)
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Where a workbook is sent, and what was brought in before."""
    register = entering_at(request, key)
    sent = request.method == "POST"
    form = UploadForm(
        request.POST if sent else None, request.FILES if sent else None, request=request
    )
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.receive(
                register,
                by=request.user,
                programme=programme_of(request),
                name=file.name,
                content=file.read(),
            )
        except Unreadable as refusal:
            form.refuse(refusal)
        except NotYours as stranger:
            raise Http404 from stranger
        else:
            look_in_background(batch, request.user)
            return redirect(batch)
    context = {
        "register": register,
        "form": form,
        "batches": own_batches(request.user, register)[:BATCHES],
        "crumbs": crumbs(register, ""),
    }
    return render(request, "exchange/start.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def batch(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A workbook: what it would do while it waits, what it did once it is applied."""
    register, found = batch_at(request, key, pk)
    last, before = (*jobs_of(found), None, None)[:2]
    if last is not None and last.state in OPEN:
        return _working(request, register, found, last)
    if found.state == State.DRAFT:
        return _waiting(request, register, found, last, before)
    context = {
        "register": register,
        "batch": found,
        "problems": _said(last) if last is not None and last.kind == JobKind.UNDO else (),
        "crumbs": crumbs(register, str(found)),
        "may_undo": may_still_be_undone(found),
        "days": UNDONE_WITHIN.days,
    }
    return render(request, "exchange/done.html", context)


def _working(request: HttpRequest, register: Register, found: Batch, job: Job) -> HttpResponse:
    """How far it is, where something is done with a workbook in the background."""
    context = {
        "register": register,
        "batch": found,
        "job": job,
        "shown": shown(job),
        "crumbs": crumbs(register, str(found)),
    }
    return render(request, "exchange/working.html", context)


def _said(job: Job | None) -> tuple[Problem, ...]:
    """What stood against a job; said until something else is tried."""
    if job is None or job.state != JobState.FAILED:
        return ()
    return tuple(Problem(each["code"], each["words"], each["field"]) for each in job.said)


def _waiting(
    request: HttpRequest, register: Register, found: Batch, last: Job | None, before: Job | None
) -> HttpResponse:
    """What a workbook that waits would do, and what stood against it."""
    if last is not None and last.state == JobState.FAILED:
        return _draft(request, register, found, problems=_said(last), typed=last.wishes)
    changed = before is not None and changed_meanwhile(before)
    typed = before.wishes if before is not None and changed else None
    return _draft(request, register, found, changed=changed, typed=typed)


def _draft(  # noqa: PLR0913  what was typed stays on the page
    request: HttpRequest,
    register: Register,
    found: Batch,
    *,
    problems: tuple[Problem, ...] = (),
    typed: Any = None,
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    looked: Looked | None = None
    try:
        if found.looked or not is_large(found):
            looked = looked_through(request, found)
    except (Unreadable, FileNotFoundError):
        problems = (Problem("exchange.gone", _("上传的文件已经不在。放弃它，重新上传一次")),)
    context = {
        "register": register,
        "batch": found,
        "looked": looked,
        "large": is_large(found),
        "unreadable": any(problem.code in REFUSALS for problem in problems),
        "problems": problems,
        "typed": typed or {"name": found.file_name.rpartition(".")[0]},
        "changed": changed,
        "crumbs": crumbs(register, str(found)),
    }
    return render(request, "exchange/draft.html", context, status=status)


@access(SIGNED_IN)
def heads(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Where somebody points out the head of a table and what each column is."""
    register, found = batch_at(request, key, pk)
    if found.state != State.DRAFT:
        raise Http404
    if open_job(found):
        return redirect(found)
    try:
        shown = heads_shown(request, register, found)
    except (Unreadable, FileNotFoundError):
        return redirect(found)
    problem = ""
    if request.method == "POST":
        head, problem = head_pointed_out(request.POST, shown.columns, shown.width)
        if not problem:
            kept = {**found.wishes.get("heads", {}), shown.sheet: head}
            look_in_background(actions.settle(found, {"heads": kept}), request.user)
            return redirect(found)
    context = {
        "register": register,
        "batch": found,
        "shown": shown,
        "problem": problem,
        "crumbs": crumbs(register, _("指定表头"), found),
    }
    return render(request, "exchange/heads.html", context, status=422 if problem else 200)


@access(SIGNED_IN)
@require_POST
def mend(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Keep what was written into cells, and whether blanks erase; then look through again."""
    _register, found = batch_at(request, key, pk)
    if found.state != State.DRAFT:
        raise Http404
    if open_job(found):
        return redirect(found)
    if "blanks" in request.POST:
        wishes: dict[str, Any] = {"blanks_erase": request.POST["blanks"] == "erase"}
    elif "side" in request.POST:
        wishes = side_chosen(request.POST, found.wishes)
    else:
        kept = {sheet: dict(cells) for sheet, cells in found.wishes.get("mended", {}).items()}
        for sheet, cells in mended_cells(request.POST).items():
            kept.setdefault(sheet, {}).update(cells)
        wishes = {"mended": kept}
    look_in_background(actions.settle(found, wishes), request.user)
    return redirect(found)


@access(SIGNED_IN)
@require_POST
def apply(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Write all rows, or none; many of them in the background."""
    register, found = batch_at(request, key, pk)
    form = ApplyForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    wishes = {
        "name": typed.get("name", ""),
        "reason": typed.get("reason", ""),
        "without_errors": bool(typed.get("without_errors")),
        "seen": typed.get("seen", ""),
    }
    try:
        if found.state == State.DRAFT and is_large(found):
            actions.refuse_applying(found, **wishes)
            ask_for_batch(JobKind.APPLY, found, by=request.user, wishes=wishes)
            return redirect(found)
        done = actions.apply(found, by=request.user, **wishes)
    except Refused as refusal:
        return _draft(request, register, found, problems=refusal.problems, typed=typed, status=422)
    except Outdated:
        return _draft(request, register, found, typed=typed, changed=True, status=409)
    except (NotYours, Unreadable, FileNotFoundError) as stranger:
        raise Http404 from stranger
    messages.success(request, _("已导入“%(name)s”") % {"name": done.name})
    return redirect(done)


@access(SIGNED_IN)
def undo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a batch back as a whole."""
    register, found = batch_at(request, key, pk)
    if found.state != State.APPLIED:
        raise Http404
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            if is_large(found):
                actions.refuse_undoing(found)
                ask_for_batch(JobKind.UNDO, found, by=request.user)
                return redirect(found)
            actions.undo(found, by=request.user)
        except Refused as refusal:
            problems = refusal.problems
        except NotYours as stranger:
            raise Http404 from stranger
        else:
            messages.success(request, _("已撤销“%(name)s”") % {"name": found.name})
            return redirect(found)
    context = {
        "register": register,
        "batch": found,
        "problems": problems,
        "crumbs": crumbs(register, _("撤销"), found),
    }
    return render(request, "exchange/undo.html", context, status=422 if problems else 200)


@access(SIGNED_IN)
@require_POST
def put_away(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Put a draft away."""
    register, found = batch_at(request, key, pk)
    actions.put_away(found, by=request.user)
    messages.info(request, _("已放弃“%(name)s”，没有写入任何记录") % {"name": found.file_name})
    return redirect("exchange:start", register.key)
