"""Each change of the tree: what it writes, what it leaves in the journal, when it is refused."""

import datetime as dt
from decimal import Decimal

import pytest

from tongxin.core.errors import Refused
from tongxin.divisions.actions import (
    Decree,
    add_alias,
    found,
    load_divisions,
    merge,
    rebuild_reach,
    rename,
    split,
    transfer,
    upgrade,
)
from tongxin.divisions.choices import ChangeKind, Level
from tongxin.divisions.models import Alias, Change, Code, Division, Reach, Succession, Version
from tongxin.divisions.queries import names_on, path_on, reaches, successors_on, tree_on
from tongxin.journal.models import Entry

ON = dt.date(2015, 6, 1)
EVE = dt.date(2015, 5, 31)
DECREE = Decree(ON, dt.date(2015, 5, 1), dt.date(2015, 5, 10), "甲政发〔2015〕1号", "样例")
OURS = (Alias, Change, Code, Division, Reach, Succession, Version)


def everything():
    """All rows of the room and of the journal, to see that a refusal leaves none."""
    return {model.__name__: sorted(model.objects.values_list()) for model in (*OURS, Entry)}


def last_entry():
    entry = Entry.objects.order_by("id").last()
    return entry.verb, entry.subject_name


def refused(problem, act):
    """Do what is to be refused; see that it is, for this reason, and that no row was touched."""
    before = {name: [str(row) for row in rows] for name, rows in everything().items()}
    with pytest.raises(Refused) as refusal:
        act()
    assert [found_problem.code for found_problem in refusal.value.problems] == [problem]
    assert {name: [str(row) for row in rows] for name, rows in everything().items()} == before


def test_a_renamed_division_stays_the_same(small_tree):
    east = small_tree["east"]

    rename(east, "东升县", DECREE, by=None)

    assert [names_on([east.pk], day)[east.pk] for day in (EVE, ON)] == ["东县", "东升县"]
    change = Change.objects.get()
    assert (change.kind, change.document) == (ChangeKind.RENAME, "甲政发〔2015〕1号")
    assert (change.decided_on, change.published_on) == (dt.date(2015, 5, 1), dt.date(2015, 5, 10))
    assert list(Succession.objects.values_list("predecessor", "successor", "share")) == [
        (east.pk, east.pk, 1)
    ]
    assert reaches([east.pk], small_tree["north"].pk, ON)


def test_the_journal_keeps_what_a_renaming_changed(small_tree):
    rename(small_tree["east"], "东升县", DECREE, by=None)

    entry = Entry.objects.order_by("id").last()
    assert (entry.verb, entry.subject_name) == ("divisions.rename", "east")
    assert (entry.before["name"], entry.after["name"]) == ("东县", "东升县")
    assert entry.facts == {"document": "甲政发〔2015〕1号"}


def test_an_upgrade_changes_name_and_code_and_keeps_the_identity(small_tree):
    east = small_tree["east"]

    upgrade(east, DECREE, by=None, name="东市", codes={"stats": "110185"})

    codes = east.codes.order_by("code").values_list("code", "since", "until")
    assert list(codes) == [("110121", None, ON), ("110185", ON, None)]
    assert names_on([east.pk], ON) == {east.pk: "东市"}
    assert last_entry() == ("divisions.upgrade", "east")


def test_a_transferred_division_takes_its_place_under_another_parent(small_tree):
    north = small_tree["north"]

    transfer(north, small_tree["west"], DECREE, by=None, codes={"stats": "110122100"})

    assert [node.name for node in path_on(north.pk, EVE)] == ["甲市", "东县", "北镇"]
    assert [node.name for node in path_on(north.pk, ON)] == ["甲市", "西县", "北镇"]
    assert not reaches([small_tree["east"].pk], north.pk, ON)
    assert last_entry() == ("divisions.transfer", "north")


def test_two_events_of_one_day_make_one_version(small_tree):
    north = small_tree["north"]

    transfer(north, small_tree["west"], DECREE, by=None, codes={"stats": "110122100"})
    upgrade(north, DECREE, by=None, name="北街道", codes={"stats": "110122001"})

    assert [(row.name, row.since) for row in north.versions.order_by("id")] == [
        ("北镇", None),
        ("北街道", ON),
    ]
    assert [node.name for node in path_on(north.pk, ON)] == ["甲市", "西县", "北街道"]
    assert sorted(north.codes.values_list("code", flat=True)) == ["110121100", "110122001"]


def test_a_merger_closes_the_merged_and_leaves_its_records_to_the_successor(small_tree):
    north, south, west = (small_tree[key] for key in ("north", "south", "west"))

    merge([south], north, DECREE, by=None)

    assert south.pk not in tree_on(ON)
    assert successors_on(south.pk, ON) == [(north.pk, 1)]
    assert [reaches([north.pk], south.pk, day) for day in (EVE, ON)] == [False, True]
    assert not reaches([west.pk], south.pk, ON)
    assert last_entry() == ("divisions.merged", "south")


def test_a_division_with_others_below_it_is_not_merged_away(small_tree):
    refused(
        "divisions.has_children",
        lambda: merge([small_tree["east"]], small_tree["west"], DECREE, by=None),
    )


