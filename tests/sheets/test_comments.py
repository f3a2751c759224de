"""Comments in a workbook that somebody sent: in the named cells, and nothing else changes."""

import io
import zipfile
from xml.sax import parseString
from xml.sax.handler import ContentHandler

import openpyxl
import pytest
import xlsxwriter

from tests.sheets import samples, whole
from tongxin.sheets.book import Unreadable
from tongxin.sheets.comments import AUTHOR
from tongxin.sheets.writing import annotate


@pytest.fixture
def annotated(tmp_path):
    def annotate_(content, comments, name="表.xlsx"):
        path = tmp_path / "sent"
        path.write_bytes(content)
        return annotate(path, comments, name=name)

    return annotate_


def comments_in(content):
    """Each comment of a workbook, as another reader finds it: by sheet and cell."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    return {
        (sheet.title, cell.coordinate): (cell.comment.author, cell.comment.text)
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def well_formed(content):
    for name, part in parts_of(content).items():
        if name.endswith((".xml", ".rels", ".vml")):
            parseString(part, ContentHandler())
    return True


def plain():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("甲")
        sheet.write_row(0, 0, ["名称", "数"])
        sheet.write_row(1, 0, ["甲", "x"])
        sheet.insert_textbox(3, 3, "一个文本框")
        sheet.add_table(5, 0, 7, 1)
        workbook.add_worksheet("乙")
    return out.getvalue()


def test_the_cells_that_are_named_get_their_comment(annotated, opened):
    sent = plain()
    told = {("甲", 1, 1): "数量要填数字：<x> & “x”", ("乙", 0, 27): "这一列没有用"}

    given = annotated(sent, told)

    assert comments_in(given) == {
        ("甲", "B2"): (AUTHOR, "数量要填数字：<x> & “x”"),
        ("乙", "AB1"): (AUTHOR, "这一列没有用"),
    }
    assert well_formed(given)
    assert opened(given) == opened(sent)


def test_other_parts_of_a_workbook_stay_as_they_were(annotated):
    sent = plain()
    before, after = parts_of(sent), parts_of(annotated(sent, {("甲", 1, 1): "改"}))
    changed = {name for name in before if before[name] != after[name]}

    assert changed == {
        "[Content_Types].xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }
    assert after.keys() - before.keys() == {
        "xl/comments_tongxin1.xml",
        "xl/drawings/vmlDrawing_tongxin1.vml",
    }
    for sign in (b"<drawing ", b"<tableParts "):
        assert sign in after["xl/worksheets/sheet1.xml"]


def test_a_second_round_takes_the_first_out(annotated):
    first = annotated(plain(), {("甲", 1, 0): "一", ("甲", 1, 1): "二", ("乙", 0, 0): "三"})
    second = annotated(first, {("甲", 1, 1): "还不对"})

    assert comments_in(second) == {("甲", "B2"): (AUTHOR, "还不对")}
    assert comments_in(annotated(second, {})) == {}
    assert well_formed(second)


def test_what_people_wrote_stays(annotated):
    sent = whole.rich()
    (place, theirs) = next(iter(comments_in(sent).items()))
    first = annotated(sent, {("甲", 5, 1): "一", ("甲", 2, 1): "二"})
    second = annotated(first, {("甲", 2, 1): "三"})

    assert theirs == ("某人", "有人写的批注")
    assert comments_in(first)[place] == (AUTHOR, "一\n————\n有人写的批注")
    assert comments_in(second)[place][1] == "有人写的批注"
    assert comments_in(second)["甲", "B3"] == (AUTHOR, "三")
    assert comments_in(annotated(second, {}))[place][1] == "有人写的批注"
    assert well_formed(second)


def test_each_comment_has_one_box(annotated):
    first = annotated(whole.rich(), {("甲", 5, 1): "一", ("甲", 2, 1): "二"})
    again = annotated(first, {("甲", 5, 1): "三"})

    for content, boxes in ((first, 2), (again, 1)):
        drawings = [part for name, part in parts_of(content).items() if name.endswith(".vml")]
        assert sum(part.count(b"<v:shape ") for part in drawings) == boxes


def test_our_own_template_keeps_its_notes(annotated, opened):
    given = annotated(whole.ours(), {("组织", 4, 2): "人数要填数字"})

    assert comments_in(given)["组织", "A3"][1] == "必填\n按登记证书填写全称"
    assert comments_in(given)["组织", "C5"] == (AUTHOR, "人数要填数字")
    assert opened(given).stamp == {"register": "organisations", "edition": "1"}


def test_a_workbook_with_other_prefixes_is_understood(annotated):
    sheet = (
        f'<x:worksheet xmlns:x="{samples.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v>'
        "</x:c></x:row></x:sheetData></x:worksheet>"
    )
    sent = samples.workbook("", **{"xl/worksheets/sheet1.xml": sheet})

    assert comments_in(annotated(sent, {("表", 0, 0): "改"})) == {("表", "A1"): (AUTHOR, "改")}


@pytest.mark.parametrize(
    ("content", "comments", "code"),
    [
        (plain(), {("没有", 0, 0): "改"}, "comments"),
        (whole.old(), {("组织", 0, 0): "改"}, "comments"),
        (b"a,b\n", {("", 0, 0): "改"}, "comments"),
        (b"%PDF-1.4", {}, "kind"),
        (plain()[:500], {}, "damaged"),
        (samples.workbook("", **{"xl/vbaProject.bin": "x"}), {}, "macros"),
    ],
)
def test_what_cannot_be_commented_is_told(annotated, content, comments, code):
    with pytest.raises(Unreadable) as caught:
        annotated(content, comments)

    assert caught.value.code == code


def test_many_comments_are_cut_and_characters_that_markup_lacks_are_left_out(annotated):
    many = {("甲", row, 0): "改\x00\ud800" + "长" * 5_000 for row in range(6_000)}

    given = annotated(plain(), many)

    found = comments_in(given)
    assert len(found) == 5_000
    assert {len(text) for _author, text in found.values()} <= {1_000, 1_006}
