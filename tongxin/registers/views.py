"""The pages of every register. Each asks scope, reads a form, calls one action, and answers."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.text import number_in, sort_key

from . import actions, declaration, pages, permissions, why
from .attached.queries import attached_to
from .choices import Act, Stage
from .declaration import Register
from .doors import crumbs, record_at, register_at
from .following import notes_on
from .history import history_of
from .merging.queries import absorbed_by, like, merging_of, survivor_of, told_of
from .ordering import orders_of
from .queries import page_of
from .saved.queries import own_views
from .wishes import (
    choices_of_columns,
    conditions_of,
    filters_of,
    heads_of,
    kept_of,
    page_url,
    programme_of,
    totals_of,
    wish_of,
)
from .writing import received


@access(SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """All registers that the account may open."""
    stand = standing(request.user)
    reads = stand.has(Power.VIEW) or stand.has(Power.PUBLIC)
    shown = declaration.every() if reads else []
    return render(
        request, "registers/index.html", {"registers": [r for r in shown if not r.parent]}
    )


@access(SIGNED_IN)
def listing(request: HttpRequest, key: str) -> HttpResponse:
    """One page of a register: found, filtered, sorted."""
    register = register_at(key)
    part = bool(getattr(request, "htmx", False))
    views = [] if part else list(own_views(request.user, register))
    if first := next((view for view in views if view.first and not request.GET), None):
        return redirect(first)
    wish = wish_of(request, register)
    rows = permissions.visible_to(request.user, register, by_place=wish.by_place)
    page = page_of(register, rows, wish, _day(request))
    context = {
        "register": register,
        "page": page,
        "older": page_url(request, after=page.following),
        "newer": page_url(request, before=page.preceding),
        "wish": wish,
        "sorts": [(key, order.label) for key, order in orders_of(register).items()],
        "heads": heads_of(request, register, wish),
        "columns": choices_of_columns(register, wish),
        "totals": totals_of(page),
        "views": views,
        "view": next((view for view in views if str(view.key) == request.GET.get("view")), None),
        "kept": kept_of(request.GET, register),
        "void_word": _("已作废"),
        "filters": filters_of(request, register, wish),
        "conditions": conditions_of(request, register, wish),
        "division": request.GET.get("division", ""),
        "may_enter": permissions.may_enter_under(
            request.user, register, _holder(register, {register.within: programme_of(request)})
        ),
        "doors": _doors(request, register),
        "narrowed": bool(wish.text or wish.chosen or wish.division or wish.with_void),
    }
    return render(request, "registers/_rows.html" if part else "registers/list.html", context)


@access(SIGNED_IN)
def record(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A record's own page; one that was merged leads on to the record in its place.

    That a restricted one was opened is written down.
    """
    register, found, acts = record_at(request, key, pk)
    merging = merging_of(register, found) if register.merges and found.void else None
    survivor = survivor_of(request.user, register, merging) if merging else None
    if survivor is not None and "stay" not in request.GET:
        return redirect(survivor)
    actions.note_reading(register, found, by=request.user)
    context = {
        "register": register,
        "record": found,
        "merging": merging,
        "survivor": survivor,
        "absorbed": absorbed_by(request.user, register, found) if register.merges else [],
        "crumbs": crumbs(register, found),
        "marks": declaration.marks_of(request.user, register, found),
        "facts": pages.facts_of(register, found, _day(request)),
        "parts": pages.parts_of(register, found, request.user),
        "attachments": attached_to(request.user, register, found),
        "acts": acts,
        "notes": list(notes_on(register, found)),
        "ways": declaration.ways(register.key) if register.reviewed else (),
        "reasons": why.reasons(request.user, register, found, _day(request)),
    }
    return render(request, "registers/record.html", context)


