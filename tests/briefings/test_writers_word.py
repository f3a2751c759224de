import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.briefings.sample_document import BASES, BRIEFING, HOSTILE, ORGANISATIONS, SITES
from tongxin.briefings.document import Paragraph, Row, Run, Section, Table
from tongxin.briefings.writers.snapshot import marks
from tongxin.briefings.writers.word import write_word
from tongxin.briefings.writers.word_looks import CHARACTER_SPACE, LINE_PITCH, TIGHTER
from tongxin.briefings.writers.word_reading import Difference, differences, marked_texts


def opened(document=BRIEFING, **options):
    return docx.Document(io.BytesIO(write_word(document, **options)))


def saved(word):
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def styled(word, name):
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == name]


def bookmark_names(word):
    return [start.get(qn("w:name")) for start in word.element.body.iter(qn("w:bookmarkStart"))]


def test_the_page_is_a4_with_the_margins_of_an_official_document():
    section = opened().sections[0]
    measures = (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.bottom_margin, 35),
        (section.left_margin, 28),
        (section.right_margin, 26),
    )
    assert [round(length.mm) for length, _ in measures] == [
        millimetres for _, millimetres in measures
    ]


def test_the_grid_holds_22_lines_of_28_characters():
    grid = opened().element.body.sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = int(grid.get(qn("w:linePitch")))
    character = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert (pitch, int(grid.get(qn("w:charSpace")))) == (LINE_PITCH, CHARACTER_SPACE) == (579, -848)
    assert Pt(22 * pitch / 20) <= Mm(225) < Pt(23 * pitch / 20)
    assert Pt(28 * character) <= Mm(156) < Pt(29 * character)


def test_body_text_keeps_to_the_same_measures_where_a_program_ignores_the_grid():
    body = opened().styles["Body Text"]
    assert body.paragraph_format.line_spacing == Pt(LINE_PITCH / 20)
    assert Pt(28 * (16 + TIGHTER / 20)) <= Mm(156) < Pt(29 * (16 + TIGHTER / 20))


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("表格正文", "仿宋_GB2312", 14),
        ("Footer", "宋体", 14),
        ("简报报头", "方正小标宋简体", 48),
    ],
)
def test_styles_name_their_font_for_every_script(style, font, points):
    look = opened().styles[style]
    fonts = look.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        font
    }
    assert look.font.size == Pt(points)


def test_no_font_comes_from_the_theme():
    assert not re.search("w:(ascii|hAnsi|eastAsia|cs)[tT]heme", opened().styles.element.xml)


def test_paragraphs_begin_two_characters_in():
    indent = opened().styles["Body Text"].element.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_the_file_says_what_it_is_and_in_which_language():
    word = opened()
    properties = word.core_properties
    assert properties.title == BRIEFING.title
    assert properties.author == BRIEFING.issuer
    assert properties.language == "zh-CN"
    assert properties.created.date() == properties.modified.date() == BRIEFING.facts_on
    language = word.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_the_head_holds_masthead_issuer_date_and_a_red_rule():
    word = opened()
    assert styled(word, "简报报头") == ["同心简报"]
    assert styled(word, "简报期号行") == ["南通市试点工作办公室\t2017年11月30日"]
    assert str(word.styles["简报报头"].font.color.rgb) == "C7000B"
    rule = word.styles["简报期号行"].element.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert rule.get(qn("w:color")) == "C7000B"


def test_title_and_headings_are_headings_of_the_outline():
    word = opened()
    assert styled(word, "Title") == ["南通市新的社会阶层人士\n统战工作试点情况汇总"]
    assert styled(word, "Heading 1") == ["一、一“群体”一“特色”", "二、一“标准”一“亮点”"]
    assert word.styles["Heading 1"].element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == "0"


