"""Laying out a briefing, and taking it away."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tongxin.journal.actions import action, note_read, record
from tongxin.journal.queries import head
from tongxin.programmes.models import Pillar, Programme

from .document import Document, Witness
from .models import Block, Briefing
from .queries import document_of


@action
def lay_out(
    *,
    by: Any,
    programme: Programme,
    facts: Mapping[str, str],
    blocks: Mapping[str, Iterable[Mapping[str, str]]],
) -> Briefing:
    """Lay out a briefing: `blocks` gives for each pillar's key its texts and tables in order."""
    briefing = Briefing.objects.create(programme=programme, **facts)
    pillars = {pillar.key: pillar for pillar in Pillar.objects.filter(programme=programme)}
    Block.objects.bulk_create(
        Block(briefing=briefing, pillar=pillars[key], position=at, **row)
        for key, rows in blocks.items()
        for at, row in enumerate(rows)
    )
    record(by, "briefings.laid_out", briefing, after={"title": briefing.title})
    return briefing


def take_away(briefing: Briefing, *, by: Any, extension: str) -> Document:
    """Write down that a briefing leaves the house, and return it with the head of the journal.

    The entry comes first, so that the head which the file carries covers it.
    """
    note_read(by, "briefings.exported", briefing, place=_place(briefing), format=extension)
    printed = head()
    return replace(document_of(briefing), witness=Witness(printed.sequence, printed.digits))


def _place(briefing: Briefing) -> int:
    place: int = briefing.programme.division_id
    return place
