"""The pre-flight of whole sheets: what is new, what changes, what is amiss, and where."""

import pytest

from tests import factories as make
from tests.exchange.books import book, told
from tongxin.exchange.preflight import preflight
from tongxin.registers import declaration

pytestmark = pytest.mark.django_db
HEAD = ("名称", "所属地区", "种类", "登记状态", "统一社会信用代码")


def test_new_changed_and_unchanged_rows_are_told_apart(office):
    one, two = make.credit_code(901), make.credit_code(902)
    make.organisation(office.tree.north, "旧名社", credit_code=one)
    make.organisation(office.tree.south, "南社", credit_code=two)
    sheet = book(
        HEAD,
        ("新名社", "北镇", "民办非企业单位", "已登记", one),
        ("南社", "南镇", "民办非企业单位", "已登记", two),
        ("再来社", "南镇", "民办非企业单位", "已登记", make.credit_code(903)),
    )

    report = preflight(declaration.get("organisations"), sheet, office.asker)

    assert told(report) == {
        "counts": {"changed": 1, "unchanged": 1, "new": 1},
        "said": [],
        "left out": [],
    }
    assert [(str(c.label), c.before, c.after) for c in report.rows[0].changes] == [
        ("名称", "旧名社", "新名社")
    ]


@pytest.mark.parametrize("rows", [3, 40])
def test_the_pre_flight_asks_the_same_for_few_rows_as_for_many(
    office, rows, django_assert_max_num_queries
):
    make.organisation(office.tree.north, "甲社0", credit_code=make.credit_code(3_000))
    lines = [
        (
            f"甲社{n}",
            "北镇" if n % 2 else "南镇",
            "基金会" if n == 1 else "民办非企业单位",
            "已登记",
            code,
        )
        for n in range(rows)
        for code in [make.credit_code(3_000 + n)]
    ]

    with django_assert_max_num_queries(16):
        report = preflight(declaration.get("organisations"), book(HEAD, *lines), office.asker)

    assert report.counts == {"new": rows - 2, "changed": 1, "unchanged": 0, "error": 1}


def test_every_error_is_said_at_once_with_its_cell_in_both_languages(office):
    sheet = book(
        HEAD,
        ("", "远县", "协会", "已登记", make.credit_code(901)),
        ("乙社", "河镇", "民办非企业单位", "已登记", "123"),
    )

    report = preflight(declaration.get("organisations"), sheet, office.asker)

    assert told(report)["said"] == [
        ("Sheet1", "A2", "error", "required"),
        ("Sheet1", "B2", "error", "unknown_division"),
        ("Sheet1", "C2", "error", "exchange.not_a_choice"),
        ("Sheet1", "B3", "error", "out_of_scope"),
        ("Sheet1", "E3", "error", "organisations.code_length"),
    ]
    first = next(iter(report.messages))
    assert first.words == {"zh-hans": "填写名称", "en": "Enter the name"}
