"""What an organisation's own staff may see and change."""

from typing import Any

from django.db.models import Q

from tongxin.accounts.choices import Role
from tongxin.accounts.permissions import NOWHERE
from tongxin.accounts.queries import standing

from .models import Representative


def own_organisations(account: Any) -> Q:
    """Match the organisations that an account represents; nothing without such a posting."""
    if not standing(account).holds_role(Role.ORGANISATION):
        return NOWHERE
    mine = Representative.objects.filter(account=account)
    return Q(pk__in=mine.values("organisation_id"))
