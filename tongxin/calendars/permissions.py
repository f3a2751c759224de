"""Who keeps the calendar: it is one for the whole installation, so the highest administrators."""

from typing import Any

from django.db.models import F

from tongxin.accounts.choices import Power
from tongxin.accounts.models import Posting
from tongxin.accounts.queries import standing
from tongxin.accounts.rules import roles_with
from tongxin.divisions.models import Reach
from tongxin.divisions.queries import on_day


def may_keep(account: Any) -> bool:
    """Whether an account may change working days: nobody above it could."""
    return top_of(account) is not None


def top_of(account: Any) -> int | None:
    """Return the division for which an account keeps the calendar, if any. One query.

    A province may stand in the tree without anybody posted to it: the city keeps the calendar then.
    """
    stand = standing(account)
    roots = set(stand.roots(Power.CALENDAR))
    if not roots:
        return None
    keepers = Posting.objects.filter(
        on_day(stand.on), role__in=roles_with(Power.CALENDAR), account__is_active=True
    ).values("office__division_id")
    below_another = Reach.objects.filter(
        on_day(stand.on), descendant__in=roots, ancestor__in=keepers
    ).exclude(ancestor=F("descendant"))
    return min(roots - set(below_another.values_list("descendant_id", flat=True)), default=None)
