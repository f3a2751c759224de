"""Budgets as figures ask for them."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from tongxin.registers.models import ACCEPTED, Stages, counted

from .models import Budget


def budgets(programme: Any, on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Budget]:
    """Return the budgets of the year in which a day lies."""
    return Budget.objects.filter(counted(stages=stages), programme=programme, year=on.year)
