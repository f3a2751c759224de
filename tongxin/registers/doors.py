"""The way in: a register and a record by their address, and the way to them above the page."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from . import declaration, permissions
from .declaration import Register


def register_at(key: str) -> Register:
    """Find a register, or answer as if there were nothing."""
    try:
        return declaration.get(key)
    except KeyError as unknown:
        raise Http404 from unknown


def record_at(
    request: HttpRequest, key: str, pk: int, *asked: str
) -> tuple[Register, Any, frozenset[str]]:
    """Find a record and what the account may do with it, one of the acts asked for among it.

    Else answer as if there were none.
    """
    register = register_at(key)
    found, acts = permissions.acts_on(request.user, register, pk)
    if found is None or (asked and acts.isdisjoint(asked)):
        raise Http404
    return register, found, acts


def crumbs(register: Register, record: Any, here: str = "") -> list[tuple[Any, str]]:
    """The way to a record's page, or to a page below it."""
    way = [(_("台账"), reverse("registers:index"))]
    way.append((register.title, reverse("registers:list", args=[register.key])))
    if record is not None:
        way.append((record.name, record.get_absolute_url() if here else ""))
    return [*way, (here, "")] if here else way
