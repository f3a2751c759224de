"""The measures and paragraph styles of an official Chinese document, after GB/T 9704-2012.

Fonts are named, not shipped: 方正小标宋简体 and 仿宋_GB2312 are not free. A machine without them
shows its nearest serif.
"""

import math
from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"
RED = "C7000B"

TYPE_AREA = (156, 225)
"""Millimetres across and down."""
CHARACTERS, LINES = 28, 22
BODY_POINTS = 16
TWIPS_PER_MM = 1440 / 25.4
LINE_PITCH = int(TYPE_AREA[1] * TWIPS_PER_MM / LINES)
"""Twentieths of a point from line to line, rounded down so that the last line fits."""
CHARACTER_TWIPS = TYPE_AREA[0] * TWIPS_PER_MM / CHARACTERS
CHARACTER_SPACE = math.floor((CHARACTER_TWIPS / 20 - BODY_POINTS) * 4096)
"""What the grid adds to each character of the body, in 4096ths of a point."""
TIGHTER = math.floor(CHARACTER_TWIPS - 20 * BODY_POINTS) - 1
"""What a style adds to each character for the same effect, in twentieths of a point.

One more than the sum asks for: LibreOffice rounds the width of a line down.
"""
WIDTH = int(TYPE_AREA[0] * TWIPS_PER_MM)
"""The type area across, in twentieths of a point."""

PAGE_NUMBER_POINTS = 14


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style. Lengths are in twentieths of a point.

    Styles state the height of their lines, and those of the body the space between characters,
    instead of leaving both to the grid: LibreOffice gives two cells to a character wider than
    its cell, so the grid alone would set 14 characters to a line there instead of 28. The grid
    of the page holds the same measures for whatever is typed into the file later.
    """

    style_id: str
    name: str
    font: str = FANGSONG
    points: float = BODY_POINTS
    align: str = "left"
    colour: str = "000000"
    indent_characters: int = 0
    before: int = 0
    after: int = 0
    exactly: int = LINE_PITCH
    """The height of a line."""
    between: int = 0
    """What is added to each character."""
    with_next: bool = False
    outline: int | None = None
    extra: str = ""
    """Borders and tabs as they stand in the file."""


RULE = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="4" w:color="{RED}"/></w:pBdr>'
FAR_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>'

LOOKS = (
    Look("Masthead", "简报报头", XIAOBIAOSONG, 48, "center", RED, exactly=2 * LINE_PITCH),
    Look("Issue", "简报期号行", extra=RULE + FAR_TAB),
    Look(
        "Title",
        "Title",
        XIAOBIAOSONG,
        22,
        "center",
        before=2 * LINE_PITCH,
        after=LINE_PITCH,
        with_next=True,
    ),
    Look(
        "Heading1",
        "heading 1",
        HEITI,
        indent_characters=2,
        between=TIGHTER,
        with_next=True,
        outline=0,
    ),
    Look("BodyText", "Body Text", align="both", indent_characters=2, between=TIGHTER),
    Look(
        "Caption",
        "caption",
        HEITI,
        14,
        "center",
        before=140,
        after=80,
        exactly=420,
        with_next=True,
    ),
    Look("TableHead", "表头", HEITI, 14, "center", exactly=400, with_next=True),
    Look("TableText", "表格正文", points=14, exactly=400),
    Look("TableHeadSmall", "表头（小四）", HEITI, 12, "center", exactly=360, with_next=True),
    Look("TableTextSmall", "表格正文（小四）", points=12, exactly=360),
    Look("TableHeadTiny", "表头（五号）", HEITI, 10.5, "center", exactly=320, with_next=True),
    Look("TableTextTiny", "表格正文（五号）", points=10.5, exactly=320),
    Look("TableNote", "表注", points=14, before=80, after=140, exactly=400),
    Look("Footer", "footer", SONGTI, PAGE_NUMBER_POINTS, exactly=20 * PAGE_NUMBER_POINTS),
)


def style_element(look: Look) -> BaseOxmlElement:
    """The style as a part of a Word file."""
    indent = (
        f'<w:ind w:firstLineChars="{100 * look.indent_characters}"'
        f' w:firstLine="{round(20 * look.points * look.indent_characters)}"/>'
    )
    between = f'<w:spacing w:val="{look.between}"/>' if look.between else ""
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{look.style_id}">'
        f'<w:name w:val="{look.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{'<w:keepNext/>' if look.with_next else ''}{look.extra}"
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{look.before}" w:after="{look.after}"'
        f' w:line="{look.exactly}" w:lineRule="exact"/>'
        f'{indent if look.indent_characters else ""}<w:jc w:val="{look.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{fonts(look.font)}<w:snapToGrid w:val="0"/><w:color w:val="{look.colour}"/>'
        f"{between}{size(look.points)}</w:rPr>"
        "</w:style>"
    )


def table_grid() -> BaseOxmlElement:
    """The one table style: a thin black grid without shading."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides
    )
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:styleId="TableGrid">'
        '<w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr></w:style>"
    )


def fonts(name: str) -> str:
    """One font for every script, so that quotation marks and digits keep to the grid too."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """A size of type for every script."""
    half_points = round(2 * points)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