@access(SIGNED_IN)
def history(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Who changed what on a record, field by field."""
    register, found, _acts = record_at(request, key, pk, Act.HISTORY)
    actions.note_reading(register, found, by=request.user)
    context = {
        "register": register,
        "record": found,
        "crumbs": crumbs(register, found, _("修改记录")),
        "days": history_of(found),
    }
    return render(request, "registers/history.html", context)


@access(SIGNED_IN)
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a record. The same form received twice makes one record."""
    register = register_at(key)
    fixed = _fixed(request, register)
    if not permissions.may_enter_under(request.user, register, _holder(register, fixed)):
        raise Http404
    form = register.form(_posted(request), register=register, request=request, initial=fixed)
    status, likes = 200, []
    if request.method == "POST":
        if form.is_valid() and not (likes := _likes(request, register, form, fixed)):
            made = _enter(request, register, form, fixed)
            if made is not None:
                return redirect(made)
        status = 422
    parent = fixed.get(register.parent)
    context = {
        "register": register,
        "form": form,
        "likes": likes,
        "distinct": sort_key(form.cleaned_data.get("name", "")) if likes else "",
        "record": None,
        "parent": parent,
        "may_draft": _may_draft(request, register),
        "crumbs": crumbs(register, parent, _("新建")),
        "back": parent.get_absolute_url() if parent else reverse("registers:list", args=[key]),
    }
    return render(request, "registers/form.html", context, status=status)


@access(SIGNED_IN)
def edit(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Change a record; an edit in between is shown, and loses nothing."""
    register, found, _acts = record_at(request, key, pk, Act.CHANGE)
    if request.method != "POST":
        actions.note_reading(register, found, by=request.user)
    form = register.form(_posted(request), register=register, request=request, instance=found)
    context: dict[str, Any] = {
        "register": register,
        "form": form,
        "record": found,
        "crumbs": crumbs(register, found, _("修改")),
        "notes": list(notes_on(register, found)),
        "may_draft": found.stage in {Stage.DRAFT, Stage.RETURNED},
        "back": found.get_absolute_url(),
    }
    status = 200
    if request.method == "POST":
        if form.is_valid():
            conflict = _change(request, register, found, form)
            if conflict is None and not form.errors:
                messages.success(request, _said(form.instance, _saved()))
                return redirect(found)
            context["conflict"] = conflict
        status = 409 if context.get("conflict") else 422
    return render(request, "registers/form.html", context, status=status)


@access(SIGNED_IN)
def void(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Void a record entered by mistake, or bring it back."""
    register, found, _acts = record_at(request, key, pk, Act.VOID, Act.RESTORE)
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        wanted = request.POST.get("void") != "no"
        reason = request.POST.get("reason", "").replace("\0", "")[:300]
        try:
            actions.set_void(register, found, by=request.user, void=wanted, reason=reason)
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(
                request,
                _("已作废，可以随时恢复") if wanted else _("已恢复“%(name)s”") % {"name": found},
            )
            return redirect(found)
    context = {
        "register": register,
        "record": found,
        "problems": problems,
        "crumbs": crumbs(register, found, _("作废")),
    }
    return render(request, "registers/void.html", context, status=422 if problems else 200)


def _likes(request: HttpRequest, register: Register, form: Any, fixed: dict[str, Any]) -> list[Any]:
    """Return what may be the record being entered, until it is said of this name that it is not.

    A form that was received already, or that a rule refuses, is answered by that.
    """
    key = form.cleaned_data.get("submission")
    if not register.merges or (key and received(register, request.user, key) is not None):
        return []
    if any(register.problems({**form.values(), **fixed}, None)):
        return []
    told = told_of(register, form.values())
    if request.POST.get("distinct") == told.sound:
        return []
    return like(request.user, register, told, programme_of(request), day=_day(request))


def _enter(request: HttpRequest, register: Register, form: Any, fixed: dict[str, Any]) -> Any:
    """Enter what the form says; None when it was refused, with the reasons in the form."""
    key = form.cleaned_data.get("submission")
    try:
        made, fresh = actions.enter(
            register,
            by=request.user,
            values={**form.values(), **fixed},
            key=key,
            draft="draft" in request.POST,
        )
    except Refused as refusal:
        form.refuse(refusal.problems)
        return None
    except NotYours as stranger:
        raise Http404 from stranger
    if not fresh and pages.differences(register, made, form.values(), _day(request)):
        # The form of a record already made, with something else in it: ask, and drop nothing.
        form.data = form.data.copy()
        form.data["submission"] = str(uuid.uuid4())
        words = _("这份表已登记为“%(name)s”。要另登记一条，再提交一次；要改那一条，到它的页面修改")
        form.refuse((Problem("registers.again", words % {"name": made}),))
        return None
    if fresh:
        messages.success(request, _said(made, _entered()))
    else:
        messages.info(request, _("这份表已经收到过，没有重复登记"))
    return made


def _change(request: HttpRequest, register: Register, found: Any, form: Any) -> Any:
    """Change the record; return what stands in the way when somebody was faster."""
    version = form.cleaned_data.get("version")
    try:
        form.instance = actions.change(
            register,
            found,
            by=request.user,
            values=form.values(),
            version=version,
            draft="draft" in request.POST and found.stage in {Stage.DRAFT, Stage.RETURNED},
        )
    except Refused as refusal:
        form.refuse(refusal.problems)
    except NotYours as stranger:
        raise Http404 from stranger
    except Outdated as outdated:
        form.data = form.data.copy()
        form.data["version"] = outdated.current.version
        return pages.differences(register, outdated.current, form.values(), _day(request))
    return None


def _said(record: Any, words: dict[str, str]) -> str:
    """Say what was done, and where the record goes from here."""
    return words[record.stage] % {"name": record}


def _entered() -> dict[str, str]:
    return {
        Stage.ACCEPTED: _("已登记“%(name)s”"),
        Stage.SUBMITTED: _("已登记“%(name)s”，已送上一级审核，通过后计入数字"),
        Stage.DRAFT: _("已存草稿“%(name)s”，提交审核前只留在台账里"),
    }


def _saved() -> dict[str, str]:
    return {
        Stage.ACCEPTED: _("已保存“%(name)s”"),
        Stage.SUBMITTED: _("已保存“%(name)s”，已送上一级审核，通过后计入数字"),
        Stage.DRAFT: _("已存草稿“%(name)s”，提交审核前只留在台账里"),
    }


def _may_draft(request: HttpRequest, register: Register) -> bool:
    """Whether something is gained by a draft: whoever accepts it himself has no use for one."""
    return register.reviewed and not standing(request.user).has(Power.ACCEPT)


def _posted(request: HttpRequest) -> Any:
    """What was sent; a form sent empty is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def _holder(register: Register, fixed: dict[str, Any]) -> Any:
    """What already fixes the place of a new record, among the values the page decides."""
    return fixed.get(register.place.split("__", maxsplit=1)[0])


def _fixed(request: HttpRequest, register: Register) -> dict[str, Any]:
    """Values that the page decides: the current programme, the record it is entered from."""
    fixed: dict[str, Any] = {}
    if register.within:
        fixed[register.within] = programme_of(request)
        if fixed[register.within] is None:
            raise Http404
    if register.parent:
        field: Any = register.model._meta.get_field(register.parent)
        number = number_in(request.GET.get(register.parent, ""))
        if number is None:
            raise Http404
        parent = declaration.of(field.related_model)
        fixed[register.parent] = record_at(request, parent.key, number, Act.CHANGE)[1]
    return fixed


def _doors(request: HttpRequest, register: Register) -> list[tuple[Any, str, str]]:
    """Label, address and icon of the pages of other rooms that this list leads to."""
    enters = permissions.may_enter(request.user, register)
    wishes = request.GET.urlencode()
    return [
        (
            door.label,
            reverse(door.route, args=[register.key, *door.more])
            + (f"?{wishes}" if door.as_shown and wishes else ""),
            door.icon,
        )
        for door in declaration.doors()
        if enters or not door.entering
    ]


def _day(request: HttpRequest) -> dt.date:
    """The day whose map gives places their names."""
    return getattr(request, "day_of_map", None) or timezone.localdate()
