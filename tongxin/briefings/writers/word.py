"""A briefing as a Word file in the form of an official document, with bookmarks to compare by.

Each figure and each table row stands in a bookmark named by its snapshot id, so a file that was
edited and sent back can be held against the briefing it came from.
"""

import datetime as dt
import io
import zipfile
from copy import deepcopy
from itertools import count
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Twips
from docx.table import Table as WordTable
from docx.table import _Row as WordRow

from tongxin.briefings.document import Document, Paragraph, Row, Source, Table, Witness
from tongxin.briefings.writers.snapshot import Names, address, marks, row_text
from tongxin.briefings.writers.witness import line_of, picture_of
from tongxin.briefings.writers.word_looks import WIDTH
from tongxin.briefings.writers.word_styles import official_document
from tongxin.briefings.writers.wording import (
    caption,
    chinese_date,
    clean_document,
    figure_columns,
    headings,
    title_lines,
)

APPENDIX = "附：数字出处表"
OLDEST_ZIP_YEAR = 1980
SQUARE = Mm(22)
MANY_COLUMNS, TOO_MANY_COLUMNS = 4, 6
"""From so many columns on a table is set in 小四 and 五号 instead of 四号."""


class _Bookmarks:
    """Puts bookmarks around what a document marks, numbered and named in reading order."""

    def __init__(self) -> None:
        self.names = Names()
        self.numbers = count(1)

    def around(
        self, first: BaseOxmlElement, last: BaseOxmlElement, source: Source, text: str
    ) -> None:
        """A bookmark from in front of `first` to behind `last`, two runs of the document."""
        number = str(next(self.numbers))
        name = self.names.take(source, text)
        first.addprevious(_element("w:bookmarkStart", **{"w:id": number, "w:name": name}))
        last.addnext(_element("w:bookmarkEnd", **{"w:id": number}))


def write_word(
    document: Document, *, template: Path | None = None, with_sources: bool = False
) -> bytes:
    """The document as a .docx; `template` lends its styles, `with_sources` adds the appendix."""
    document = clean_document(document)
    word = official_document(template)
    _set_properties(word, document)
    _add_opening(word, document)
    bookmarks, number = _Bookmarks(), 0
    for heading, section in zip(headings(document), document.sections, strict=True):
        if heading:
            word.add_paragraph(heading, style="Heading 1")
        for block in section.blocks:
            if isinstance(block, Paragraph):
                _add_paragraph(word, block, bookmarks)
            else:
                number += 1
                word.add_paragraph(caption(number, block), style="Caption")
                _add_table(word, block, bookmarks)
    if with_sources:
        _add_sources(word, document)
    if document.witness is not None:
        _add_witness(word, document.witness)
    return _packed(word, document.facts_on)


def _set_properties(word: WordDocument, document: Document) -> None:
    day = dt.datetime.combine(document.facts_on, dt.time(), tzinfo=dt.UTC)
    properties = word.core_properties
    properties.title = _short("".join(title_lines(document.title)))
    properties.author = properties.last_modified_by = _short(document.issuer)
    properties.language = "zh-CN"
    properties.subject = properties.keywords = properties.comments = ""
    properties.created = properties.modified = day
    properties.revision = 1


def _short(text: str) -> str:
    """A property of a file holds no more than 255 characters."""
    return text[:255]


def _add_opening(word: WordDocument, document: Document) -> None:
    word.add_paragraph(document.masthead, style="简报报头")
    line = f"{document.issuer}\t{chinese_date(document.facts_on)}"
    word.add_paragraph(line, style="简报期号行")
    word.add_paragraph("\n".join(title_lines(document.title)), style="Title")


def _add_paragraph(word: WordDocument, block: Paragraph, bookmarks: _Bookmarks) -> None:
    paragraph = word.add_paragraph(style="Body Text")
    for run in block.runs:
        element = paragraph.add_run(run.text)._r  # noqa: SLF001 - bookmarks stand between runs
        if run.source is not None:
            bookmarks.around(element, element, run.source, run.text)