def test_every_cell_and_note_holds_what_it_was_given():
    word = opened()
    for table, given in zip(word.tables, (SITES, BASES), strict=True):
        rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert rows == [given.columns, *(row.cells for row in given.rows)]
    assert BASES.note in styled(word, "表注")
    assert styled(word, "Caption") == ["表1　各群体示范点", "表2　各级孵化基地"]
    assert styled(word, "Body Text")[2] == "437个组织参加，经费2000万元。"


def test_header_rows_repeat_and_no_row_is_split():
    for table in opened().tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True, *(False for _ in heads[1:])]
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_columns_share_the_type_area_by_their_widths():
    sites, bases = opened().tables
    widths = [[round(column.width.mm) for column in table.columns] for table in (sites, bases)]
    assert widths == [[52, 104], [78, 78]]
    assert [cell.width.mm for cell in sites.rows[1].cells] == pytest.approx([52, 104], abs=0.5)


def test_tables_have_a_thin_black_grid_and_no_shading():
    word = opened()
    assert {table.style.name for table in word.tables} == {"Table Grid"}
    borders = word.styles["Table Grid"].element.find(f".//{qn('w:tblBorders')}")
    assert {(side.get(qn("w:sz")), side.get(qn("w:color"))) for side in borders} == {
        ("4", "000000")
    }
    assert not list(word.element.body.iter(qn("w:shd")))


def test_columns_of_figures_are_centred():
    sites, bases = opened().tables
    assert [cell.paragraphs[0].alignment for cell in bases.rows[1].cells] == [None, 1]
    assert [cell.paragraphs[0].alignment for cell in sites.rows[1].cells] == [None, None]


@pytest.mark.parametrize(
    ("columns", "style"),
    [(3, "表格正文"), (4, "表格正文（小四）"), (6, "表格正文（五号）")],
)
def test_wide_tables_are_set_in_smaller_type(columns, style):
    table = Table("wide", "", ("列",) * columns, (Row(("字",) * columns),))
    word = opened(replace(BRIEFING, sections=(Section("", (table,)),)))
    assert {cell.paragraphs[0].style.name for cell in word.tables[0].rows[1].cells} == {style}


def test_page_numbers_stand_outside_between_dashes_one_character_in():
    word = opened()
    assert word.settings.odd_and_even_pages_header_footer
    section = word.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert "".join(text.text for text in paragraph._p.iter(qn("w:t"))) == "— 1 —"
        assert paragraph._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert paragraph._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"
        assert paragraph._p.pPr.jc.get(qn("w:val")) == side
    dashes = section.bottom_margin - section.footer_distance - Pt(7)
    assert dashes.real / Mm(1) == pytest.approx(7, abs=0.1)


def test_every_figure_row_and_note_carries_a_bookmark_of_its_own():
    word = opened()
    names = bookmark_names(word)
    assert names == [mark.name for mark in marks(BRIEFING)]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 40
    starts = [start.get(qn("w:id")) for start in word.element.body.iter(qn("w:bookmarkStart"))]
    ends = [end.get(qn("w:id")) for end in word.element.body.iter(qn("w:bookmarkEnd"))]
    assert starts == ends == [str(number) for number in range(1, len(names) + 1)]


def test_marked_texts_are_read_back_as_they_were_written():
    assert marked_texts(write_word(BRIEFING)) == {mark.name: mark.text for mark in marks(BRIEFING)}
    assert differences(BRIEFING, write_word(BRIEFING)) == ()
    assert differences(HOSTILE, write_word(HOSTILE)) == ()


def test_a_cell_edited_by_hand_is_found():
    word = opened()
    word.tables[1].rows[2].cells[1].paragraphs[0].runs[0].text = "14个"
    (difference,) = differences(BRIEFING, saved(word))
    assert difference.expected == "县级社会组织孵化基地\t13个"
    assert difference.found == "县级社会组织孵化基地\t14个"


def test_a_paragraph_put_into_a_cell_by_hand_is_found():
    word = opened()
    word.tables[1].rows[2].cells[0].add_paragraph("补充")
    (difference,) = differences(BRIEFING, saved(word))
    assert difference.found == "县级社会组织孵化基地\n补充\t13个"


