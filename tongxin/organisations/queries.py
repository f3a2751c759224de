"""Organisations as figures and other rooms ask for them."""

from django.db.models import QuerySet

from .choices import DemonstrationLevel
from .models import Organisation


def holder_of_code(code: str, apart_from: int | None = None) -> Organisation | None:
    """Return the organisation that already holds a code, other than the one named."""
    if not code:
        return None
    return Organisation.objects.filter(credit_code=code).exclude(pk=apart_from or 0).first()


def demonstrating(level: str = DemonstrationLevel.PROVINCE) -> QuerySet[Organisation]:
    """Return the organisations recognised at a level; samples are no facts."""
    return Organisation.objects.filter(demonstration=level, void=False, sample=False)
