"""The one place that says when a dated row holds."""

import datetime as dt

from django.db.models import Q


def on_day(day: dt.date, prefix: str = "") -> Q:
    """The condition that a dated row holds on a day; `prefix` leads to it, like `division__`."""
    begun = Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": day})
    not_ended = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    return begun & not_ended
