"""The tree on a day, names, paths, scope and lineage, told by the divisions of Nantong."""

import csv
import datetime as dt
from decimal import Decimal
from importlib import resources

import pytest

from tongxin.divisions.actions import Decree, found, split
from tongxin.divisions.choices import ChangeKind, CodeSystem, Level
from tongxin.divisions.models import Code, Division
from tongxin.divisions.queries import (
    below,
    find_on,
    history_of,
    map_onto,
    names_on,
    path_on,
    reaches,
    successors_on,
    tree_on,
)

THEN = dt.date(2017, 12, 31)
EVE = dt.date(2020, 7, 27)
MERGER = dt.date(2020, 7, 28)
NOW = dt.date(2024, 1, 1)

# Codes of 2017, and what they would be wrongly taken for if 320602 or 320684 were only put in
# place of another county's number: the unit that has the same last three digits after 2020.
WRONG_HITS = [
    ("320611001", "t320611001", "永兴街道", "城东街道"),
    ("320611002", "t320611002", "唐闸镇街道", "和平桥街道"),
    ("320611003", "t320611003", "天生港镇街道", "任港街道"),
    ("320611004", "t320611004", "秦灶街道", "新城桥街道"),
    ("320611005", "t320611005", "陈桥街道", "虹桥街道"),
    ("320611006", "t320611006", "幸福街道", "学田街道"),
    ("320684106", "t320684106", "常乐镇", "余东镇"),
]


def towns_in_the_facts(day):
    source = resources.files("tongxin.divisions") / "facts" / "nantong-divisions.csv"
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return sum(
        row["level"] == "town"
        and (row["since"] or "0001-01-01") <= day.isoformat()
        and day.isoformat() < (row["until"] or "9999-12-31")
        for row in rows
    )


@pytest.mark.parametrize(("code", "key", "name", "wrong"), WRONG_HITS)
def test_an_old_code_leads_to_the_unit_and_not_to_its_look_alike(nantong, code, key, name, wrong):
    node = find_on(code, THEN).only

    assert (node.key, node.name) == (key, name)
    assert names_on([node.id], NOW) == {node.id: name}
    new_county = {"320611": "320613", "320684": "320614"}[code[:6]]
    taken_for = find_on(new_county + code[6:], NOW).only
    assert taken_for.name == wrong


@pytest.mark.parametrize(
    ("day", "counties", "towns"),
    [
        (
            THEN,
            ["海安县", "如皋市", "如东县", "海门市", "启东市", "通州区", "崇川区", "港闸区",
             "南通经济技术开发区"],
            135,
        ),
        (
            NOW,
            ["海安市", "如皋市", "如东县", "海门区", "启东市", "通州区", "崇川区",
             "南通经济技术开发区"],
            136,
        ),
    ],
)  # fmt: skip
def test_the_tree_of_a_day_holds_its_counties_in_office_order_and_its_towns(
    nantong, day, counties, towns
):
    tree = tree_on(day)

    assert [node.name for node in tree.roots] == ["江苏省"]
    assert [node.name for node in tree.children(nantong["nantong"])] == counties
    assert sum(node.level == Level.TOWN for node in tree) == towns == towns_in_the_facts(day)
    assert len(list(tree)) == len(tree)


def test_the_streets_of_the_table_come_first_in_its_order(nantong):
    streets = tree_on(THEN).children(nantong["chongchuan-old"])

    assert [node.name for node in streets[:7]] == [
        "新城桥街道",
        "学田街道",
        "观音山街道",
        "文峰街道",
        "虹桥街道",
        "和平桥街道",
        "城东街道",
    ]


def test_a_part_of_the_tree_holds_one_division_and_what_is_below_it(nantong):
    tree = tree_on(THEN, root=nantong["gangzha"])

    assert [node.name for node in tree] == [
        "港闸区",
        "永兴街道",
        "唐闸镇街道",
        "天生港镇街道",
        "秦灶街道",
        "陈桥街道",
        "幸福街道",
        "港闸开发区",
    ]
    assert tree.subtree(nantong["gangzha"])[0] == nantong["gangzha"]
    assert nantong["haian"] not in tree


