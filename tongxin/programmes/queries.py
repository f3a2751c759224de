"""The programmes an account takes part in, and their words."""

from typing import Any

from django.db.models import Q, QuerySet

from tongxin.accounts.queries import standing

from .models import OccupationalGroup, Pillar, Programme, RecognitionKind, SiteFunction

MOST = 20


def programmes_for(account: Any) -> list[Programme]:
    """Return the programmes of the divisions above, at or below an account's postings."""
    places = {held.division_id for held in standing(account).postings}
    if not places:
        return []
    near = Q(division__reaches__descendant__in=places) | Q(
        division__reached_from__ancestor__in=places
    )
    found: QuerySet[Programme] = Programme.objects.filter(near).distinct()
    return list(found[:MOST])


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
