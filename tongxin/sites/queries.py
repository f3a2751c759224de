"""Sites as tables and figures ask for them."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Designation, Site


def designated(programme: Any, on: dt.date) -> QuerySet[Site]:
    """Return the sites that hold a designation on a day; each once, however many it holds.

    A designation without a day is taken as holding: its paper was not handed up, the naming was.
    """
    standing = Designation.objects.filter(
        Q(designated_on__isnull=True) | Q(designated_on__lte=on),
        Q(until__isnull=True) | Q(until__gt=on),
        site=OuterRef("pk"),
        void=False,
    )
    return Site.objects.filter(Exists(standing), programme=programme, void=False)


def by_group(programme: Any, on: dt.date) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return for each occupational group its sites (number, name) in the order of entry.

    Two queries. Groups without a site are kept, with an empty list.
    """
    rows: dict[int, list[tuple[int, str]]] = {}
    for group, pk, name in (
        designated(programme, on).order_by("id").values_list("group_id", "id", "name")
    ):
        rows.setdefault(group, []).append((pk, name))
    groups = programme.occupationalgroup_words.order_by("position", "id")
    return [(name, rows.get(pk, [])) for pk, name in groups.values_list("id", "name")]