def test_a_division_that_has_ended_is_in_no_later_tree(nantong):
    assert nantong["gangzha"] not in tree_on(NOW)
    assert len(tree_on(NOW, root=nantong["gangzha"])) == 0


def test_nine_divisions_have_a_tile_on_the_grid_each_its_own(nantong):
    tiles = [node.tile for node in tree_on(THEN) if node.level == Level.COUNTY]

    assert len(set(tiles)) == 9
    assert None not in tiles


@pytest.mark.parametrize(
    ("key", "day", "path"),
    [
        ("t320602005", THEN, ["江苏省", "南通市", "崇川区", "虹桥街道"]),
        ("t320611006", NOW, ["江苏省", "南通市", "崇川区", "幸福街道"]),
        ("jiangsu", NOW, ["江苏省"]),
        ("gangzha", NOW, []),
    ],
)
def test_the_path_leads_from_the_root_down(nantong, django_assert_num_queries, key, day, path):
    with django_assert_num_queries(1):
        found_path = path_on(nantong[key], day)

    assert [node.name for node in found_path] == path
    assert found_path == (tree_on(day).path(nantong[key]) if path else [])


@pytest.mark.parametrize(
    ("key", "day", "name"),
    [
        ("haian", dt.date(2018, 5, 13), "海安县"),
        ("haian", dt.date(2018, 5, 14), "海安市"),
        ("gangzha", NOW, "港闸区"),
        ("chongchuan", THEN, "崇川区"),
        ("haimen", EVE, "海门市"),
        ("haimen", MERGER, "海门区"),
    ],
)
def test_a_name_is_that_of_the_day_or_of_the_nearest_day(nantong, key, day, name):
    assert names_on([nantong[key]], day) == {nantong[key]: name}


