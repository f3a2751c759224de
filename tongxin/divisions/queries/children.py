"""The divisions directly below one, without reading its whole subtree."""

import datetime as dt

from tongxin.divisions.models import Version

from .days import on_day


def children_on(division_id: int, day: dt.date) -> dict[int, str]:
    """Return number and name of the divisions directly below one on a day, in office order."""
    rows = Version.objects.filter(on_day(day), parent_id=division_id)
    rows = rows.order_by("division__position", "sort_key")
    return dict(rows.values_list("division_id", "name"))
