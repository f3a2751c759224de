"""Saved views for programs: how a list looks, under a name. A view gives nobody a record."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.core.errors import Outdated, Refused
from tongxin.registers.declaration import Register
from tongxin.registers.doors import register_at
from tongxin.registers.models import SavedView
from tongxin.registers.saved import actions
from tongxin.registers.saved.forms import ViewForm
from tongxin.registers.saved.queries import own_views, view_for
from tongxin.registers.wishes import kept_of

from . import reading
from .answering import given, tagged
from .door import READS, WRITES, api
from .problems import Declined, Wrong

AT = "registers/{key}/views/"
ONE = f"{AT}{{uuid:token}}/"
TOLD = ("name", "query", "shared", "first")
YES_OR_NO = {"shared", "first"}
SHOWN_ONLY = ("col",)
"""What of a view says how a page looks, and nothing to a program."""


@api.get(AT, url_name="views", auth=READS)
def views(request: HttpRequest, key: str) -> HttpResponse:
    """The views of a register that the account has saved, by name."""
    found = own_views(request.user, register_at(key))
    return given({"items": [_told(request, each) for each in found]})


@api.post(AT, url_name="views", auth=WRITES)
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Save a view. The same view sent again is the one that there is."""
    register = register_at(key)
    values = _values(request, register, ViewForm({}, query=""))
    same = own_views(request.user, register).filter(**values).first()
    if same is not None:
        return _one(request, same)
    try:
        made = actions.save_view(register, by=request.user, **values)
    except Refused as refusal:
        raise _refused(refusal) from refusal
    return _one(request, made, status=201)


@api.get(ONE, url_name="view", auth=READS)
def view(request: HttpRequest, key: str, token: UUID) -> HttpResponse:
    """A view that the account has saved, or that is shared; `list` is the list as it shows it."""
    found = view_for(request.user, register_at(key), token)
    if found is None:
        raise Http404
    return _one(request, found)


@api.patch(ONE, url_name="view", auth=WRITES)
def rename(request: HttpRequest, key: str, token: UUID) -> HttpResponse:
    """Rename one's own view, share it, let it show something else. If-Match names what was read."""
    register = register_at(key)
    kept = _mine(request, register, token)
    read = reading.checksum_in(request)
    values = _values(request, register, ViewForm({}, view=kept, query=kept.query))
    try:
        changed = actions.change_view(kept, by=request.user, values=values, read=read)
    except Refused as refusal:
        raise _refused(refusal) from refusal
    except Outdated as outdated:
        words = _("你读过以后，视图改过。看过现在的内容再改")
        wrong = Wrong("api.outdated", words, "If-Match")
        raise Declined(412, wrong, current=_told(request, outdated.current)) from outdated
    return _one(request, changed)


@api.post(f"{ONE}delete/", url_name="delete_view", auth=WRITES)
def delete(request: HttpRequest, key: str, token: UUID) -> HttpResponse:
    """Delete one's own view; its link leads nowhere from then on."""
    kept = _mine(request, register_at(key), token)
    reading.texts_of(reading.body_of(request), set())
    told = _told(request, kept)
    actions.delete_view(kept, by=request.user)
    return given(told)


def _values(request: HttpRequest, register: Register, page: ViewForm) -> dict[str, Any]:
    """Read a view as its page does: what is not sent stays. Raises Declined."""
    sent = reading.texts_of(reading.body_of(request), TOLD)
    for name in YES_OR_NO & set(sent):
        if sent[name] not in {"True", "False"}:
            words = _("“%(name)s”写 true 或 false") % {"name": name}
            raise Declined(422, Wrong("api.not_yes_or_no", words, name, sent[name]))
    usual = {name: str(page[name].initial or "") for name in TOLD}
    form = ViewForm(usual | sent, query="")
    if not form.is_valid():
        raise Declined(422, reading.wrongs_in(form))
    asked = form.cleaned_data["query"]
    kept = kept_of(QueryDict(asked), register)
    if unknown := sorted(set(QueryDict(asked)) - set(QueryDict(kept))):
        words = _("列表没有“%(name)s”这个条件，或者没有写值。条件写成 q=词&sort=-name 的样子")
        told = words % {"name": unknown[0]}
        raise Declined(422, Wrong("api.query", told, "query", asked))
    return {**form.cleaned_data, "query": kept}


def _mine(request: HttpRequest, register: Register, token: UUID) -> SavedView:
    """Return a view that the account has saved, or answer as if there were none."""
    found = own_views(request.user, register).filter(key=token).first()
    if found is None:
        raise Http404
    return found


def _refused(refusal: Refused) -> Declined:
    return Declined(422, [Wrong(each.code, each.message, each.field) for each in refusal.problems])


def _one(request: HttpRequest, found: SavedView, *, status: int = 200) -> HttpResponse:
    return tagged(request, _told(request, found), tag=actions.tag_of(found), status=status)


def _told(request: HttpRequest, found: SavedView) -> dict[str, Any]:
    """Return a view as it is told, with the address of the list as it shows it."""
    return {
        "key": str(found.key),
        "name": found.name,
        "query": found.query,
        "shared": found.shared,
        "first": found.first,
        "own": found.owner_id == request.user.pk,
        "saved_at": found.saved_at.isoformat(),
        "list": _list(found),
    }


def _list(found: SavedView) -> str:
    asked = QueryDict(found.query)
    pairs = [
        (name, each) for name, values in asked.lists() for each in values if name not in SHOWN_ONLY
    ]
    at = reverse("api:list", args=[found.register])
    return f"{at}?{urlencode(pairs)}" if pairs else at
