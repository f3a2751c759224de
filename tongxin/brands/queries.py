"""Brands and recognitions as tables, maps and figures ask for them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tongxin.programmes.queries import territory
from tongxin.registers.models import ACCEPTED, Stages, counted

from .models import Brand, Recognition
from .rules import Wording


@dataclass(frozen=True, slots=True)
class Held:
    """A recognition with what its wording needs."""

    pk: int
    division_id: int
    wording: Wording


def brands(programme: Any, stages: Stages = ACCEPTED) -> QuerySet[Brand]:
    """Return the brands that count."""
    return Brand.objects.filter(counted(stages=stages), programme=programme)


def recognitions(programme: Any, on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Recognition]:
    """Return the recognitions won up to a day; an unknown day counts."""
    return Recognition.objects.filter(
        counted(stages=stages),
        Q(recognised_on__isnull=True) | Q(recognised_on__lte=on),
        programme=programme,
    )


def brands_in_order(programme: Any) -> list[tuple[int, int, str]]:
    """Return division, number and work of each brand, divisions in their office order."""
    here = brands(programme).filter(division_id__in=territory(programme))
    rows = here.order_by("division__position", "division__key", "id")
    return list(rows.values_list("division_id", "id", "work"))


def held_by_division(programme: Any, on: dt.date) -> dict[int, list[Held]]:
    """Return for each division its recognitions in the order of entry. One query."""
    facts = ("venue", "form", "title", "channel")
    rows = (
        recognitions(programme, on)
        .filter(division_id__in=territory(programme))
        .order_by("id")
        .values_list(
            "id",
            "division_id",
            "subject",
            "wording",
            "kind__phrase",
            "kind__shared_subject",
            *facts,
        )
    )
    found: dict[int, list[Held]] = {}
    for pk, division, subject, own, phrase, shared, *values in rows:
        wording = Wording(phrase, dict(zip(facts, values, strict=True)), subject, shared, own)
        found.setdefault(division, []).append(Held(pk, division, wording))
    return found
