"""The pages of notices: a list, one notice, and a door for each thing that is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tongxin.calendars.queries import last_day
from tongxin.calendars.rules import amount
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.registers import why
from tongxin.registers.actions import note_reading
from tongxin.registers.declaration import Register
from tongxin.registers.doors import record_at

from . import actions, pages, permissions, queries
from .beginnings import beginning_of
from .choices import State
from .forms import (
    AnswerForm,
    CloseForm,
    NoticeForm,
    ObjectionForm,
    PostForm,
    ReasonForm,
    Versioned,
)
from .models import PublicNotice
from .rules import going_on_problems

Found = tuple[PublicNotice, Register, Any]
OUTDATED = gettext_lazy("你打开以后有人办过这份公示。看一遍现在的情况，再提交一次")


@access(SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """The notices that somebody sees, the newest first."""
    state = request.GET.get("state", "")
    rows, following = queries.page_of(
        permissions.seen_by(request.user), state, request.GET.get("after", "")
    )
    context = {
        "lines": pages.lines_of(rows, timezone.localdate()),
        "older": f"?state={state}&after={following}" if following else "",
        "states": [("", _("全部"), not state)]
        + [(value, label, value == state) for value, label in State.choices],
    }
    return render(request, "public_notices/index.html", context)


@access(SIGNED_IN)
def of_record(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The notices about one record, and the door to draft another."""
    register, record, _acts = record_at(request, key, pk)
    rows = queries.of_record(key, pk)
    if not permissions.works_there(request.user, register, record):
        rows = rows.exclude(starts_on=None)
    found, _following = queries.page_of(rows, "", "")
    context = {
        "register": register,
        "record": record,
        "lines": pages.lines_of(found, timezone.localdate()),
        "may_draft": permissions.may_prepare(request.user, register, record)
        and not any(each.state in {State.DRAFT, State.POSTED} for each in found),
        "crumbs": pages.crumbs(register, record),
    }
    return render(request, "public_notices/of_record.html", context)


