"""Ten workbooks as offices make them, each with exactly what is reported of it."""

import datetime as dt
from decimal import Decimal

import pytest

from tests import factories as make
from tests.exchange.books import book, told
from tongxin.exchange.preflight import preflight
from tongxin.registers import declaration
from tongxin.sheets.book import Book, Note, Sheet

pytestmark = pytest.mark.django_db
CODES = [make.credit_code(number) for number in range(700, 720)]


def flown(office, key, sheet):
    return preflight(declaration.get(key), sheet, office.asker)


def values(report, *names):
    """The values that rows would be written with; a place by its key."""
    return [
        tuple(getattr(row.values[name], "key", row.values[name]) for name in names)
        for row in report.rows
        if row.outcome != "error"
    ]


def test_1_a_county_list_with_title_numbers_a_total_and_notes(office):
    sheet = book(
        ("东县社会组织名册",) + (None,) * 4,
        ("填报单位：东县社工部", None, None, "2017年12月31日"),
        ("序号", "单位名称", "所在镇街", "类型", "统一社会信用代码"),
        (Decimal(1), "甲服务社", "北镇", "民办非企业单位", CODES[0]),
        (Decimal(2), "乙 协会", "南镇", "社会团体", make.credit_code(701, "51")),
        ("合计", None, None, "2家", None),
        ("注：以上为截至年底的数据。",),
        ("填表人：某某", None, "审核人：", None, None),
        merged=[(0, 0, 0, 4), (6, 0, 6, 4)],
    )

    report = flown(office, "organisations", sheet)

    assert told(report) == {
        "counts": {"new": 2},
        "said": [],
        "left out": [("Sheet1", 6, "total"), ("Sheet1", 7, "note"), ("Sheet1", 8, "note")],
    }
    assert values(report, "name", "division", "kind", "status") == [
        ("甲服务社", "north", "52", "registered"),
        ("乙 协会", "south", "51", "registered"),
    ]
    assert report.unknown == (("Sheet1", "A3", "序号"),)


def test_2_a_head_of_two_rows_with_merged_groups(office):
    sheet = book(
        ("培训情况统计表",),
        ("培训名称", "举办日期", "所属地区", "规模", None, None, "主办单位"),
        (None, None, None, "期数", "人次", "人数", None),
        ("党务培训", dt.date(2017, 5, 4), "北镇", Decimal(2), Decimal(80), Decimal(60), "部门"),
        ("骨干培训", "2017.6.1", "南镇", "３期", "1,200人次", "约900", ""),
        merged=[(0, 0, 0, 6), (1, 3, 1, 5), (1, 0, 2, 0), (1, 6, 2, 6)],
    )

    report = flown(office, "trainings", sheet)

    assert told(report) == {
        "counts": {"new": 1, "error": 1},
        "said": [("Sheet1", "F5", "error", "exchange.approximate")],
        "left out": [],
    }
    assert values(report, "held_on", "sessions", "attendances", "persons") == [
        (dt.date(2017, 5, 4), 2, 80, 60)
    ]
    assert report.rows[1].texts["held_on"] == "2017-06-01"
    assert report.rows[1].texts["attendances"] == "1200"


def test_3_places_merged_downwards_and_ditto_marks(office):
    sheet = book(
        ("镇街", "点位名称", "服务群体", "详细地址"),
        ("北镇", "一号点", "新媒体从业人员", "某路1号"),
        (None, "二号点", "同上", "某路2号"),
        ("南镇", "三号点", "中介人员", None),
        merged=[(1, 0, 2, 0)],
    )

    report = flown(office, "sites", sheet)

    assert told(report) == {"counts": {"new": 3}, "said": [], "left out": []}
    assert values(report, "name", "division", "group") == [
        ("一号点", "north", "media"),
        ("二号点", "north", "media"),
        ("三号点", "south", "lawyers"),
    ]


def test_4_codes_typed_as_numbers_are_explained_and_not_repaired(office):
    code = CODES[3]
    sheet = book(
        ("名称", "地区", "种类", "统一社会信用代码", "成立日期"),
        ("甲社", "北镇", "民办非企业单位", Decimal(523206000000007000), Decimal(42795)),
        ("乙社", "北镇", "民办非企业单位", "5.23206E+17", Decimal(20170301)),
        ("丙社", "北镇", "民办非企业单位", f" {code[:8]} {code[8:]} ", "2017年3月1日"),
    )

    report = flown(office, "organisations", sheet)

    assert told(report) == {
        "counts": {"new": 1, "error": 2},
        "said": [
            ("Sheet1", "D2", "error", "exchange.number_code"),
            ("Sheet1", "E2", "error", "exchange.date_number"),
            ("Sheet1", "D3", "error", "exchange.number_code"),
        ],
        "left out": [],
    }
    assert report.rows[2].values["credit_code"] == code
    assert report.rows[2].values["registered_on"] == dt.date(2017, 3, 1)


def test_5_hidden_sheets_and_sheets_without_a_table_are_left_out(office):
    words = Sheet("说明", hidden=False, rows=(("请按模板填写",),))
    hidden = Sheet("旧数据", hidden=True, rows=(("名称", "级别"), ("旧基地", "县级")))
    sheet = book(
        ("基地名称", "级别", "所属地区", "运营机构", "容量"),
        ("东县基地", "县级", "东县", "某中心", Decimal(30)),
        ("北镇基地", "镇（街道）级", "北镇", "", "20家"),
        name="填报",
        others=(words, hidden),
    )

    report = flown(office, "bases", sheet)

    assert told(report) == {
        "counts": {"new": 2},
        "said": [],
        "left out": [("旧数据", None, ""), ("说明", None, "")],
    }
    assert values(report, "level", "capacity") == [("county", 30), ("town", 20)]


