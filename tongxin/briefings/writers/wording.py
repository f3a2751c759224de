"""Words that every writer sets alike: cleaned text, headings, captions, dates, line breaks."""

import datetime as dt
import math
import re
from dataclasses import replace
from itertools import combinations, pairwise

from tongxin.briefings.document import Document, Paragraph, Row, Section, Source, Table

FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 forbids or discourages; half of a surrogate pair among it."""

NUMBERED = re.compile("^[一二三四五六七八九十]+、")
FIGURE = re.compile(r"^[约近超]?\d[\d,.]*%?[一-鿿]{0,3}([(（].*[)）])?$", re.DOTALL)
WITHOUT_FIGURE = frozenset({"", "-", "—", "——"})
DIGITS = "零一二三四五六七八九"

TITLE_WIDTH = 20
"""Characters of 22 points that fit on a line of 156 mm."""
LONGEST_BROKEN_TITLE = 3 * TITLE_WIDTH
OPENING = "“‘《〈（(【「『〔"
CLOSING = "”’》〉）)】」』〕"
NEVER_FIRST = CLOSING + "、。，；：？！,.;:?!·•的"
BEFORE_A_BREAK = (*"、，；：”》）的市县区", "工作", "活动", "人士", "试点", "关于")
AFTER_A_BREAK = ("和", "与", "及", "暨")


def clean(text: str) -> str:
    """The text without characters that no writer can set, its line ends made alike."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_document(document: Document) -> Document:
    """The same document with every piece of text cleaned."""
    return replace(
        document,
        key=clean(document.key),
        title=clean(document.title),
        masthead=clean(document.masthead),
        issuer=clean(document.issuer),
        sections=tuple(
            Section(clean(section.heading), tuple(map(_clean_block, section.blocks)))
            for section in document.sections
        ),
    )


def _clean_block(block: Paragraph | Table) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return Paragraph(
            tuple(
                replace(run, text=clean(run.text), source=run.source and _clean_source(run.source))
                for run in block.runs
            )
        )
    return replace(
        block,
        key=clean(block.key),
        title=clean(block.title),
        columns=tuple(map(clean, block.columns)),
        rows=tuple(
            Row(tuple(map(clean, row.cells)), _clean_source(row.source)) for row in block.rows
        ),
        note=clean(block.note),
        note_source=_clean_source(block.note_source),
    )


def _clean_source(source: Source) -> Source:
    records = tuple((clean(register), number) for register, number in source.records)
    return Source(records, clean(source.figure))


def chinese_number(number: int) -> str:
    """A whole number from 1 to 99 in Chinese digits: 3 is 三, 12 is 十二, 30 is 三十."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones else "")


def chinese_date(day: dt.date) -> str:
    """A date as an official document writes it: Arabic digits without padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def headings(document: Document) -> tuple[str, ...]:
    """Each section's heading with its number; empty for a section without one."""
    found: list[str] = []
    number = 0
    for section in document.sections:
        number += bool(section.heading)
        bare = not section.heading or NUMBERED.match(section.heading)
        found.append(section.heading if bare else f"{chinese_number(number)}、{section.heading}")
    return tuple(found)


def caption(number: int, table: Table) -> str:
    """What stands above a table."""
    return f"表{number}\u3000{table.title}"


def figure_columns(table: Table) -> frozenset[int]:
    """The columns that hold nothing but figures, by place; they are centred."""
    return frozenset(
        place
        for place, cells in enumerate(zip(*(row.cells for row in table.rows), strict=True))
        if any(map(FIGURE.match, cells))
        and all(cell in WITHOUT_FIGURE or FIGURE.match(cell) for cell in cells)
    )


def title_lines(title: str, width: int = TITLE_WIDTH) -> tuple[str, ...]:
    """The title in lines no longer than `width`, broken where a reader would pause.

    Line breaks of the author are kept. A title too long for three lines is left whole.
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    if len(title) <= width or len(title) > LONGEST_BROKEN_TITLE:
        return (title,)
    count = math.ceil(len(title) / width)
    cuts = [_cut_cost(title, place) for place in range(len(title) + 1)]
    ways = (
        (_shape_cost(lines, width) + sum(cuts[place] for place in places), lines)
        for places in combinations(range(1, len(title)), count - 1)
        for lines in [_split(title, places)]
    )
    return min(ways)[1]


def _split(title: str, places: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *places, len(title))
    return tuple(title[start:end] for start, end in pairwise(edges))


def _shape_cost(lines: tuple[str, ...], width: int) -> int:
    """Lines over the width cost most, an hourglass costs a little, unevenness by its square."""
    lengths = [len(line) for line in lines]
    mean = sum(lengths) / len(lengths)
    over = 10_000 * sum(length > width for length in lengths)
    waist = 20 * (len(lines) == 3 and lengths[1] < min(lengths[0], lengths[2]))  # noqa: PLR2004
    return over + waist + round(sum((length - mean) ** 2 for length in lengths))


def _cut_cost(title: str, place: int) -> int:
    """What it costs the reader to break the title in front of the character at `place`."""
    before, after = title[:place], title[place:]
    if not before or not after:
        return 0
    depth = sum(map(before.count, OPENING)) - sum(map(before.count, CLOSING))
    splits_a_word = before[-1].isascii() and after[0].isascii()
    if depth or splits_a_word or before[-1] in OPENING or after[0] in NEVER_FIRST:
        return 1_000
    if before.endswith(BEFORE_A_BREAK) or after.startswith(AFTER_A_BREAK):
        return 0
    return 60
