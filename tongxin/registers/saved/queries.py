"""Saved views as pages and lists ask for them."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tongxin.registers.declaration import Register
from tongxin.registers.models import SavedView

MOST = 50
"""So many views of one register may an account save."""


def open_to(account: Any) -> Q:
    """Return the condition under which an account may open a view: it is shared, or its own."""
    return Q(shared=True) | Q(owner=account)


def view_for(account: Any, register: Register, key: UUID) -> SavedView | None:
    """Return a view that an account may open. One query."""
    return SavedView.objects.filter(open_to(account), register=register.key, key=key).first()


def own_views(account: Any, register: Register) -> QuerySet[SavedView]:
    """Return the views of a register that an account has saved, by name."""
    return SavedView.objects.filter(owner=account, register=register.key).order_by("name", "pk")
