"""Snapshot ids: a short name for a figure or a table row as it stood when it was written.

The name is made from the address of the source and the words, so it changes when either does.
A Word file carries it as a bookmark; comparing the bookmarks of a file that came back with
those expected of the briefing shows what was edited by hand and what has changed since.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from tongxin.briefings.document import Document, Paragraph, Row, Source
from tongxin.briefings.writers.wording import clean_document

LENGTH = 12


def address(source: Source) -> str:
    """Where a reader finds what stands behind a text; empty when nothing does."""
    records = (f"{register}:{number}" for register, number in source.records)
    return " ".join(part for part in (source.figure, *records) if part)


def snapshot_id(source: Source, text: str) -> str:
    """The name of this text from this source, ``tx_`` and twelve hexadecimal digits."""
    content = f"{address(source)}\n{text}"
    return f"tx_{hashlib.sha256(content.encode()).hexdigest()[:LENGTH]}"


def row_text(row: Row) -> str:
    """A row as one text, its cells apart by tabs."""
    return "\t".join(row.cells)


@dataclass(slots=True)
class Names:
    """Gives out snapshot ids for one document; the second of the same kind ends in ``_2``."""

    given: dict[str, int] = field(default_factory=dict)

    def take(self, source: Source, text: str) -> str:
        """A name that this document does not yet hold."""
        name = snapshot_id(source, text)
        self.given[name] = self.given.get(name, 0) + 1
        return name if self.given[name] == 1 else f"{name}_{self.given[name]}"


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked text of a document: its name, what stands behind it, its words, its place."""

    name: str
    source: Source
    text: str
    place: str


def marks(document: Document) -> tuple[Mark, ...]:
    """The marked texts of a document in reading order, named as its Word file names them."""
    names = Names()
    return tuple(
        Mark(names.take(source, text), source, text, place)
        for source, text, place in _sourced(clean_document(document))
    )


def _sourced(document: Document) -> Iterator[tuple[Source, str, str]]:
    table_number = 0
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                for run in block.runs:
                    if run.source is not None:
                        yield run.source, run.text, ""
                continue
            table_number += 1
            for row_number, row in enumerate(block.rows, start=1):
                yield row.source, row_text(row), f"表{table_number}第{row_number}行"
            if block.note:
                yield block.note_source, block.note, f"表{table_number}注"
