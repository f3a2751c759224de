"""Good workbooks: one of ours, one with much in it, an old one, a csv."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from tongxin.sheets.writing import Table, TableColumn, write_csv, write_xlsx

COLUMNS = (
    TableColumn("名称", "text", 30, required=True, note="按登记证书填写全称"),
    TableColumn("统一社会信用代码", width=22),
    TableColumn("人数", "number"),
    TableColumn("金额（元）", "money"),
    TableColumn("成立日期", "date"),
    TableColumn("类别", choices=("社会团体", "民办非企业单位", "基金会")),
)
ROWS = (
    ("崇川区社会组织服务中心", "52320600MJ5724318X", Decimal(12), Decimal("1200.50"),
     dt.date(2017, 3, 1), "社会团体"),
    ("第二家\n有换行，也有 <标记> & 引号", "0012345678901234", None, Decimal("-0.1"), None, None),
    (),
    ("末行", None, Decimal(0), None, dt.date(2020, 2, 29), "基金会"),
)  # fmt: skip
TABLE = Table("组织", COLUMNS, ROWS, head=("2017 年组织登记", "每行一家"))


def ours():
    return write_xlsx([TABLE], stamp={"register": "organisations", "edition": "1"})


def csv():
    return write_csv(TABLE)


def old():
    return Path(__file__).with_name("old.xls").read_bytes()


def rich():
    """Formulas, errors, formats, times, a rich text, a hidden sheet, something off the corner."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet, hidden = workbook.add_worksheet("甲"), workbook.add_worksheet("隐")
        hidden.hide()
        day = workbook.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(2, 1, ["x", 1, 0.1 + 0.2, 3_206_811_990_010_112_34])
        sheet.write_datetime(3, 1, dt.date(2017, 3, 1), day)
        sheet.write_datetime(3, 2, dt.datetime.fromisoformat("2017-03-01T08:30:15"), moment)
        sheet.write_number(3, 3, 0.5, workbook.add_format({"num_format": "hh:mm"}))
        sheet.write_number(3, 4, 30.5 / 24, workbook.add_format({"num_format": "[h]:mm"}))
        sheet.write_formula(4, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(4, 2, "=1+1", None, 2)
        sheet.write_formula(4, 3, '="a"&"b"', None, "ab")
        sheet.write_boolean(4, 4, True)  # noqa: FBT003  a cell's value
        bold = workbook.add_format({"bold": True})
        sheet.write_rich_string(5, 1, "普通", bold, "粗体")
        sheet.write_string(5, 2, "_x0041_ \x07 a\r\nb\t ")
        sheet.merge_range(7, 1, 8, 3, "并格")
        sheet.write_comment(5, 1, "有人写的批注", {"author": "某人"})
        hidden.write(0, 0, "看不见")
    return out.getvalue()
