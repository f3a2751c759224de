"""The pages of saved views. A view out of reach does not exist."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import Refused
from tongxin.registers.declaration import Register
from tongxin.registers.doors import crumbs, register_at
from tongxin.registers.models import SavedView
from tongxin.registers.wishes import kept_of

from . import actions
from .forms import ViewForm
from .queries import own_views, view_for


@access(SIGNED_IN)
def index(request: HttpRequest, key: str) -> HttpResponse:
    """The views of a register that the account has saved, with their links."""
    register = register_at(key)
    views = own_views(request.user, register)
    rows = [(view, request.build_absolute_uri(view.get_absolute_url())) for view in views]
    context = {"register": register, "rows": rows, "crumbs": crumbs(register, None, _("视图"))}
    return render(request, "registers/views.html", context)


@access(SIGNED_IN)
def opened(request: HttpRequest, key: str, token: UUID) -> HttpResponse:
    """Lead to the list as the view shows it: of what the reader may see."""
    register = register_at(key)
    view = view_for(request.user, register, token)
    if view is None:
        raise Http404
    return redirect(address_of(view))


@access(SIGNED_IN)
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Save how the list looks now under a name."""
    register = register_at(key)
    form = ViewForm(_posted(request), query=kept_of(request.GET, register))
    if request.method == "POST" and form.is_valid():
        values = _values(form, register)
        try:
            made = actions.save_view(register, by=request.user, **values)
        except Refused as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, _("已保存视图“%(name)s”") % {"name": made})
            return redirect(address_of(made))
    return _form_page(request, register, form, None)


@access(SIGNED_IN)
def edit(request: HttpRequest, key: str, token: UUID) -> HttpResponse:
    """Rename or share a view, or let it show what the list shows now."""
    register = register_at(key)
    view = _mine(request, key, token)
    now = kept_of(request.GET, register)
    form = ViewForm(_posted(request), view=view, query=now or view.query)
    if request.method == "POST" and form.is_valid():
        try:
            view = actions.change_view(view, by=request.user, values=_values(form, register))
        except Refused as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, _("已保存视图“%(name)s”") % {"name": view})
            return redirect("registers:views", key=key)
    return _form_page(request, register, form, view)


@access(SIGNED_IN)
def delete(request: HttpRequest, key: str, token: UUID) -> HttpResponse:
    """Delete a view, once asked again."""
    register = register_at(key)
    view = _mine(request, key, token)
    if request.method == "POST":
        actions.delete_view(view, by=request.user)
        messages.success(request, _("已删除视图“%(name)s”") % {"name": view})
        return redirect("registers:views", key=key)
    context = {"register": register, "view": view, "crumbs": crumbs(register, None, _("删除视图"))}
    return render(request, "registers/view_delete.html", context)


def address_of(view: SavedView) -> str:
    """Return the address of the list as a view shows it."""
    base = reverse("registers:list", args=[view.register])
    return f"{base}?{view.query}{'&' if view.query else ''}view={view.key}"


def _mine(request: HttpRequest, key: str, token: UUID) -> SavedView:
    """Return a view that the account has saved, or answer as if there were none."""
    found = own_views(request.user, register_at(key)).filter(key=token).first()
    if found is None:
        raise Http404
    return found


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _values(form: ViewForm, register: Register) -> dict[str, Any]:
    """Return what was typed; of the query only what a list understands."""
    typed = form.cleaned_data
    return {**typed, "query": kept_of(QueryDict(typed["query"]), register)}


def _form_page(
    request: HttpRequest, register: Register, form: ViewForm, view: SavedView | None
) -> HttpResponse:
    context = {
        "register": register,
        "form": form,
        "view": view,
        "crumbs": crumbs(register, None, _("改视图") if view else _("保存视图")),
        "back": reverse("registers:views" if view else "registers:list", args=[register.key]),
    }
    status = 422 if form.errors else 200
    return render(request, "registers/view_form.html", context, status=status)
