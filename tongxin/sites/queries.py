"""Sites as tables and figures ask for them."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from tongxin.programmes.queries import territory
from tongxin.registers import declaration
from tongxin.registers.models import ACCEPTED, Stages, counted
from tongxin.registers.permissions import unrestricted

from .choices import Standing
from .models import Activity, Designation, Site, Visit
from .rules.lives import HOLDING, SOON

POINTS = 300
"""So many points make a drawing; more are one blot."""


def holding(on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Designation]:
    """Return the designations that hold on a day.

    One without a day is taken as holding: its paper was not handed up, the naming was. What was
    only proposed never holds; what was withdrawn held until that day.
    """
    return Designation.objects.filter(
        counted(stages=stages),
        Q(designated_on__isnull=True) | Q(designated_on__lte=on),
        Q(until__isnull=True) | Q(until__gt=on),
        Q(standing__in=HOLDING) | Q(standing=Standing.WITHDRAWN, withdrawn_on__gt=on),
    )


def designated(
    programme: Any, on: dt.date, stages: Stages = ACCEPTED, *, with_restricted: bool = True
) -> QuerySet[Site]:
    """Return the sites that hold a designation on a day; each once, however many it holds.

    A restricted one makes no site count where restricted records do not.
    """
    standing = holding(on, stages).filter(site=OuterRef("pk"))
    if not with_restricted:
        standing = standing.filter(unrestricted(declaration.of(Designation)))
    return Site.objects.filter(Exists(standing), counted(stages=stages), programme=programme)


def by_group(programme: Any, on: dt.date) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return for each occupational group its sites (number, name) in the order of entry.

    A naming for another group than the site's puts it there too. Two queries. Groups without a site
    are kept, with an empty list.
    """
    rows: dict[int, list[tuple[int, str]]] = {}
    here = designated(programme, on).filter(division_id__in=territory(programme))
    named = holding(on).filter(site__in=here).annotate(whose=Coalesce("group", "site__group"))
    found = named.order_by("site_id").values_list("whose", "site_id", "site__name").distinct()
    for group, pk, name in found:
        rows.setdefault(group, []).append((pk, name))
    groups = programme.occupationalgroup_words.order_by("position", "id")
    return [(name, rows.get(pk, [])) for pk, name in groups.values_list("id", "name")]


def last_visit(site: int, on: dt.date) -> Visit | None:
    """Return the latest accepted visit to a site up to a day. One query."""
    rows = Visit.objects.filter(counted(), site=site, visited_on__lte=on)
    return rows.order_by("-visited_on", "-id").first()


def activities(programme: Any, on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Activity]:
    """Return what was held at the sites of a programme up to a day.

    Samples are no facts; they count in a programme that is a sample itself.
    """
    return Activity.objects.filter(
        counted(stages=stages),
        counted("site__", stages),
        site__programme=programme,
        held_on__lte=on,
        sample=programme.sample,
    ).annotate(division_id=F("site__division_id"), place_state=F("site__place_state"))


def by_function(site: Site) -> dict[int, tuple[int, int | None]]:
    """Return for each function of a site how often it was served, and the person-times known.

    One query. Activities whose attendance was not handed up count as held, with no number.
    """
    rows = Activity.objects.filter(counted(), site=site).values("function")
    found = rows.annotate(times=Count("id"), persons=Sum("attendances")).order_by("function")
    return {row["function"]: (row["times"], row["persons"]) for row in found}


def due_for_review(rows: QuerySet[Designation], on: dt.date) -> QuerySet[Designation]:
    """Return those of some namings whose review is near or overdue."""
    return rows.filter(counted(), counted("site__"), standing__in=HOLDING, review_on__lte=on + SOON)


def points_of(rows: QuerySet[Site], programme: int) -> list[tuple[Any, Any]]:
    """Return longitude and latitude of some of a programme's sites that have a point. One query."""
    held = rows.filter(programme=programme, latitude__isnull=False, void=False)
    return list(held.order_by("id").values_list("longitude", "latitude")[:POINTS])
