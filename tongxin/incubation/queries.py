"""Bases as tables and figures ask for them."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from tongxin.registers.models import ACCEPTED, Stages, counted

from .models import Base


def bases(
    programme: Any, on: dt.date, level: str = "", *, stages: Stages = ACCEPTED
) -> QuerySet[Base]:
    """Return the bases in use on a day, of one level or of all; an unknown opening day counts."""
    rows = Base.objects.filter(
        counted(stages=stages),
        Q(opened_on__isnull=True) | Q(opened_on__lte=on),
        programme=programme,
    )
    return rows.filter(level=level) if level else rows
