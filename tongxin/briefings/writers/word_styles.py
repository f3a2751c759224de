"""The look of an official Chinese document in Word, after GB/T 9704-2012.

Fonts are named, not shipped: 方正小标宋简体 and 仿宋_GB2312 are not free. A machine without them
shows its nearest serif.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length, Mm, Pt

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
PAGE_NUMBER_CENTRE = Mm(35 - 7)
"""Above the edge of the paper: the dashes stand 7 mm under the type area."""


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


def official_document(template: Path | None = None) -> WordDocument:
    """An empty document with every style the writer uses.

    With a template, its page, footers and styles are kept, its text is dropped, and only the
    styles it lacks are added.
    """
    if template is None:
        word = docx.Document()
        _drop_what_is_not_ours(word)
        _set_defaults(word)
        _set_page(word)
        _set_footers(word)
    else:
        word = docx.Document(str(template))
        _drop_text(word)
    present = {style.get(qn("w:styleId")) for style in word.styles.element}
    names = {style.name.lower() for style in word.styles if style.name}
    for look in LOOKS:
        if look.style_id not in present and look.name.lower() not in names:
            word.styles.element.append(_style(look))
    if "table grid" not in names:
        word.styles.element.append(_table_grid())
    return word


def _drop_text(word: WordDocument) -> None:
    body = word.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)


def _drop_what_is_not_ours(word: WordDocument) -> None:
    """Leave of the library's own start document only what this one needs."""
    for owner in (word.part.package, word.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype in UNNEEDED or "stylesWithEffects" in relation.reltype:
                del owner.rels[key]
    styles = word.styles.element
    for child in list(styles):
        if child.tag != qn("w:docDefaults"):
            styles.remove(child)
    settings = word.settings.element
    for name in ("w:zoom", "w:proofState", "w:savePreviewPicture", "w:rsids", "w:shapeDefaults"):
        for child in settings.findall(qn(name)):
            settings.remove(child)


UNNEEDED = frozenset(
    {
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.CUSTOM_XML,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.WEB_SETTINGS,
        RELATIONSHIP_TYPE.FONT_TABLE,
    }
)


def _set_defaults(word: WordDocument) -> None:
    """Fonts by name instead of by theme, Chinese as the language, no space between paragraphs.

    `w:val` is the language of Latin letters and digits only: as Chinese ones, programs would
    break a figure between two digits.
    """
    styles = word.styles.element
    styles.remove(styles[0])
    styles.append(
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}>"
            f"<w:rPrDefault><w:rPr>{_fonts(FANGSONG)}{_size(BODY_POINTS)}"
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
            "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        )
    )
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal">'
            '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/></w:pPr>'
            f"<w:rPr>{_fonts(FANGSONG)}{_size(BODY_POINTS)}</w:rPr></w:style>"
        )
    )
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal">'
            '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
            '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr></w:style>"
        )
    )
    settings = word.settings.element
    language = settings.find(qn("w:themeFontLang"))
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    settings.find(f".//{qn('w:compatSetting')}").set(qn("w:val"), "15")


def _set_page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.gutter = section.header_distance = Length(0)
    section.footer_distance = Emu(PAGE_NUMBER_CENTRE - Pt(PAGE_NUMBER_POINTS / 2))
    properties = section._sectPr  # noqa: SLF001 - the library has no words for the grid
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(
        parse_xml(
            f'<w:docGrid {nsdecls("w")} w:type="linesAndChars"'
            f' w:linePitch="{LINE_PITCH}" w:charSpace="{CHARACTER_SPACE}"/>'
        )
    )


def _set_footers(word: WordDocument) -> None:
    """Page numbers outside: right on odd pages, left on even ones, one character in."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        element = footer._element  # noqa: SLF001 - the library has no words for fields
        for child in list(element):
            element.remove(child)
        element.append(
            parse_xml(
                f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/>'
                f'<w:ind w:{side}Chars="100" w:{side}="{20 * PAGE_NUMBER_POINTS}"/>'
                f'<w:jc w:val="{side}"/></w:pPr>'
                '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
                '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
                '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
            )
        )


def _style(look: Look) -> BaseOxmlElement:
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
        f'<w:rPr>{_fonts(look.font)}<w:snapToGrid w:val="0"/><w:color w:val="{look.colour}"/>'
        f"{between}{_size(look.points)}</w:rPr>"
        "</w:style>"
    )


def _table_grid() -> BaseOxmlElement:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides
    )
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:styleId="TableGrid">'
        '<w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr></w:style>"
    )


def _fonts(name: str) -> str:
    """One font for every script, so that quotation marks and digits keep to the grid too."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    half_points = round(2 * points)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
