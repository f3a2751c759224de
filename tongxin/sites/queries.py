"""Sites as tables and figures ask for them."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongxin.programmes.queries import territory
from tongxin.registers import declaration
from tongxin.registers.models import ACCEPTED, Stages, counted
from tongxin.registers.permissions import unrestricted

from .models import Designation, Site


def designated(
    programme: Any, on: dt.date, stages: Stages = ACCEPTED, *, with_restricted: bool = True
) -> QuerySet[Site]:
    """Return the sites that hold a designation on a day; each once, however many it holds.

    A designation without a day is taken as holding: its paper was not handed up, the naming was.
    A restricted one makes no site count where restricted records do not.
    """
    standing = Designation.objects.filter(
        counted(stages=stages),
        Q(designated_on__isnull=True) | Q(designated_on__lte=on),
        Q(until__isnull=True) | Q(until__gt=on),
        site=OuterRef("pk"),
    )
    if not with_restricted:
        standing = standing.filter(unrestricted(declaration.of(Designation)))
    return Site.objects.filter(Exists(standing), counted(stages=stages), programme=programme)


def by_group(programme: Any, on: dt.date) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return for each occupational group its sites (number, name) in the order of entry.

    Two queries. Groups without a site are kept, with an empty list.
    """
    rows: dict[int, list[tuple[int, str]]] = {}
    here = designated(programme, on).filter(division_id__in=territory(programme)).order_by("id")
    for group, pk, name in here.values_list("group_id", "id", "name"):
        rows.setdefault(group, []).append((pk, name))
    groups = programme.occupationalgroup_words.order_by("position", "id")
    return [(name, rows.get(pk, [])) for pk, name in groups.values_list("id", "name")]
