"""Founding a programme with its words."""

from collections.abc import Iterable, Mapping
from typing import Any

from tongxin.journal.actions import action, record

from .models import OccupationalGroup, Pillar, Programme, RecognitionKind, SiteFunction, Word

VOCABULARIES: dict[str, type[Word]] = {
    "pillars": Pillar,
    "groups": OccupationalGroup,
    "functions": SiteFunction,
    "recognition_kinds": RecognitionKind,
}


@action
def found_programme(
    *, by: Any, facts: Mapping[str, Any], words: Mapping[str, Iterable[Mapping[str, str]]]
) -> Programme:
    """Found a programme; `words` gives for each vocabulary its rows in order, with key and name."""
    programme = Programme.objects.create(**facts)
    for name, rows in words.items():
        model = VOCABULARIES[name]
        model._default_manager.bulk_create(
            model(programme=programme, position=at, **row) for at, row in enumerate(rows)
        )
    record(by, "programmes.founded", programme, after={"name": programme.name})
    return programme
