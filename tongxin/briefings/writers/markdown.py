"""A briefing as Markdown, with tables in the GitHub dialect."""

import re
from collections.abc import Iterable, Iterator

from tongxin.briefings.document import Document, Paragraph, Section, Table
from tongxin.briefings.writers.witness import line_of
from tongxin.briefings.writers.wording import (
    caption,
    chinese_date,
    clean_document,
    figure_columns,
    headings,
)

MARKS = re.compile(r"([\\`*_\[\]|~$])")
BLOCK_START = re.compile(r"^(\s*)([#+=-])")
NUMBERED_START = re.compile(r"^(\s*\d+)([.)])(?=\s|$)")
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\t": " "})


def write_markdown(document: Document) -> bytes:
    """The document as UTF-8 Markdown; text that looks like markup is shown, not obeyed."""
    document = clean_document(document)
    parts = [*_opening(document)]
    number = 0
    for heading, section in zip(headings(document), document.sections, strict=True):
        if heading:
            parts.append(f"## {_text(heading)}")
        parts.extend(_blocks(section, number))
        number += sum(isinstance(block, Table) for block in section.blocks)
    if document.witness is not None:
        parts.append(_text(line_of(document.witness)))
    return ("\n\n".join(parts) + "\n").encode()


def _opening(document: Document) -> Iterator[str]:
    yield _text(document.masthead)
    yield _text(f"{document.issuer}\u3000{chinese_date(document.facts_on)}")
    yield f"# {_text(document.title, line_end='')}"


def _blocks(section: Section, number: int) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield _text(block.text)
            continue
        number += 1
        yield f"**{_text(caption(number, block))}**"
        yield _table(block)
        if block.note:
            yield _text(block.note)


def _table(table: Table) -> str:
    centred = figure_columns(table)
    rule = (":---:" if place in centred else "---" for place in range(len(table.columns)))
    lines = [_row(table.columns), f"| {' | '.join(rule)} |"]
    lines.extend(_row(row.cells) for row in table.rows)
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _text(text: str, line_end: str = "<br>") -> str:
    """Escaped text on one line of the file, since a line end may begin a block or end a row."""
    return line_end.join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    escaped = MARKS.sub(r"\\\1", line.translate(ENTITIES))
    escaped = BLOCK_START.sub(r"\1\\\2", escaped)
    return NUMBERED_START.sub(r"\1\\\2", escaped).strip(" ")
