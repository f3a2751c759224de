"""Who keeps the calendar: it is one for the whole installation, so whoever administers its top."""

from typing import Any

from django.db.models import F

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.divisions.models import Reach
from tongxin.divisions.queries import on_day


def may_keep(account: Any) -> bool:
    """Whether an account may change working days: it administers a division with none above it."""
    return top_of(account) is not None


def top_of(account: Any) -> int | None:
    """Return the division with none above it that an account administers, if any. One query."""
    stand = standing(account)
    roots = set(stand.roots(Power.CALENDAR))
    if not roots:
        return None
    above = Reach.objects.filter(on_day(stand.on), descendant__in=roots).exclude(
        ancestor=F("descendant")
    )
    return min(roots - set(above.values_list("descendant_id", flat=True)), default=None)
