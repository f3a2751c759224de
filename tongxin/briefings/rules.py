"""The places for live content in a paragraph: found and named, never executed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMERALS = "一二三四五六七八九十"
PLACE = re.compile(r"\[\[(figure|list|count)\s+([\w.?=&-]{1,80})\]\]")


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that stand as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a figure (by address), a list (by name) or the length of a list."""

    kind: str
    name: str


def pieces_of(text: str) -> Iterator[Literal | Place]:
    """Cut a paragraph into words and places; what is not a known place stays as written."""
    at = 0
    for hit in PLACE.finditer(text):
        if hit.start() > at:
            yield Literal(text[at : hit.start()])
        yield Place(hit[1], hit[2])
        at = hit.end()
    if at < len(text):
        yield Literal(text[at:])


def figures_named(text: str) -> list[str]:
    """Return the addresses of the figures in a paragraph."""
    return [p.name for p in pieces_of(text) if isinstance(p, Place) and p.kind == "figure"]


def numeral(number: int) -> str:
    """Return a number up to 99 in Chinese numerals, as headings and sentences use them.

    >>> numeral(12)
    '十二'
    """
    tens, ones = divmod(number, 10)
    if number < 1 or tens > 9:  # noqa: PLR2004  two digits
        return str(number)
    head = "" if tens == 0 else ("十" if tens == 1 else NUMERALS[tens - 1] + "十")
    return head + (NUMERALS[ones - 1] if ones else "")


def heading(number: int, title: str) -> str:
    """Return a heading of the first level, 一、 二、 三、: GB/T 9704-2012, 7.3.3."""
    return f"{numeral(number)}、{title}"
