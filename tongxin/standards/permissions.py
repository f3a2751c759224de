"""Who writes standards, and who reads which version.

What is published is read by everybody who signs in: a standard is a rule, and whoever is judged by
it knows it. A draft is seen by those who write it.
"""

from typing import Any

from django.db.models import Q, QuerySet

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds, within
from tongxin.accounts.queries import standing

from .choices import State
from .models import Standard, Version


def may_keep(account: Any, standard: Standard) -> bool:
    """Whether an account writes a standard: it holds the power over the division that keeps it."""
    return standard.division_id is not None and holds(
        account, Power.STANDARDS, standard.division_id
    )


def kept_from(account: Any) -> tuple[int, ...]:
    """Return the divisions for which an account may found a standard."""
    return tuple(standing(account).roots(Power.STANDARDS))


def visible_to(account: Any) -> QuerySet[Version]:
    """Return the versions that an account may read."""
    kept = within(account, Power.STANDARDS, Standard.objects.all())
    return Version.objects.select_related("standard__division").filter(
        Q(state=State.PUBLISHED) | Q(standard__in=kept.values("pk"))
    )
