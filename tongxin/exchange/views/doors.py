"""The way in: a register into which the account may enter records, and a batch of its own."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.exchange.models import Batch
from tongxin.exchange.queries import own_batches
from tongxin.registers.declaration import Register
from tongxin.registers.doors import register_at
from tongxin.registers.permissions import may_enter


def programme_of(request: HttpRequest) -> Any:
    """Return the programme that a request works in, if any."""
    return getattr(request, "programme", None)


def entering_at(request: HttpRequest, key: str) -> Register:
    """Find a register into which the account may enter records here; else there is none."""
    register = register_at(key)
    if not may_enter(request.user, register):
        raise Http404
    if register.within and programme_of(request) is None:
        raise Http404
    return register


def batch_at(request: HttpRequest, key: str, pk: int) -> tuple[Register, Batch]:
    """Find a workbook that the account brought in itself; else there is none."""
    register = register_at(key)
    if not may_enter(request.user, register):
        raise Http404
    batch = own_batches(request.user, register).filter(pk=pk).select_related("programme").first()
    if batch is None:
        raise Http404
    return register, batch


def crumbs(register: Register, here: str, batch: Batch | None = None) -> list[tuple[Any, str]]:
    """The way to a page of this room."""
    way: list[tuple[Any, str]] = [
        (_("台账"), reverse("registers:index")),
        (register.title, reverse("registers:list", args=[register.key])),
        (_("导入"), reverse("exchange:start", args=[register.key]) if here else ""),
    ]
    if batch is not None:
        way.append((str(batch), batch.get_absolute_url()))
    return [*way, (here, "")] if here else way