@access(SIGNED_IN)
def new(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Draft a notice about a record."""
    register, record, _acts = record_at(request, key, pk)
    if not permissions.may_prepare(request.user, register, record):
        raise Http404
    form = NoticeForm(_posted(request), initial=beginning_of(register, record))

    def draft() -> PublicNotice:
        return actions.draft(register, record, by=request.user, values=form.values())

    if made := _done(request, form, draft, _("已存草稿，由协调员发布")):
        return redirect(made)
    return _form(request, "form", form, (None, register, record), _("起草公示"))


@access(SIGNED_IN)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: its days, its objections, what was done with it."""
    return _page(request, _found(request, pk))


@access(SIGNED_IN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    found, register, record = _asked(request, pk, permissions.may_prepare)
    initial = {name: getattr(found, name) for name in NoticeForm.base_fields}
    form = NoticeForm(_posted(request), initial=initial)

    def change() -> PublicNotice:
        version = form.cleaned_data["version"]
        return actions.change(found, by=request.user, values=form.values(), version=version)

    if made := _done(request, form, change, _("已存草稿")):
        return redirect(made)
    return _form(request, "form", form, (found, register, record), _("改草稿"))


@access(SIGNED_IN)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Post a draft, having seen where it ends."""
    found, register, record = _asked(request, pk, permissions.may_decide)
    today = timezone.localdate()
    initial = {"starts_on": today, "version": found.version}
    form = PostForm(_posted(request), initial=initial)

    def publish() -> PublicNotice:
        told = form.cleaned_data
        return actions.post(
            found, by=request.user, starts_on=told["starts_on"], version=told["version"]
        )

    if made := _done(request, form, publish, _("已发布")):
        return redirect(made)
    due = last_day(found.period.clock(today))
    return _form(request, "post", form, (found, register, record), _("发布"), due=due)


@access(SIGNED_IN)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a notice whose time is over; the page says why not."""
    found, register, record = _asked(request, pk, permissions.may_decide)
    form = CloseForm(request.POST)

    def end() -> PublicNotice:
        told = form.cleaned_data
        version = told["version"] or 0
        return actions.close(found, by=request.user, on=told["ended_on"], version=version)

    if _done(request, form, end, _("公示已结束")):
        return redirect(found)
    if form.outdated:
        return _page(request, _found(request, pk), form, 409)
    return _page(request, (found, register, record), form, 422)


@access(SIGNED_IN)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a notice, with a reason."""
    found, register, record = _asked(request, pk, permissions.may_decide)
    form = ReasonForm(_posted(request), initial={"version": found.version})

    def take_back() -> PublicNotice:
        told = form.cleaned_data
        return actions.withdraw(
            found, by=request.user, reason=told["reason"], version=told["version"]
        )

    if made := _done(request, form, take_back, _("公示已撤回")):
        return redirect(made)
    return _form(request, "withdraw", form, (found, register, record), _("撤回"))


@access(SIGNED_IN)
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down an objection that came in."""
    found, register, record = _asked(request, pk, permissions.may_prepare)
    form = ObjectionForm(_posted(request), initial={"received_on": timezone.localdate()})

    def take() -> Any:
        said = actions.objecting.Said(**form.facts())
        return actions.object_to(found, by=request.user, said=said)

    if _done(request, form, take, _("已登记异议")):
        return redirect(found)
    ends = queries.ending_of(found, queries.calendar_for([found]))
    return _form(request, "objection", form, (found, register, record), _("登记异议"), ends=ends)


@access(SIGNED_IN)
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer an objection."""
    found, register, record = _asked(request, pk, permissions.may_decide)
    objection = get_object_or_404(found.objections.select_related("notice"), number=number)
    initial = {
        "outcome": objection.outcome,
        "reason": objection.reason,
        "answered_on": objection.answered_on or timezone.localdate(),
        "version": found.version,
    }
    form = AnswerForm(_posted(request), initial=initial)

    def reply() -> Any:
        return actions.answer(objection, by=request.user, **form.cleaned_data)

    if _done(request, form, reply, _("已登记答复")):
        return redirect(found)
    named = permissions.may_name(request.user, register, record, objection)
    return _form(
        request,
        "answer",
        form,
        (found, register, record),
        _("答复异议"),
        objection=objection,
        named=named,
    )


def _posted(request: HttpRequest) -> Any:
    """What was sent; a form sent empty is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def _found(request: HttpRequest, pk: int) -> Found:
    """Find a notice by its record, or answer as if there were none."""
    found = PublicNotice.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    register, record, _acts = record_at(request, found.register, found.subject_id)
    if found.starts_on is None and not permissions.works_there(request.user, register, record):
        raise Http404
    return found, register, record


def _asked(request: HttpRequest, pk: int, ask: Callable[[Any, Register, Any], bool]) -> Found:
    """Find a notice with which an account may do something, or answer as if there were none."""
    found, register, record = _found(request, pk)
    if not ask(request.user, register, record):
        raise Http404
    return found, register, record


def _done(request: HttpRequest, form: Versioned, act: Callable[[], Any], words: str) -> Any:
    """Do what a form asks for and return what came of it; None when it was refused, in the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = act()
    except Refused as refusal:
        form.refuse(refusal.problems)
    except NotYours as stranger:
        raise Http404 from stranger
    except Outdated as outdated:
        form.refuse((Problem("public_notices.outdated", OUTDATED),))
        form.read_again(outdated.current.version)
    else:
        messages.success(request, words)
        return made
    return None


def _form(
    request: HttpRequest,
    template: str,
    form: Versioned,
    found: tuple[PublicNotice | None, Register, Any],
    here: str,
    **more: Any,
) -> HttpResponse:
    about, register, record = found
    status = 409 if form.outdated else 422 if form.errors else 200
    context = {
        "form": form,
        "notice": about,
        "register": register,
        "record": record,
        "here": here,
        "back": about.get_absolute_url()
        if about
        else reverse("public_notices:of_record", args=[register.key, record.pk]),
        "crumbs": pages.crumbs(register, record, here),
        **more,
    }
    return render(request, f"public_notices/{template}.html", context, status=status)


def _page(
    request: HttpRequest, asked: Found, closing: CloseForm | None = None, status: int = 200
) -> HttpResponse:
    found, register, record = asked
    today, account = timezone.localdate(), request.user
    if request.method != "POST":
        note_reading(register, record, by=account)
    known = queries.calendar_for([found])
    ends = queries.ending_of(found, known)
    inside = permissions.works_there(account, register, record)
    objections = pages.objections_told(account, register, record, found, today) if inside else []
    tone, icon = pages.TONES[State(found.state)]
    upheld = sum(each.objection.outcome == "upheld" for each in objections)
    context = {
        "notice": found,
        "register": register,
        "record": record,
        "tone": tone,
        "icon": icon,
        "ends": ends,
        "days": list(queries.days_of(found, ends, known)) if ends else [],
        "today": today,
        "over": ends is not None and today > ends.last_day,
        "period": amount(found.count, found.unit),
        "least": amount(*found.period.least) if found.period.least else "",
        "names": pages.shown_names(found, today),
        "inside": inside,
        "objections": objections,
        "going_on": going_on_problems(found.state, found.ended_on, upheld, today)
        if inside and found.state == State.CLOSED
        else (),
        "may_prepare": permissions.may_prepare(account, register, record),
        "may_decide": permissions.may_decide(account, register, record),
        "past": pages.past_of(found, [each.objection for each in objections]) if inside else [],
        "reasons": why.reasons(account, register, record, today),
        "closing": closing or CloseForm(initial={"version": found.version, "ended_on": today}),
        "crumbs": pages.crumbs(register, record, at=found.name),
    }
    return render(request, "public_notices/notice.html", context, status=status)
