"""What a briefing costs: composed from records, and written in each format."""

import io
from typing import Any

from docx import Document as WordDocument

from tongxin.briefings.document import Document, Paragraph
from tongxin.briefings.models import Briefing
from tongxin.briefings.queries import document_of
from tongxin.briefings.writers import WRITERS

from . import meter
from .meter import Compared

KEY = "nantong-2017"


def briefing() -> Briefing:
    """Return the demo's briefing, read with its programme as the command reads it."""
    return Briefing.objects.select_related("programme__division").get(key=KEY)


def costs(times: int) -> dict[str, Compared]:
    """Return what composing and writing costs in each format, against composing alone."""
    return {
        name: meter.compare(
            meter.timed(lambda write=writer.write: write(document_of(briefing()))),
            meter.timed(lambda: document_of(briefing())),
            times,
        )
        for name, writer in WRITERS.items()
    }


def word_against_bare(times: int) -> Compared:
    """Return what writing the Word file costs, against its bare words in python-docx."""
    document = document_of(briefing())
    return meter.compare(
        meter.timed(lambda: WRITERS["docx"].write(document)),
        meter.timed(lambda: bare_word(document)),
        times,
    )


def sizes() -> dict[str, int]:
    """Return the bytes of each format."""
    document = document_of(briefing())
    return {name: len(writer.write(document)) for name, writer in WRITERS.items()}


def bare_word(document: Document) -> bytes:
    """Put the same words into a Word file as python-docx does it when nothing is asked of it."""
    word: Any = WordDocument()
    word.add_paragraph(document.masthead)
    word.add_paragraph(document.title)
    for section in document.sections:
        word.add_paragraph(section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                word.add_paragraph(block.text)
                continue
            word.add_paragraph(block.title)
            table = word.add_table(rows=len(block.rows) + 1, cols=len(block.columns))
            for line, cells in zip(
                table.rows, (block.columns, *(row.cells for row in block.rows)), strict=True
            ):
                for cell, text in zip(line.cells, cells, strict=True):
                    cell.text = text
            word.add_paragraph(block.note)
    into = io.BytesIO()
    word.save(into)
    return into.getvalue()