def test_a_row_deleted_by_hand_is_found():
    word = opened()
    row = word.tables[0].rows[1]._tr
    row.getparent().remove(row)
    name = next(mark.name for mark in marks(BRIEFING) if mark.place == "表1第1行")
    text = "\t".join(SITES.rows[0].cells)
    assert differences(BRIEFING, saved(word)) == (Difference(name, text, None),)


def test_a_figure_that_changed_since_is_found():
    later = replace(ORGANISATIONS, text="440个")
    document = replace(BRIEFING, sections=(Section("", (Paragraph((later,)),)),))
    earlier = replace(BRIEFING, sections=(Section("", (Paragraph((ORGANISATIONS,)),)),))
    found = {(one.expected, one.found) for one in differences(document, write_word(earlier))}
    assert found == {("440个", None), (None, "437个")}


def test_the_appendix_lists_every_text_with_its_source():
    word = opened(with_sources=True)
    rows = [tuple(cell.text for cell in row.cells) for row in word.tables[-1].rows]
    assert rows[:3] == [
        ("数字", "出处"),
        ("2000万元", "funds.annual?year=2017"),
        ("表1第1行", "sites:4 sites:5"),
    ]
    assert len(rows) == 1 + len(marks(BRIEFING))
    assert bookmark_names(word) == bookmark_names(opened())


def test_text_that_xml_forbids_is_dropped_and_the_rest_kept():
    word = opened(HOSTILE)
    (title,) = styled(word, "Title")
    assert title.replace("\n", "") == "标题<script>alert(1)</script>"
    assert styled(word, "Body Text") == ['=HYPERLINK("x")# 3 * 4']
    assert [cell.text for cell in word.tables[0].rows[1].cells] == [
        "<script>\n第二行",
        "`c` \\ | d",
    ]


def test_the_parts_of_the_file_carry_the_date_of_the_facts_and_nothing_foreign():
    with zipfile.ZipFile(io.BytesIO(write_word(BRIEFING))) as file:
        assert {part.date_time for part in file.infolist()} == {(2017, 11, 30, 0, 0, 0)}
        names = set(file.namelist())
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]


def test_a_template_lends_its_page_and_styles_and_loses_its_text(tmp_path):
    template = docx.Document()
    template.add_paragraph("样板文字")
    template.styles["Title"].font.size = Pt(30)
    template.sections[0].top_margin = Mm(20)
    template.save(tmp_path / "template.docx")
    word = opened(template=tmp_path / "template.docx")
    assert "样板文字" not in [paragraph.text for paragraph in word.paragraphs]
    assert word.styles["Title"].font.size == Pt(30)
    assert round(word.sections[0].top_margin.mm) == 20
    assert word.styles["表格正文"].font.size == Pt(14)
    assert differences(BRIEFING, saved(word)) == ()


def test_a_template_whose_style_ids_are_taken_gets_ours_under_other_ids(tmp_path):
    template = docx.Document()
    template.styles.add_style("Masthead", 1)
    template.save(tmp_path / "template.docx")
    word = opened(template=tmp_path / "template.docx")
    ids = [style.style_id for style in word.styles]
    assert len(ids) == len(set(ids))
    assert styled(word, "简报报头") == ["同心简报"]


def test_a_long_table_is_written_whole():
    rows = tuple(Row((f"第{number}街道", f"{number}个")) for number in range(600))
    document = replace(BRIEFING, sections=(Section("", (replace(BASES, rows=rows),)),))
    assert len(opened(document).tables[0].rows) == 601


def test_runs_without_words_do_no_harm():
    paragraph = Paragraph((Run(""), Run("", ORGANISATIONS.source), Run("完")))
    word = opened(replace(BRIEFING, sections=(Section("", (paragraph,)),)))
    assert styled(word, "Body Text") == ["完"]
