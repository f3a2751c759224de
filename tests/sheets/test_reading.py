"""Reading: values as they stand in their cells, and words for what is not read."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.utils.translation import override
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.sheets import samples, whole
from tongxin.sheets import words
from tongxin.sheets.book import Note, Unreadable, address


def test_a_workbook_of_an_office_is_read_cell_by_cell(opened):
    book = opened(whole.rich())
    sheet, hidden = book.sheets

    assert (book.kind, book.encoding, book.stamp) == ("xlsx", "", {})
    assert (sheet.name, sheet.hidden, hidden.name, hidden.hidden) == ("甲", False, "隐", True)
    assert sheet.rows == (
        (),
        (),
        (None, "x", Decimal(1), Decimal("0.3"), Decimal(320681199001011300)),
        (
            None,
            dt.date(2017, 3, 1),
            dt.datetime.fromisoformat("2017-03-01T08:30:15"),
            "12:00:00",
            "30:30:00",
        ),
        (None, None, Decimal(2), "ab", True),
        (None, "普通粗体", "_x0041_ \x07 a\r\nb\t "),
        (),
        (None, "并格"),
    )
    assert sheet.merged == ((7, 1, 8, 3),)
    assert hidden.rows == (("看不见",),)


def test_whole_numbers_are_whole_and_numbers_are_decimals(opened):
    row = opened(whole.rich()).sheets[0].rows[2]

    assert str(row[2]) == "1"
    assert {type(value) for value in row[2:]} == {Decimal}


def test_cells_without_a_usable_value_are_noted(opened):
    book = opened(whole.rich())

    assert set(book.sheets[0].notes) == {Note(2, 4, "digits"), Note(4, 1, "error")}
    assert {note.code for note in book.sheets[0].notes} <= words.NOTES.keys()


def test_a_formula_that_was_never_computed_is_noted_and_not_read_as_nothing(opened):
    workbook = openpyxl.Workbook()
    workbook.active["B2"] = "=1+1"
    workbook.active["C2"] = 5
    workbook.active["A3"] = '=HYPERLINK("http://canary.example","x")'
    out = io.BytesIO()
    workbook.save(out)

    sheet = opened(out.getvalue()).sheets[0]

    assert sheet.rows[1] == (None, None, Decimal(5))
    assert set(sheet.notes) == {Note(1, 1, "formula"), Note(2, 0, "formula")}


@pytest.mark.parametrize(
    ("cell", "noted"),
    [
        ('<c r="A1"><f>1+1</f><v></v></c>', ["formula"]),
        ('<c r="A1"><f t="shared" si="0"/></c>', ["formula"]),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', []),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', []),
        ('<c r="A1" t="e"><v>#N/A</v></c>', ["error"]),
        ('<c r="A1" t="inlineStr"><is><t>1+1</t></is></c>', []),
    ],
)
def test_what_stands_in_a_cell_decides_the_note(opened, cell, noted):
    sheet = opened(samples.workbook(samples.row(1, cell))).sheets[0]

    assert [note.code for note in sheet.notes] == noted


@pytest.mark.parametrize(
    ("number", "looks", "value"),
    [
        (5, '"共"0"家"', Decimal(5)),
        (3, '0"d"', Decimal(3)),
        (7, "[红色]0", Decimal(7)),
        (0.125, "0.0%", Decimal("0.125")),
        (1200.5, "¥#,##0.00;[Red]-¥#,##0.00", Decimal("1200.5")),
        (42795, '[$-804]yyyy"年"m"月"', dt.date(2017, 3, 1)),
        (42795, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', dt.date(2017, 3, 1)),
        (42795.5, "m/d/yy h:mm", dt.datetime.fromisoformat("2017-03-01T12:00:00")),
    ],
)
def test_the_format_of_a_cell_tells_a_day_from_a_number(opened, number, looks, value):
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = number
    workbook.active["A1"].number_format = looks
    out = io.BytesIO()
    workbook.save(out)

    assert opened(out.getvalue()).sheets[0].rows == ((value,),)


def test_a_workbook_that_counts_days_from_1904_has_the_same_days(opened):
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active["A1"] = dt.date(2017, 3, 1)
    out = io.BytesIO()
    workbook.save(out)

    assert opened(out.getvalue()).sheets[0].rows == ((dt.date(2017, 3, 1),),)


def test_a_sheet_that_is_a_chart_is_a_sheet_without_rows(opened):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.add_worksheet("数据").write(0, 0, 1)
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": "=数据!$A$1:$A$1"})
        workbook.add_chartsheet("图").set_chart(chart)
        workbook.add_worksheet("后").write(0, 2, "x")

    sheets = opened(out.getvalue()).sheets

    assert [(sheet.name, sheet.rows) for sheet in sheets] == [
        ("数据", ((Decimal(1),),)),
        ("图", ()),
        ("后", ((None, None, "x"),)),
    ]


def test_an_old_workbook_is_read(opened):
    sheet, hidden = opened(whole.old(), "表.xls").sheets

    assert sheet.rows[2] == (
        "崇川区社会组织服务中心",
        "513200000000024999",
        Decimal("12.5"),
        dt.date(2017, 3, 1),
        True,
    )
    assert (sheet.rows[3], sheet.rows[4]) == ((), ("第二行\n有换行",))
    assert sheet.merged == ((0, 0, 0, 4),)
    assert hidden.hidden


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (whole.rich(), "表.xls", "xlsx"),
        (whole.old(), "表.xlsx", "xls"),
        ("甲,乙\n1,2\n".encode(), "表.xlsx", "csv"),
        ("甲\t乙\n1\t2\n".encode("gb18030"), "表.xls", "csv"),
    ],
)
def test_a_file_under_the_ending_of_another_table_is_read_as_what_it_is(
    opened, content, name, kind
):
    assert opened(content, name).kind == kind


CSV = "名称,数\n甲,1\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CSV.encode(), "utf-8"),
        (CSV.encode("utf-8-sig"), "utf-8"),
        (CSV.encode("gb18030"), "gb18030"),
        (CSV.replace(",", "\t").encode("utf-16"), "utf-16"),
        (CSV.replace(",", ";").encode(), "utf-8"),
        (CSV.replace(",", "\t").encode(), "utf-8"),
        (f"sep=;\n{CSV.replace(',', ';')}".encode(), "utf-8"),
        (CSV.replace("\n", "\r\n").encode(), "utf-8"),
    ],
)
def test_a_csv_is_read_in_the_ways_that_offices_save_it(opened, content, encoding):
    book = opened(content, "表.csv")

    assert (book.kind, book.encoding) == ("csv", encoding)
    assert book.sheets[0].rows == (("名称", "数"), ("甲", "1"))


def test_fields_in_quotes_hold_separators_quotes_and_line_breaks(opened):
    book = opened(b'a;"b;,\n""c"""\n\n;;\n;x;\n', "表.csv")

    assert book.sheets[0].rows == (("a", 'b;,\n"c"'), (), (), (None, "x"))


