"""Finding a division by what people write, and saying what to write instead."""

import datetime as dt

import pytest

from tongxin.divisions.actions import add_alias, found
from tongxin.divisions.choices import Level
from tongxin.divisions.models import Division
from tongxin.divisions.queries import below, find_on, labels_on, problem_with, search_on, tree_on

THEN = dt.date(2017, 12, 31)
NOW = dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("海安县", "haian"),
        (" 海安县　", "haian"),
        ("“海安县”", "haian"),
        ("320621", "haian"),
        ("３２０６２１", "haian"),
        ("320671", "netda"),
        ("320602005", "t320602005"),
        ("320602005000", "t320602005"),
        ("虹桥街道", "t320602005"),
        ("崇川区/虹桥街道", "t320602005"),
        ("崇川区虹桥街道", "t320602005"),
        ("南通市崇川区虹桥街道", "t320602005"),
        ("江苏省 南通市 虹桥街道", "t320602005"),
        ("开发区", "netda"),
        ("开发区中兴街道", "t320671001"),
        ("南通市开发区", "netda"),
        ("观音山新城", "t320602009"),
        ("崇川区观音山新城", "t320602009"),
        ("如东县经济开发区", "t320623400"),
    ],
)
def test_a_division_is_found_as_people_write_it(nantong, text, key):
    node = find_on(text, THEN).only

    assert node.key == key
    assert problem_with(text, THEN) is None


def test_brackets_in_a_name_may_be_written_either_way(nantong):
    for text in ("三星镇（叠石桥家纺产业园区）", "三星镇(叠石桥家纺产业园区)"):
        assert find_on(text, NOW).only.key == "t320684416"


@pytest.mark.parametrize(
    "text",
    ["启东市北城区街道", "港闸区虹桥街道", "虹桥", "街道", "市区", "3206", "320602999", "？"],
)
def test_what_is_not_known_is_not_guessed(nantong, text):
    match = find_on(text, THEN)

    assert (match.nodes, match.then, match.only) == ((), (), None)


def test_the_street_without_a_unit_is_answered_with_near_names(nantong):
    problem = problem_with("启东市北城区街道", THEN, field="division")

    assert (problem.code, problem.field) == ("divisions.unknown", "division")
    assert str(problem).startswith("没有叫“启东市北城区街道”的地区。相近的有：启东市、")


@pytest.mark.parametrize(
    ("text", "day", "message"),
    [
        ("", NOW, "选择所属地区"),
        ("海安市", THEN, "“海安市”从 2018-05-14 起用，那天以前叫“海安县”"),
        ("海安县", NOW, "“海安县”用到 2018-05-13，之后叫“海安市”"),
        ("港闸区", NOW, "“港闸区”用到 2020-07-27，之后归入“崇川区”"),
        ("市北高新区", THEN, "“市北高新区”从 2021-10-31 起才有，写那天以前的地区"),
        ("掘港镇", NOW, "“掘港镇”用到 2018-10-30，之后没有这个地区"),
        ("320621", NOW, "代码 320621 是“海安县”的，用到 2018-05-13。写现在的代码或名称"),
        (
            "320685",
            THEN,
            "代码 320685 是“海安市”的，从 2018-05-14 起用。写那天以前的代码或名称",
        ),
        ("xyz", NOW, "没有叫“xyz”的地区。从地区列表里选一个"),
    ],
)
def test_a_problem_says_what_to_write(nantong, text, day, message):
    assert str(problem_with(text, day)) == message


def test_a_name_of_another_day_is_returned_with_its_days(nantong):
    match = find_on("海安市", THEN)

    assert match.nodes == ()
    assert [(node.key, span.since, span.until) for node, span in match.then] == [
        ("haian", dt.date(2018, 5, 14), None)
    ]


def test_a_name_borne_by_two_is_answered_with_both(small_tree):
    found("twin", "北镇", Level.TOWN, small_tree["west"], None, by=None)

    match = find_on("北镇", NOW)

    assert (match.only, {node.key for node in match.nodes}) == (None, {"north", "twin"})
    assert str(problem_with("北镇", NOW)) == "“北镇”有 2 个：东县/北镇、西县/北镇。写明是哪一个"
    assert find_on("西县/北镇", NOW).only.key == "twin"


def test_an_official_name_comes_before_an_alias(small_tree):
    add_alias(small_tree["south"], "北镇", by=None)

    assert find_on("北镇", NOW).only.key == "north"


def test_nothing_is_found_or_suggested_outside_the_scope(nantong):
    scope = below([nantong["qidong"]], THEN)

    assert find_on("虹桥街道", THEN, within=scope).nodes == ()
    assert find_on("320602005", THEN, within=scope).nodes == ()
    assert find_on("观音山新城", THEN, within=scope).nodes == ()
    assert find_on("汇龙镇", THEN, within=scope).only.key == "t320681100"
    assert "崇川区" not in str(problem_with("虹桥街道", THEN, within=scope))
    assert find_on("虹桥街道", THEN, within=Division.objects.all()).only is not None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gys", ["观音山街道"]),
        ("观音山新", ["观音山街道"]),
        ("虹桥", ["虹桥街道"]),
        ("崇川区/虹桥", ["虹桥街道"]),
        ("320602005", ["虹桥街道"]),
        ("海安", ["海安县", "海安镇", "海安县农场"]),
        ("不存在", []),
        ("", []),
    ],
)
def test_search_reads_parts_of_names_initials_codes_and_aliases(nantong, text, names):
    assert [node.name for node in search_on(text, THEN)] == names


def test_search_stops_at_the_limit(nantong):
    assert len(search_on("街道", THEN, limit=5)) == 5


@pytest.mark.parametrize(
    ("text", "queries"), [("海安县", 1), ("崇川区/虹桥街道", 3), ("320621", 2), ("开发区", 3)]
)
def test_finding_costs_a_few_queries(nantong, django_assert_num_queries, text, queries):
    with django_assert_num_queries(queries):
        find_on(text, THEN)


def test_labels_put_a_town_behind_its_county(nantong, django_assert_num_queries):
    tree = tree_on(THEN)
    nodes = [tree.node(nantong[key]) for key in ("nantong", "haian", "t320602005")]

    with django_assert_num_queries(1):
        labels = labels_on(nodes, THEN)

    assert list(labels.values()) == ["南通市", "海安县", "崇川区/虹桥街道"]
    assert find_on("崇川区/虹桥街道", THEN).only == nodes[2]