def _add_table(word: WordDocument, block: Table, bookmarks: _Bookmarks | None) -> None:
    """A table below its caption or heading; without `bookmarks` its rows stay unmarked."""
    table = _empty_table(word, block)
    size = _size(len(block.columns))
    head, pattern = table.rows[0], table.add_row()
    _dress(head, f"表头{size}")
    _dress(pattern, f"表格正文{size}", figure_columns(block))
    _add_row_property(head, "w:tblHeader")
    _fill(head._tr, block.columns)  # noqa: SLF001 - rows are copied, which the library cannot
    table._tbl.remove(pattern._tr)  # noqa: SLF001
    for row in block.rows:
        copied = deepcopy(pattern._tr)  # noqa: SLF001
        table._tbl.append(copied)  # noqa: SLF001
        first, last = _fill(copied, row.cells)
        if bookmarks is not None:
            bookmarks.around(first, last, row.source, row_text(row))
    # Word needs a paragraph between a table and the end of the file.
    note = word.add_paragraph(style="表注")
    if block.note:
        _keep_with_next(table.rows[-1])
        element = note.add_run(block.note)._r  # noqa: SLF001 - bookmarks stand between runs
        if bookmarks is not None:
            bookmarks.around(element, element, block.note_source, block.note)


def _size(columns: int) -> str:
    """The ending of a style's name: the more columns, the smaller."""
    if columns < MANY_COLUMNS:
        return ""
    return "（小四）" if columns < TOO_MANY_COLUMNS else "（五号）"


def _empty_table(word: WordDocument, block: Table) -> WordTable:
    """A table with one row, as wide as the type area, its columns fixed at their widths."""
    table: WordTable = word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    table.autofit = False
    relative = block.widths or (1,) * len(block.columns)
    for column, width in zip(table.columns, relative, strict=True):
        column.width = Twips(WIDTH * width // sum(relative))
    properties = table._tbl.tblPr  # noqa: SLF001 - the library has no words for these
    for name in ("w:tblW", "w:tblLook"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(_element("w:tblW", **{"w:w": str(WIDTH), "w:type": "dxa"}))
    if block.title:
        properties.append(_element("w:tblCaption", **{"w:val": block.title}))
    return table


def _dress(row: WordRow, style: str, centred: frozenset[int] = frozenset()) -> None:
    """Make an empty row stay on one page and its cells ready for one run of text each."""
    _add_row_property(row, "w:cantSplit")
    for place, cell in enumerate(row.cells):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        if place in centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run()


def _fill(row: BaseOxmlElement, cells: tuple[str, ...]) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """Write the cells of a dressed row; its first and its last run."""
    runs = list(row.iter(qn("w:r")))
    for run, text in zip(runs, cells, strict=True):
        run.text = text
    return runs[0], runs[-1]


def _add_row_property(row: WordRow, name: str) -> None:
    row._tr.get_or_add_trPr().append(_element(name))  # noqa: SLF001 - the library has no words


def _keep_with_next(row: WordRow) -> None:
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _add_sources(word: WordDocument, document: Document) -> None:
    """The appendix: each text that has something behind it, and where that is found."""
    rows = tuple(
        Row((mark.place or mark.text, address(mark.source)))
        for mark in marks(document)
        if address(mark.source)
    )
    heading = word.add_paragraph(APPENDIX, style="Heading 1")
    heading.paragraph_format.page_break_before = True
    _add_table(word, Table("sources", APPENDIX, ("数字", "出处"), rows, widths=(1, 2)), None)


def _add_witness(word: WordDocument, witness: Witness) -> None:
    """The head of the journal behind the text, kept together: its line, and below it the square."""
    line = word.add_paragraph(line_of(witness), style="表注")
    line.paragraph_format.keep_with_next = True
    picture = word.add_paragraph(style="表注").add_run()
    shape = picture.add_picture(io.BytesIO(picture_of(witness)), width=SQUARE)
    shape._inline.docPr.set("descr", witness.text)  # noqa: SLF001 - the library has no words for it


def _packed(word: WordDocument, day: dt.date) -> bytes:
    """The file, its parts all dated on the same day, so that the same briefing is the same file."""
    saved, packed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    date_time = (max(day.year, OLDEST_ZIP_YEAR), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for part in source.infolist():
            dated = zipfile.ZipInfo(part.filename, date_time)
            dated.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(dated, source.read(part))
    return packed.getvalue()