def test_a_code_that_a_spreadsheet_shortened_is_noted_in_a_csv(opened):
    assert opened(b"a,b\n1,3.20681E+17\n", "a.csv").sheets[0].notes == (Note(1, 1, "digits"),)


def without_end(content):
    return content[: len(content) // 2]


def locked(content):
    sealed = bytearray(content)
    sealed[sealed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(sealed)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
RELATION = (
    f'<Relationships xmlns="{samples.PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{samples.OFFICE}/externalLinkPath" Target="http://canary.example/x.xlsx" '
    'TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "表.xlsx", "empty"),
        (b"x", "表.pdf", "ending"),
        (b"x", "表", "ending"),
        (whole.rich(), "表.xlsm", "macros"),
        (b"%PDF-1.4\n%%EOF", "表.xlsx", "kind"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "表.xls", "page"),
        (b"\0\1\2", "表.csv", "kind"),
        (without_end(whole.rich()), "表.xlsx", "damaged"),
        (locked(whole.rich()), "表.xlsx", "locked"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "表.xlsx", "locked"),
        (OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT_CUR".encode("utf-16-le"), "表.xls",
         "macros"),
        (OLE + "WordDocument".encode("utf-16-le"), "表.xls", "kind"),
        (OLE + "Workbook".encode("utf-16-le"), "表.xls", "damaged"),
        (samples.zipped({"readme.txt": b"x"}), "表.xlsx", "kind"),
        (samples.workbook("", xl__vbaProject__bin="x"), "表.xlsx", "macros"),
        (samples.workbook("", **{"[Content_Types].xml": samples.types("sheet.macroEnabled")}),
         "表.xlsx", "macros"),
        (samples.workbook("", **{"xl/externalLinks/_rels/externalLink1.xml.rels": RELATION}),
         "表.xlsx", "elsewhere"),
        (samples.workbook("", **{"xl/embeddings/oleObject1.bin": OLE}), "表.xlsx", "within"),
        (samples.workbook("<row"), "表.xlsx", "damaged"),
        (b'a,"b\n', "表.csv", "quotes"),
        (b'a,"b"c\n', "表.csv", "quotes"),
        (b"a," + b"x" * 40_000, "表.csv", "field"),
        (b"a\x00b", "表.csv", "kind"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_told_with_its_remedy(refused, content, name, code):
    assert refused(content, name) == code


def test_the_row_of_an_unpaired_quote_is_named(opened):
    with pytest.raises(Unreadable) as caught:
        opened(b'a,b\n1,2\n3,"4\n', "表.csv")

    assert "第 3 行" in str(caught.value)
    with override("en"):
        assert "表.csv" in str(caught.value)
        assert "第" not in str(caught.value)


def test_every_refusal_has_words_that_can_be_filled():
    for code in words.REFUSALS:
        assert "a.xlsx" in str(words.unreadable(code, "a.xlsx"))
    assert words.unreadable("no such code", "a.xlsx").code == "broke"


def test_a_stamp_is_taken_out_of_the_sheets(opened):
    book = opened(whole.ours())

    assert book.stamp == {"register": "organisations", "edition": "1"}
    assert [sheet.name for sheet in book.sheets] == ["组织"]


def test_a_zero_character_that_no_database_takes_is_left_out(opened):
    text = '<c r="A1" t="inlineStr"><is><t>a_x0000_b \\u0000</t></is></c>'

    assert opened(samples.workbook(samples.row(1, text))).sheets[0].rows == (("ab \\u0000",),)


def test_cells_are_called_as_people_call_them():
    assert [address(0, 0), address(6, 1), address(99, 26)] == ["A1", "B7", "AA100"]
