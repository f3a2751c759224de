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
from django.utils.translation import gettext_lazy

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.text import number_in

from . import actions, declaration, pages, permissions
from .declaration import Register
from .queries import SORTS, Wish, page_of, place_of

TEXT_LIMIT = 60
SORT_WORDS = {
    "name": gettext_lazy("名称，按拼音"),
    "-name": gettext_lazy("名称，按拼音倒序"),
    "-changed": gettext_lazy("最近更新在前"),
    "changed": gettext_lazy("最早更新在前"),
}


@access(SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """All registers that the account may open."""
    shown = declaration.every() if standing(request.user).has(Power.VIEW) else []
    return render(
        request, "registers/index.html", {"registers": [r for r in shown if not r.parent]}
    )


@access(SIGNED_IN)
def listing(request: HttpRequest, key: str) -> HttpResponse:
    """One page of a register: found, filtered, sorted."""
    register = _register(key)
    wish = _wish(request, register)
    rows = permissions.visible_to(request.user, register, by_place=wish.by_place)
    page = page_of(register, rows, wish, _day(request))
    context = {
        "register": register,
        "page": page,
        "older": _page_url(request, after=page.following),
        "newer": _page_url(request, before=page.preceding),
        "wish": wish,
        "sorts": [(value, SORT_WORDS[value]) for value in SORTS],
        "sorted": {"name": "ascending", "-name": "descending"}.get(wish.sort, ""),
        "void_word": _("已作废"),
        "filters": _filters(request, register, wish),
        "division": request.GET.get("division", ""),
        "may_enter": permissions.may_enter_under(
            request.user, register, _holder(register, {register.within: _programme(request)})
        ),
        "narrowed": bool(wish.text or wish.chosen or wish.division or wish.with_void),
    }
    part = bool(getattr(request, "htmx", False))
    return render(request, "registers/_rows.html" if part else "registers/list.html", context)


@access(SIGNED_IN)
def record(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A record's own page."""
    register, found = _record(request, key, pk)
    context = {
        "register": register,
        "record": found,
        "crumbs": _crumbs(register, found),
        "facts": pages.facts_of(register, found, _day(request)),
        "parts": pages.parts_of(register, found, request.user),
        "may_change": permissions.may_change(request.user, register, found),
        "may_void": permissions.may_void(request.user, register, found),
    }
    return render(request, "registers/record.html", context)


@access(SIGNED_IN)
def history(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Who changed what on a record, field by field."""
    register, found = _record(request, key, pk)
    context = {
        "register": register,
        "record": found,
        "crumbs": _crumbs(register, found, _("修改记录")),
        "acts": pages.history_of(register, found),
    }
    return render(request, "registers/history.html", context)


@access(SIGNED_IN)
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a record. The same form received twice makes one record."""
    register = _register(key)
    fixed = _fixed(request, register)
    if not permissions.may_enter_under(request.user, register, _holder(register, fixed)):
        raise Http404
    form = register.form(_posted(request), register=register, request=request, initial=fixed)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            made = _enter(request, register, form, fixed)
            if made is not None:
                return redirect(made)
        status = 422
    parent = fixed.get(register.parent)
    context = {
        "register": register,
        "form": form,
        "record": None,
        "parent": parent,
        "crumbs": _crumbs(register, parent, _("新建")),
        "back": parent.get_absolute_url() if parent else reverse("registers:list", args=[key]),
    }
    return render(request, "registers/form.html", context, status=status)


@access(SIGNED_IN)
def edit(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Change a record; an edit in between is shown, and loses nothing."""
    register, found = _record(request, key, pk)
    if not permissions.may_change(request.user, register, found):
        raise Http404
    form = register.form(_posted(request), register=register, request=request, instance=found)
    context: dict[str, Any] = {
        "register": register,
        "form": form,
        "record": found,
        "crumbs": _crumbs(register, found, _("修改")),
        "back": found.get_absolute_url(),
    }
    status = 200
    if request.method == "POST":
        if form.is_valid():
            conflict = _change(request, register, found, form)
            if conflict is None and not form.errors:
                messages.success(request, _("已保存“%(name)s”") % {"name": form.instance})
                return redirect(found)
            context["conflict"] = conflict
        status = 409 if context.get("conflict") else 422
    return render(request, "registers/form.html", context, status=status)


@access(SIGNED_IN)
def void(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Void a record entered by mistake, or bring it back."""
    register, found = _record(request, key, pk)
    if not permissions.may_void(request.user, register, found):
        raise Http404
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        wanted = request.POST.get("void") != "no"
        reason = request.POST.get("reason", "")[:300]
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
        "crumbs": _crumbs(register, found, _("作废")),
    }
    return render(request, "registers/void.html", context, status=422 if problems else 200)


def _enter(request: HttpRequest, register: Register, form: Any, fixed: dict[str, Any]) -> Any:
    """Enter what the form says; None when it was refused, with the reasons in the form."""
    key = form.cleaned_data.get("submission")
    try:
        made, fresh = actions.enter(
            register, by=request.user, values={**form.values(), **fixed}, key=key
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
        messages.success(request, _("已登记“%(name)s”") % {"name": made})
    else:
        messages.info(request, _("这份表已经收到过，没有重复登记"))
    return made


def _change(request: HttpRequest, register: Register, found: Any, form: Any) -> Any:
    """Change the record; return what stands in the way when somebody was faster."""
    version = form.cleaned_data.get("version")
    try:
        form.instance = actions.change(
            register, found, by=request.user, values=form.values(), version=version
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


def _posted(request: HttpRequest) -> Any:
    """What was sent; a form sent empty is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def _crumbs(register: Register, record: Any, here: str = "") -> list[tuple[Any, str]]:
    """The way to a record's page, or to a page below it."""
    way = [(_("台账"), reverse("registers:index"))]
    way.append((register.title, reverse("registers:list", args=[register.key])))
    if record is not None:
        way.append((record.name, record.get_absolute_url() if here else ""))
    return [*way, (here, "")] if here else way


def _page_url(request: HttpRequest, **token: str) -> str:
    """The address of a neighbouring page; empty when there is none."""
    ((name, value),) = token.items()
    if not value:
        return ""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[name] = value
    return f"?{query.urlencode()}"


def _register(key: str) -> Register:
    try:
        return declaration.get(key)
    except KeyError as unknown:
        raise Http404 from unknown


def _record(request: HttpRequest, key: str, pk: int) -> tuple[Register, Any]:
    """Find a record that the account may see, or answer as if there were none."""
    register = _register(key)
    found = permissions.visible_to(request.user, register).filter(pk=pk).first()
    if found is None:
        raise Http404
    return register, found


def _programme(request: HttpRequest) -> Any:
    """The programme that a request works in, if any."""
    return getattr(request, "programme", None)


def _holder(register: Register, fixed: dict[str, Any]) -> Any:
    """What already fixes the place of a new record, among the values the page decides."""
    return fixed.get(register.place.split("__", maxsplit=1)[0])


def _fixed(request: HttpRequest, register: Register) -> dict[str, Any]:
    """Values that the page decides: the current programme, the record it is entered from."""
    fixed: dict[str, Any] = {}
    if register.within:
        fixed[register.within] = _programme(request)
        if fixed[register.within] is None:
            raise Http404
    if register.parent:
        field: Any = register.model._meta.get_field(register.parent)
        number = number_in(request.GET.get(register.parent, ""))
        if number is None:
            raise Http404
        parent = declaration.of(field.related_model)
        fixed[register.parent] = _record(request, parent.key, number)[1]
    return fixed


def _wish(request: HttpRequest, register: Register) -> Wish:
    asked = request.GET
    chosen = {}
    for wanted in register.filters:
        value = asked.get(wanted.path, "")
        if value and value in {str(option) for option, _label in wanted.options(request)}:
            chosen[wanted.path] = value
    if register.parent and asked.get(register.parent, "").isdecimal():
        chosen[register.parent] = asked[register.parent][:18]
    sort = asked.get("sort", "name")
    text = asked.get("q", "").strip()[:TEXT_LIMIT]
    stand = standing(request.user)
    plainly = stand.is_partial(Power.VIEW) and not text and not chosen
    return Wish(
        text=text,
        by_place=plainly or stand.is_local(Power.VIEW),
        chosen=chosen,
        fixed={register.within: _programme(request)} if register.within else None,
        division=place_of(asked["division"]) if asked.get("division") else None,
        sort=sort if sort in SORTS else "name",
        after=asked.get("after", ""),
        before=asked.get("before", ""),
        with_void=asked.get("void") == "1",
    )


def _filters(request: HttpRequest, register: Register, wish: Wish) -> list[dict[str, Any]]:
    return [
        {
            "path": wanted.path,
            "label": wanted.label,
            "options": [(str(value), label) for value, label in wanted.options(request)],
            "value": (wish.chosen or {}).get(wanted.path, ""),
        }
        for wanted in register.filters
    ]


def _day(request: HttpRequest) -> dt.date:
    """The day whose map gives places their names."""
    return getattr(request, "day_of_map", None) or timezone.localdate()
