"""The tables of controls: every line is there once, answered once, and its tests exist."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tools.controls import HEADS, REFERENCE, Control, controls, page

ROOT = Path(__file__).resolve().parents[2]
# The levels of ASVS 5.0.0 (OWASP, CC BY-SA), section by section, in the order of their numbers.
LEVELS = """
V1.1 22 V1.2 1111122223 V1.3 112222222223 V1.4 222 V1.5 123
V2.1 122 V2.2 112 V2.3 12223 V2.4 23
V3.1 3 V3.2 113 V3.3 12223 V3.4 11222233 V3.5 11122333 V3.6 3 V3.7 22333
V4.1 12233 V4.2 23333 V4.3 22 V4.4 1222
V5.1 2 V5.2 112333 V5.3 113 V5.4 222
V6.1 122 V6.2 111111112222 V6.3 11223333 V6.4 112233 V6.5 22222333 V6.6 2223 V6.7 33 V6.8 2222
V7.1 222 V7.2 1111 V7.3 22 V7.4 11222 V7.5 223 V7.6 22
V8.1 1233 V8.2 1123 V8.3 133 V8.4 23
V9.1 111 V9.2 1222
V10.1 22 V10.2 223 V10.3 22223 V10.4 1111122222233333 V10.5 22222 V10.6 22 V10.7 222
V11.1 2233 V11.2 22233 V11.3 11233 V11.4 1222 V11.5 23 V11.6 23 V11.7 33
V12.1 12233 V12.2 11 V12.3 22223
V13.1 2333 V13.2 222223 V13.3 2233 V13.4 1222233
V14.1 22 V14.2 12223333 V14.3 122
V15.1 12233 V15.2 12233 V15.3 1222222 V15.4 3333
V16.1 2 V16.2 22222 V16.3 2222 V16.4 222 V16.5 2223
V17.1 23 V17.2 22223333 V17.3 22
"""
NAMES = tuple(HEADS)


def levels():
    """The level of every requirement, by its number."""
    words = LEVELS.split()
    return {
        f"{section}.{number}": level
        for section, digits in zip(words[::2], words[1::2], strict=True)
        for number, level in enumerate(digits, start=1)
    }


@cache
def functions(path):
    """The names of the test functions of a file; none where there is no file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))


def missing(control):
    """The tests that a control names and that are not there."""
    for test in control.tests:
        path, _, name = test.partition("::")
        if not name.startswith("test_") or name not in functions(path):
            yield test


def test_the_levels_are_those_of_the_standard():
    assert Counter(levels().values()) == {"1": 70, "2": 183, "3": 92}


def test_every_requirement_of_the_first_two_levels_stands_there_once_and_in_order():
    written = [(control.number, control.level) for control in controls("asvs")]

    assert written == [(number, level) for number, level in levels().items() if level < "3"]


@pytest.mark.parametrize("name", NAMES)
def test_no_control_stands_there_twice(name):
    counts = Counter(control.number for control in controls(name))

    assert {number for number, count in counts.items() if count > 1} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_test_or_a_reason_or_is_open(name):
    found = controls(name)

    assert [control.number for control in found if control.answers != 1] == []
    assert [control.number for control in found if not control.asks] == []
    assert [control.number for control in found if control.tests and not control.does] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_test_that_is_named_exists(name):
    lost = {control.number: list(missing(control)) for control in controls(name)}

    assert {number: tests for number, tests in lost.items() if tests} == {}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_tells_the_table_as_it_is(name):
    written = (REFERENCE / f"{name}.md").read_text(encoding="utf-8")

    assert written == page(name, controls(name)), "run: uv run python tools/controls.py"


@pytest.mark.parametrize("name", NAMES)
def test_the_counts_in_the_head_of_the_page_are_those_of_its_lines(name):
    written = (REFERENCE / f"{name}.md").read_text(encoding="utf-8")
    told = [int(each) for each in re.findall(r"\d+", written.split("**")[1])]
    rows = [line for line in written.splitlines() if re.match(r"\| (V\d|[a-z] )", line)]
    away, still = (
        sum(f"| {word}" in row for row in rows) for word in ("does not apply:", "**open")
    )

    assert told == [len(rows), len(rows) - away - still, away, still]


@pytest.mark.parametrize(
    "test",
    [
        "tests/house/test_controls.py::test_that_nobody_wrote",
        "tests/house/test_nothing.py::test_the_levels_are_those_of_the_standard",
        "tests/house/test_controls.py",
        "tests/house/test_controls.py::levels",
    ],
)
def test_a_test_that_is_not_there_would_be_seen(test):
    control = Control("V1.1.1", "2", "", "", (test,), "", "")

    assert list(missing(control)) == [test]


def test_an_answer_too_many_or_too_few_would_be_seen():
    assert Control("V1.1.1", "2", "", "", (), "", "").answers == 0
    assert Control("V1.1.1", "2", "", "", ("a",), "b", "").answers == 2


# How many points each section of GB/T 22239-2019, 8.1.4, has at the third level.
POINTS = {
    "8.1.4.1 身份鉴别": 4,
    "8.1.4.2 访问控制": 7,
    "8.1.4.3 安全审计": 4,
    "8.1.4.4 入侵防范": 6,
    "8.1.4.5 恶意代码防范": 1,
    "8.1.4.6 可信验证": 1,
    "8.1.4.7 数据完整性": 2,
    "8.1.4.8 数据保密性": 2,
    "8.1.4.9 数据备份恢复": 3,
    "8.1.4.10 剩余信息保护": 2,
    "8.1.4.11 个人信息保护": 2,
}


def test_every_point_of_the_chinese_standard_stands_there_in_order():
    expected = [
        f"{section} {letter}" for section, count in POINTS.items() for letter in "abcdefg"[:count]
    ]

    assert [control.number for control in controls("mlps")] == expected
