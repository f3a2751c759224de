"""Organisations as figures and other rooms ask for them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tongxin.registers.models import ACCEPTED, Stages, counted

from .choices import DemonstrationLevel
from .models import Organisation

CHUNK = 500


def holder_of_code(code: str, apart_from: int | None = None) -> Organisation | None:
    """Return the organisation in force that already holds a code, other than the one named.

    One that is void holds nothing: its code is free for the entry in its place.
    """
    if not code:
        return None
    held = Organisation.objects.filter(~Q(credit_code=""), credit_code=code, void=False)
    return held.exclude(pk=apart_from or 0).first()


def holders_of_codes(codes: Iterable[str]) -> dict[str, int]:
    """Return for each of these codes that is held the number of the organisation that holds it."""
    wanted = sorted({code for code in codes if code})
    found: dict[str, int] = {}
    for at in range(0, len(wanted), CHUNK):
        rows = Organisation.objects.filter(
            ~Q(credit_code=""), credit_code__in=wanted[at : at + CHUNK], void=False
        )
        found |= dict(rows.values_list("credit_code", "pk"))
    return found


def demonstrating(
    level: str = DemonstrationLevel.PROVINCE, *, stages: Stages = ACCEPTED
) -> QuerySet[Organisation]:
    """Return the organisations recognised at a level; samples are no facts."""
    return Organisation.objects.filter(counted(stages=stages), demonstration=level, sample=False)