def test_what_stood_below_may_move_on_the_day_of_the_merger(small_tree):
    east, west = small_tree["east"], small_tree["west"]
    for key in ("north", "south"):
        transfer(small_tree[key], west, DECREE, by=None)

    merge([east], west, DECREE, by=None)

    assert tree_on(ON).subtree(small_tree["city"].pk)[1:2] == [west.pk]
    assert [reaches([west.pk], east.pk, day) for day in (EVE, ON)] == [False, True]


def test_a_split_keeps_its_shares(small_tree):
    south = small_tree["south"]
    new = found("new", "新镇", Level.TOWN, small_tree["east"], ON, by=None)

    shares = {small_tree["north"]: Decimal("0.25"), new: Decimal("0.75")}
    split(south, shares, DECREE, by=None)

    assert successors_on(south.pk, ON) == [
        (small_tree["north"].pk, Decimal("0.25")),
        (new.pk, Decimal("0.75")),
    ]
    assert last_entry() == ("divisions.split", "south")


def test_a_division_that_gives_a_part_away_lives_on(small_tree):
    south = small_tree["south"]
    new = found("new", "新镇", Level.TOWN, small_tree["east"], ON, by=None)

    split(south, {south: Decimal("0.9"), new: Decimal("0.1")}, DECREE, by=None)

    assert south.pk in tree_on(ON)
    assert not reaches([new.pk], south.pk, ON)


def test_shares_that_do_not_make_one_whole_are_refused(small_tree):
    shares = {small_tree["north"]: Decimal("0.5")}

    refused("divisions.shares", lambda: split(small_tree["south"], shares, DECREE, by=None))


@pytest.mark.parametrize(
    ("problem", "change"),
    [
        ("divisions.nothing_changes", lambda tree: rename(tree["east"], "东县", DECREE, by=None)),
        (
            "divisions.code_taken",
            lambda tree: upgrade(tree["east"], DECREE, by=None, codes={"stats": "110122"}),
        ),
        (
            "divisions.not_above",
            lambda tree: transfer(tree["east"], tree["north"], DECREE, by=None),
        ),
        (
            "divisions.not_above",
            lambda tree: upgrade(tree["south"], DECREE, by=None, level=Level.CITY),
        ),
        (
            "divisions.too_early",
            lambda tree: rename(tree["south"], "新", Decree(dt.date(2009, 1, 1)), by=None),
        ),
        (
            "divisions.too_early",
            lambda tree: merge(
                [tree["south"]], tree["north"], Decree(dt.date(2010, 1, 1)), by=None
            ),
        ),
        (
            "divisions.key_taken",
            lambda tree: found("east", "另县", Level.COUNTY, tree["city"], None, by=None),
        ),
        (
            "divisions.parent_absent",
            lambda tree: found(
                "new", "新村", Level.COMMUNITY, tree["south"], dt.date(2009, 1, 1), by=None
            ),
        ),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_and_leaves_nothing(small_tree, problem, change):
    refused(problem, lambda: change(small_tree))


def test_a_division_that_has_ended_is_not_changed_any_more(small_tree):
    merge([small_tree["south"]], small_tree["north"], DECREE, by=None)

    refused(
        "divisions.ended",
        lambda: rename(small_tree["south"], "南街道", Decree(dt.date(2016, 1, 1)), by=None),
    )


def test_a_division_is_not_put_below_itself(small_tree):
    Version.objects.filter(division=small_tree["city"]).update(parent=small_tree["north"])

    refused("divisions.loop", rebuild_reach)


def test_an_alias_is_noted_once(small_tree):
    add_alias(small_tree["east"], "老东县", by=None, source="样例")

    assert last_entry() == ("divisions.alias_added", "east")
    refused("divisions.alias_known", lambda: add_alias(small_tree["east"], "老 东县", by=None))


def test_a_new_division_stands_last_unless_told_otherwise(small_tree):
    found("second", "中县", Level.COUNTY, small_tree["city"], None, by=None, position=2)
    found("last", "末县", Level.COUNTY, small_tree["city"], None, by=None)

    children = tree_on(ON).children(small_tree["city"].pk)
    assert [node.name for node in children] == ["东县", "西县", "中县", "末县"]


def test_loading_again_changes_nothing(nantong):
    before = everything()

    assert load_divisions() == 0
    assert everything() == before


def test_loading_leaves_one_entry_and_what_was_there_stays(db):
    city = found("jiangsu", "江苏", Level.PROVINCE, None, None, by=None)

    assert load_divisions() == len(set(Division.objects.values_list("key"))) - 1
    assert names_on([city.pk], ON) == {city.pk: "江苏"}
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "divisions.founded",
        "divisions.loaded",
    ]


def test_loading_takes_few_queries(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        load_divisions()


def test_reach_computed_again_is_the_same(nantong):
    columns = ("ancestor", "descendant", "since", "until")
    before = set(Reach.objects.values_list(*columns))

    assert rebuild_reach() == len(before)
    assert set(Reach.objects.values_list(*columns)) == before
