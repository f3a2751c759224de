"""An empty official document in Word: its page, its grid, its page numbers, its styles."""

from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Length, Mm, Pt

from tongxin.briefings.writers.word_looks import (
    BODY_POINTS,
    CHARACTER_SPACE,
    FANGSONG,
    LINE_PITCH,
    LOOKS,
    PAGE_NUMBER_POINTS,
    fonts,
    size,
    style_element,
    table_grid,
)

PAGE_NUMBER_CENTRE = Mm(35 - 7)
"""Above the edge of the paper: the dashes stand 7 mm under the type area."""

UNNEEDED = frozenset(
    {
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.CUSTOM_XML,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.WEB_SETTINGS,
        RELATIONSHIP_TYPE.FONT_TABLE,
    }
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
    names = {style.name.lower() for style in word.styles if style.name}
    taken = {style.style_id for style in word.styles}
    for look in LOOKS:
        if look.name.lower() not in names:
            free = f"Official{look.style_id}" if look.style_id in taken else look.style_id
            word.styles.element.append(style_element(replace(look, style_id=free)))
    if "table grid" not in names:
        word.styles.element.append(table_grid())
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
            f"<w:rPrDefault><w:rPr>{fonts(FANGSONG)}{size(BODY_POINTS)}"
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
            "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        )
    )
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal">'
            '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/></w:pPr>'
            f"<w:rPr>{fonts(FANGSONG)}{size(BODY_POINTS)}</w:rPr></w:style>"
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
