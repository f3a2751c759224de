"""Read the marked texts back out of a Word file that was edited and sent back."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from tongxin.briefings.document import Document
from tongxin.briefings.writers.snapshot import marks

PREFIX = "tx_"
SPACES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A marked text whose words in the file are not those of the briefing.

    `found` is None when the file has lost the mark; `expected` is None when the file holds a
    mark that the briefing does not (any more).
    """

    name: str
    expected: str | None
    found: str | None


def marked_texts(data: bytes) -> dict[str, str]:
    """The text inside each of our bookmarks, by name; the cells of a row apart by tabs."""
    open_names: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    body = docx.Document(io.BytesIO(data)).element.body
    for element in body.iter():
        if element.tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name"), "")
            if name.startswith(PREFIX):
                open_names[element.get(qn("w:id"))] = name
                texts[name] = []
        elif element.tag == qn("w:bookmarkEnd"):
            open_names.pop(element.get(qn("w:id")), None)
        elif open_names:
            piece = _piece(element)
            for name in open_names.values():
                texts[name].append(piece)
    return {name: "".join(pieces) for name, pieces in texts.items()}


def _piece(element: BaseOxmlElement) -> str:
    """What an element met inside a bookmark adds to its text."""
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag == qn("w:tc"):
        return "\t"
    if element.tag == qn("w:p"):
        before = element.getprevious()
        return "" if before is None or before.tag == qn("w:tcPr") else "\n"
    parent = element.getparent()
    return SPACES.get(element.tag, "") if parent.tag == qn("w:r") else ""


def differences(document: Document, data: bytes) -> tuple[Difference, ...]:
    """Where a Word file departs from the briefing: edited by hand, or written of other facts."""
    return tuple(_differences({mark.name: mark.text for mark in marks(document)}, data))


def _differences(expected: dict[str, str], data: bytes) -> Iterator[Difference]:
    found = marked_texts(data)
    for name in expected | found:
        if expected.get(name) != found.get(name):
            yield Difference(name, expected.get(name), found.get(name))
