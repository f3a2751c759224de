"""Organisations as figures and other rooms ask for them."""

from django.db.models import QuerySet

from tongxin.registers.models import ACCEPTED, Stages, counted

from .choices import DemonstrationLevel
from .models import Organisation


def demonstrating(
    level: str = DemonstrationLevel.PROVINCE, *, stages: Stages = ACCEPTED
) -> QuerySet[Organisation]:
    """Return the organisations recognised at a level; samples are no facts."""
    return Organisation.objects.filter(counted(stages=stages), demonstration=level, sample=False)