def test_names_of_any_number_of_divisions_cost_one_query(nantong, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(names_on(nantong.values(), NOW)) == len(nantong)

    with django_assert_num_queries(1):
        assert names_on([nantong["haian"], 0], NOW) == {nantong["haian"]: "海安市"}


def test_the_new_district_answers_for_the_merged_one_from_that_day_on_only(nantong):
    new, old, street = nantong["chongchuan"], nantong["gangzha"], nantong["t320611006"]

    assert [reaches([new], one, EVE) for one in (new, old, street)] == [False, False, False]
    assert [reaches([new], one, MERGER) for one in (new, old, street)] == [True, True, True]
    assert [reaches([old], one, EVE) for one in (new, old, street)] == [False, True, True]
    assert [reaches([old], one, MERGER) for one in (new, old, street)] == [False, False, False]
    assert [reaches([nantong["nantong"]], old, one) for one in (EVE, MERGER)] == [True, True]


def test_below_is_a_condition_on_other_queries(nantong, django_assert_num_queries):
    scope = below([nantong["gangzha"], nantong["haian"]], THEN)

    with django_assert_num_queries(1):
        keys = set(Division.objects.filter(pk__in=scope).values_list("key", flat=True))

    tree = tree_on(THEN)
    wanted = tree.subtree(nantong["gangzha"]) + tree.subtree(nantong["haian"])
    assert keys == {tree.node(division_id).key for division_id in wanted}


def test_the_development_zone_has_a_number_in_the_statistics_system_only(nantong):
    codes = Code.objects.filter(code="320671")

    assert list(codes.values_list("division__key", "system")) == [("netda", CodeSystem.STATISTICS)]
    assert tree_on(THEN).node(nantong["netda"]).is_zone


def test_counties_have_a_number_in_both_systems(nantong):
    rows = Code.objects.filter(division__key="haian").order_by("since", "system")

    assert {(row.system, row.code, row.since) for row in rows} == {
        ("mca", "320621", None),
        ("stats", "320621", None),
        ("mca", "320685", dt.date(2018, 5, 14)),
        ("stats", "320685", dt.date(2018, 5, 14)),
    }


def test_successors_are_followed_through_the_merger(nantong):
    assert successors_on(nantong["gangzha"], NOW) == [(nantong["chongchuan"], 1)]
    assert successors_on(nantong["gangzha"], EVE) == [(nantong["gangzha"], 1)]
    assert successors_on(nantong["haian"], NOW) == [(nantong["haian"], 1)]
    assert successors_on(nantong["t320682410"], NOW) == []


def test_a_report_of_2017_on_the_map_of_today_loses_nothing(nantong):
    tree = tree_on(THEN)
    counted = {node.id: number for number, node in enumerate(tree, start=1)}

    moved = {}
    for division_id, parts in map_onto(THEN, NOW, counted).items():
        assert sum(share for _holder, share in parts) == 1
        for holder, share in parts:
            moved[holder] = moved.get(holder, 0) + counted[division_id] * share

    assert sum(moved.values()) == sum(counted.values())
    assert set(moved) <= set(tree_on(NOW).nodes)
    merged = counted[nantong["gangzha"]] + counted[nantong["chongchuan-old"]]
    assert moved[nantong["chongchuan"]] == merged


def test_a_merged_district_cannot_be_taken_apart_again(nantong):
    keys = ("chongchuan", "haimen", "t320611006", "t320681101")

    mapped = map_onto(NOW, THEN, [nantong[key] for key in keys])

    assert [mapped[nantong[key]] for key in keys] == [
        [],
        [(nantong["haimen"], 1)],
        [(nantong["t320611006"], 1)],
        [(nantong["qidong"], 1)],
    ]


def test_a_split_carries_its_shares(small_tree):
    west = small_tree["west"]
    on = dt.date(2015, 1, 1)
    left = found("left", "左县", Level.COUNTY, small_tree["city"], on, by=None)
    right = found("right", "右县", Level.COUNTY, small_tree["city"], on, by=None)
    split(west, {left: Decimal("0.6"), right: Decimal("0.4")}, Decree(on), by=None)

    mapped = map_onto(dt.date(2014, 1, 1), dt.date(2016, 1, 1), [west.pk])

    assert mapped == {west.pk: [(left.pk, Decimal("0.6")), (right.pk, Decimal("0.4"))]}


def test_the_history_tells_the_merger_from_both_sides(nantong):
    for key in ("gangzha", "chongchuan", "chongchuan-old"):
        (event,) = history_of(Division.objects.get(key=key)).events

        assert event.change.kind == ChangeKind.MERGE
        assert event.change.document == "苏政发〔2020〕60号"
        assert [name for _division, name in event.before] == ["崇川区", "港闸区"]
        assert [(one.key, name) for one, name in event.after] == [("chongchuan", "崇川区")]


def test_the_history_tells_names_codes_and_the_three_dates(nantong):
    history = history_of(Division.objects.get(key="haimen"))

    assert [version.name for version in history.versions] == ["海门市", "海门区"]
    assert [code.code for code in history.codes] == ["320684", "320684", "320614", "320614"]
    change = history.events[0].change
    assert (change.decided_on, change.published_on, change.effective_on) == (
        dt.date(2020, 7, 3),
        dt.date(2020, 7, 17),
        MERGER,
    )


@pytest.mark.parametrize("key", ["chongchuan", "t320623100", "jiangsu"])
def test_a_history_costs_the_same_for_any_division(nantong, django_assert_max_num_queries, key):
    division = Division.objects.get(key=key)

    with django_assert_max_num_queries(8):
        history_of(division)


def test_a_small_and_a_large_tree_cost_one_query_each(
    small_tree, django_assert_num_queries, nantong
):
    for root in (small_tree["city"].pk, small_tree["north"].pk, nantong["nantong"], None):
        with django_assert_num_queries(1):
            tree = tree_on(NOW, root=root)
            names = [child.name for node in tree for child in tree.children(node.id)]
        assert len(names) == len(tree) - len(tree.roots)


def test_lineage_costs_two_queries_for_one_and_for_all(nantong, django_assert_num_queries):
    for ids in ([nantong["gangzha"]], list(nantong.values())):
        with django_assert_num_queries(2):
            map_onto(THEN, NOW, ids)
