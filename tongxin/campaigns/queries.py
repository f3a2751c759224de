"""Campaigns as figures ask for them."""

from typing import Any

from django.db.models import QuerySet

from tongxin.organisations.models import Organisation
from tongxin.programmes.queries import territory
from tongxin.registers import declaration
from tongxin.registers.models import ACCEPTED, Stages, counted
from tongxin.registers.permissions import unrestricted

from .models import Participation, Series


def participants(
    programme: Any, stages: Stages = ACCEPTED, *, with_restricted: bool = True
) -> QuerySet[Organisation]:
    """Return the organisations that take part in any campaign, each once; samples are no facts.

    A restricted participation makes no organisation count where restricted records do not.
    """
    taking_part = Participation.objects.filter(
        counted(stages=stages), counted("campaign__", stages), campaign__programme=programme
    )
    if not with_restricted:
        taking_part = taking_part.filter(unrestricted(declaration.of(Participation)))
    return Organisation.objects.filter(
        counted(stages=stages), pk__in=taking_part.values("organisation_id"), sample=False
    )


def series_names(programme: Any) -> list[str]:
    """Return the names of the series of a programme's campaigns in the order of entry."""
    rows = Series.objects.filter(counted(), counted("campaign__"), campaign__programme=programme)
    rows = rows.filter(campaign__division_id__in=territory(programme))
    return list(rows.order_by("campaign_id", "id").values_list("name", flat=True))