def test_6_amounts_with_the_unit_in_the_head(office):
    sheet = book(
        ("专项资金额度表",),
        ("年度", "额度（万元）", "依据文件", "地区"),
        (Decimal(2016), Decimal(2000), "某发〔2016〕1号", "东县"),
        (Decimal(2017), "2000万", "某发〔2017〕1号", "东县"),
        ("2015年", "１５０", "某发〔2015〕1号", "北镇"),
    )

    report = flown(office, "budgets", sheet)

    assert told(report) == {
        "counts": {"new": 2, "error": 1},
        "said": [("Sheet1", "B4", "error", "invalid")],
        "left out": [],
    }
    assert report.rows[0].values["amount"] == Decimal(20_000_000)
    assert report.rows[2].values["amount"] == Decimal(1_500_000)


def test_7_the_same_record_twice_is_refused_with_both_addresses(office):
    make.organisation(office.tree.north, "甲社", credit_code=CODES[7])
    sheet = book(
        ("名称", "所属地区", "种类", "统一社会信用代码"),
        ("甲社", "北镇", "民办非企业单位", CODES[7]),
        ("乙社", "北镇", "民办非企业单位", CODES[8]),
        ("甲社", "北镇", "民办非企业单位", CODES[7].lower()),
    )

    report = flown(office, "organisations", sheet)

    assert told(report) == {
        "counts": {"new": 1, "error": 2},
        "said": [
            ("Sheet1", "D2", "error", "exchange.twice_in_file"),
            ("Sheet1", "D4", "error", "exchange.twice_in_file"),
        ],
        "left out": [],
    }
    words = [message.words["zh-hans"] for message in report.messages]
    assert "Sheet1!A4" in words[0]
    assert "Sheet1!A2" in words[1]


def test_8_formulas_and_broken_cells_are_named(office):
    rows = (
        ("活动名称", "地区", "开始日期", "主题"),
        ("公益周", "北镇", None, "环保"),
        ("邻里节", "南镇", "2017-10-01", None),
    )
    notes = (Note(1, 2, "formula"), Note(2, 3, "error"))
    sheet = Book("xlsx", "", (Sheet("表", hidden=False, rows=rows, notes=notes),))

    report = flown(office, "campaigns", sheet)

    assert told(report) == {
        "counts": {"error": 2},
        "said": [
            ("表", "C2", "error", "exchange.formula"),
            ("表", "D3", "error", "exchange.error"),
        ],
        "left out": [],
    }


def test_9_a_csv_with_repeated_heads_and_an_example_row(office):
    head = ("品牌名称", "所属地区", "工作内容")
    sheet = Book(
        "csv",
        "gb18030",
        (
            Sheet(
                "Sheet1",
                hidden=False,
                rows=(
                    head,
                    ("（示例）红色驿站", "北镇", "打造红色驿站"),
                    ("暖心品牌", "北镇", "打造暖心品牌"),
                    head,
                    ("邻里品牌", "南镇", ""),
                    ("小计", "", "2"),
                ),
            ),
        ),
    )

    report = flown(office, "brands", sheet)

    assert told(report) == {
        "counts": {"new": 1, "error": 1},
        "said": [("Sheet1", "C5", "error", "required")],
        "left out": [
            ("Sheet1", 2, "example"),
            ("Sheet1", 4, "header"),
            ("Sheet1", 6, "total"),
        ],
    }


def test_10_children_find_their_parent_by_name(office):
    make.site(office.pilot, office.tree.north, "一号点", designated=False)
    make.site(office.pilot, office.tree.north, "同名点", designated=False)
    make.site(office.pilot, office.tree.south, "同名点", designated=False)
    make.site(office.pilot, office.tree.river, "西县点", designated=False)
    sheet = book(
        ("示范点", "命名级别", "批准文件", "命名时间"),
        ("一号点", "市级", "某发〔2017〕2号", "2017-05-01"),
        ("同名点", "县级", "", ""),
        ("南镇/同名点", "县级", "", ""),
        ("西县点", "县级", "", ""),
    )

    report = flown(office, "designations", sheet)

    assert told(report) == {
        "counts": {"new": 2, "error": 2},
        "said": [
            ("Sheet1", "A3", "error", "exchange.which_parent"),
            ("Sheet1", "A5", "error", "exchange.no_parent"),
        ],
        "left out": [],
    }


def test_a_sheet_in_which_no_head_is_recognised_asks_for_one(office):
    sheet = book(("甲", "乙"), ("某社", "北镇"))

    report = flown(office, "organisations", sheet)

    assert [each.rows for each in report.unmapped] == [(("甲", "乙"), ("某社", "北镇"))]
    assert report.rows == ()


def test_two_heads_for_one_field_are_asked_about(office):
    sheet = book(("名称", "单位名称", "地区"), ("甲", "乙", "北镇"))

    report = flown(office, "organisations", sheet)

    assert told(report)["said"] == [("Sheet1", "B1", "error", "exchange.two_columns")]


def test_a_column_that_new_records_need_is_asked_for_once(office):
    sheet = book(
        ("名称", "地区", "信用代码"), ("甲社", "北镇", CODES[1]), ("乙社", "北镇", CODES[2])
    )

    report = flown(office, "organisations", sheet)

    assert told(report) == {
        "counts": {"error": 2},
        "said": [
            ("Sheet1", "1", "error", "exchange.no_column"),
        ],
        "left out": [],
    }


def test_a_workbook_stamped_for_another_register_is_sent_there(office):
    sheet = book(("名称", "地区"), ("甲", "北镇"), stamp={"register": "sites"})

    report = flown(office, "organisations", sheet)

    assert told(report)["said"] == [("", "", "error", "exchange.other_register")]
