"""Composing a briefing: its words, its figures and its tables, as one value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import within
from tongxin.campaigns.queries import series_names
from tongxin.core.figures import Figure
from tongxin.indicators.queries import Asked, figures, read_address
from tongxin.party_building.queries import means_of
from tongxin.programmes.queries import functions_of, groups_of, pillars_of

from .document import Document, Paragraph, Run, Section, Source
from .models import Block, Briefing
from .rules import Literal, Place, figures_named, heading, numeral, pieces_of
from .tables import NEEDED, build

UNKNOWN = "〔无此数〕"
LISTS = {
    "groups": lambda programme: [group.name for group in groups_of(programme)],
    "functions": lambda programme: [function.name for function in functions_of(programme)],
    "series": series_names,
    "means": means_of,
}


def visible_to(account: Any) -> QuerySet[Briefing]:
    """Return the briefings on programmes whose whole territory an account oversees."""
    rows = Briefing.objects.select_related("programme")
    rows = within(account, Power.BRIEF, rows, "programme__division")
    return within(account, Power.RESTRICTED, rows, "programme__division")


def asked_by(programme: Any) -> Asked:
    """Return what a briefing asks figures for: the whole programme, on its own day and map."""
    day = programme.day
    return Asked(programme, programme.division_id, day, day, with_restricted=True)


@dataclass(frozen=True, slots=True)
class Composed:
    """A briefing, and the figures that stand in it by address."""

    document: Document
    figures: dict[str, Figure]


def document_of(briefing: Briefing) -> Document:
    """Return a briefing composed from the records as they are now."""
    return compose(briefing).document


def compose(briefing: Briefing) -> Composed:
    """Compose a briefing from the records as they are now.

    The number of queries depends on the figures and tables it holds, not on the records.
    """
    programme = briefing.programme
    blocks = list(Block.objects.filter(briefing=briefing))
    known = _figures(programme, blocks)
    sections = tuple(
        Section(
            heading(number, pillar.name),
            tuple(
                _block(block, programme, known) for block in blocks if block.pillar_id == pillar.pk
            ),
        )
        for number, pillar in enumerate(pillars_of(programme), start=1)
    )
    document = Document(
        briefing.key,
        briefing.title,
        briefing.masthead,
        briefing.issuer,
        programme.day,
        sections,
    )
    return Composed(document, known)


def _figures(programme: Any, blocks: Iterable[Block]) -> dict[str, Figure]:
    """Return every figure that the blocks name, by address."""
    addresses: list[str] = []
    for block in blocks:
        addresses += figures_named(block.text) + NEEDED.get(block.table, [])
    wanted = {}
    for address in addresses:
        try:
            indicator, _part = read_address(address)
        except KeyError:
            continue
        wanted[indicator.key] = indicator
    return {each.address: each for each in figures(asked_by(programme), wanted.values())}


def _block(block: Block, programme: Any, known: dict[str, Figure]) -> Any:
    if block.table:
        return build(block.table, programme, programme.day, known)
    return Paragraph(tuple(_runs(block.text, programme, known)))


def _runs(text: str, programme: Any, known: dict[str, Figure]) -> Iterator[Run]:
    for piece in pieces_of(text):
        if isinstance(piece, Literal):
            yield Run(piece.text)
        elif piece.kind == "figure":
            yield _figure_run(piece, known)
        else:
            yield Run(_list_text(piece, programme))


def _figure_run(place: Place, known: dict[str, Figure]) -> Run:
    figure = known.get(place.name)
    return Run(figure.text, Source(figure=figure.address)) if figure else Run(UNKNOWN)


def _list_text(place: Place, programme: Any) -> str:
    read = LISTS.get(place.name)
    if read is None:
        return UNKNOWN
    names = read(programme)
    return numeral(len(names)) if place.kind == "count" else "、".join(names)
