"""Trainings as figures ask for them."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from .models import Training


def trainings(programme: Any, on: dt.date) -> QuerySet[Training]:
    """Return the trainings held up to a day."""
    return Training.objects.filter(programme=programme, held_on__lte=on, void=False)
