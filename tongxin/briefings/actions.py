"""Laying out a briefing."""

from collections.abc import Iterable, Mapping
from typing import Any

from tongxin.journal.actions import action, record
from tongxin.programmes.models import Pillar, Programme

from .models import Block, Briefing


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
