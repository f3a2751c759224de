"""Projects and means as tables and figures ask for them."""

from typing import Any

from django.db.models import QuerySet

from tongxin.programmes.queries import territory
from tongxin.registers.models import ACCEPTED, Stages, counted

from .models import Means, Project


def projects(programme: Any, stages: Stages = ACCEPTED) -> QuerySet[Project]:
    """Return the projects that count."""
    return Project.objects.filter(counted(stages=stages), programme=programme)


def by_place(programme: Any) -> list[tuple[int, str, list[tuple[int, str]]]]:
    """Return division, its name as a document wrote it (or ""), and its projects in entry order.

    One query. Divisions stand in their office order.
    """
    rows: dict[int, tuple[int, str, list[tuple[int, str]]]] = {}
    here = projects(programme).filter(division_id__in=territory(programme))
    found = here.order_by("division__position", "division__key", "id")
    for place, text, pk, name in found.values_list("division_id", "place_text", "id", "name"):
        known = rows.setdefault(place, (place, text, []))
        known[2].append((pk, name))
    return list(rows.values())


def means_of(programme: Any) -> list[str]:
    """Return the names of the means in the order of entry."""
    rows = Means.objects.filter(counted(), programme=programme).order_by("id")
    return list(rows.values_list("name", flat=True))
