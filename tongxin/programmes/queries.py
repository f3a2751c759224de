"""The programmes an account takes part in, and their words."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tongxin.accounts.queries import standing
from tongxin.divisions.models import Reach
from tongxin.divisions.queries import below, on_day

from .models import OccupationalGroup, Pillar, Programme, RecognitionKind, SiteFunction

MOST = 20


def programmes_for(account: Any) -> list[Programme]:
    """Return the programmes of the divisions above, at or below an account's postings."""
    places = {held.division_id for held in standing(account).postings}
    return list(programmes_near(places, standing(account).on)[:MOST]) if places else []


def programmes_near(places: Iterable[int], day: dt.date) -> QuerySet[Programme]:
    """Return the programmes led by divisions that on a day lie above, at or below some places."""
    above = Reach.objects.filter(on_day(day), descendant_id__in=places).order_by()
    near = Q(division_id__in=above.values("ancestor_id")) | Q(division_id__in=below(places, day))
    return Programme.objects.filter(near)


def territory(programme: Programme) -> QuerySet[Any, Any]:
    """Return the divisions for which the leading division answers today, as a subquery.

    Whoever may read a programme's tables may read of these; a record that lies elsewhere is named
    in none of them.
    """
    return below([programme.division_id], timezone.localdate())


def pillars_of(programme: Programme) -> list[Pillar]:
    """Return the pillars in their order."""
    return list(Pillar.objects.filter(programme=programme))


def groups_of(programme: Programme) -> list[OccupationalGroup]:
    """Return the occupational groups in their order."""
    return list(OccupationalGroup.objects.filter(programme=programme))


def functions_of(programme: Programme) -> list[SiteFunction]:
    """Return what the programme's sites are for, in order."""
    return list(SiteFunction.objects.filter(programme=programme))


def recognition_kinds_of(programme: Programme) -> list[RecognitionKind]:
    """Return the kinds of recognition in their order."""
    return list(RecognitionKind.objects.filter(programme=programme))
