"""A briefing as its page shows it: each figure and row with its state and its source."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tongxin.core.figures import Figure, State

from .document import Paragraph, Source, Table
from .queries import Composed

CSS = {
    State.COUNTED: "counted",
    State.AGREED: "counted",
    State.DECLARED: "declared",
    State.DIFFERENT: "declared",
    State.MISSING: "missing",
}


NARROW = 7


@dataclass(frozen=True, slots=True)
class Link:
    """Where a figure or row opens its source, how it looks, and whether it is open now."""

    get: str
    state: str
    open: bool

    @property
    def link(self) -> str:
        """The address with the panel's anchor, so that a phone goes there."""
        return f"{self.get}#trace"


def sections(composed: Composed, opened: str) -> list[dict[str, Any]]:
    """Return the sections of a briefing with links for everything that has a source."""
    tables = {table.key: number for number, table in enumerate(composed.document.tables, start=1)}
    return [
        {
            "heading": section.heading,
            "blocks": [
                _paragraph(block, composed, opened)
                if isinstance(block, Paragraph)
                else _table(block, tables[block.key], composed, opened)
                for block in section.blocks
            ],
        }
        for section in composed.document.sections
    ]


def _paragraph(paragraph: Paragraph, composed: Composed, opened: str) -> dict[str, Any]:
    runs = []
    for run in paragraph.runs:
        if run.source is None:
            runs.append({"text": run.text})
            continue
        link = _link(f"figure:{run.source.figure}", run.source, composed, opened)
        runs.append(_with(link, text=run.text))
    return {"runs": runs}


def _table(table: Table, number: int, composed: Composed, opened: str) -> dict[str, Any]:
    rows = [
        _with(_link(f"row:{table.key}:{at}", row.source, composed, opened), cells=row.cells)
        for at, row in enumerate(table.rows)
    ]
    shown: dict[str, Any] = {
        # The paper speaks the language of its document, whatever the page around it speaks.
        "caption": f"表{number}　{table.title}",
        "columns": table.columns,
        "narrow": all(len(row.cells[0]) <= NARROW for row in table.rows),
        "rows": rows,
        "note": table.note,
    }
    if table.note:
        link = _link(f"figure:{table.note_source.figure}", table.note_source, composed, opened)
        shown |= {"note_link": link.link, "note_get": link.get, "note_state": link.state}
    return shown


def _link(trace: str, source: Source, composed: Composed, opened: str) -> Link:
    state = _state(source, composed.figures)
    return Link(f"?{urlencode({'trace': trace})}", state, trace == opened)


def _state(source: Source, figures: dict[str, Figure]) -> str:
    """How a source looks: by its figure where it has one, else by whether there are records."""
    figure = figures.get(source.figure)
    if figure is None:
        return "counted" if source.records else "missing"
    return "open" if figure.absent else CSS[figure.state]


def _with(link: Link, **more: Any) -> dict[str, Any]:
    return {"link": link.link, "get": link.get, "state": link.state, "open": link.open, **more}
