"""What the journal tells of one record, or of all."""

from django.db import models

from .models import Entry


def entries_of(subject: models.Model) -> models.QuerySet[Entry]:
    """The acts on one record, newest first, with their actors."""
    return Entry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    ).select_related("actor")
