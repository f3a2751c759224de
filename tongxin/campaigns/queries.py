"""Campaigns as figures ask for them."""

from typing import Any

from django.db.models import QuerySet

from tongxin.organisations.models import Organisation

from .models import Participation, Series


def participants(programme: Any) -> QuerySet[Organisation]:
    """Return the organisations that take part in any campaign, each once; samples are no facts."""
    taking_part = Participation.objects.filter(
        campaign__programme=programme, campaign__void=False, void=False
    )
    return Organisation.objects.filter(
        pk__in=taking_part.values("organisation_id"), void=False, sample=False
    )


def series_names(programme: Any) -> list[str]:
    """Return the names of the series of a programme's campaigns in the order of entry."""
    rows = Series.objects.filter(campaign__programme=programme, campaign__void=False, void=False)
    return list(rows.order_by("campaign_id", "id").values_list("name", flat=True))


def takes_part(campaign: Any, organisation: Any, apart_from: int | None) -> bool:
    """Whether an organisation already takes part, in an entry other than the one named."""
    rows = Participation.objects.filter(campaign=campaign, organisation=organisation, void=False)
    return rows.exclude(pk=apart_from or 0).exists()
