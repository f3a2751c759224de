"""The same records counted under the maps of different days: nothing lost, nothing twice."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from tests import factories as make
from tongxin.desk.queries import dashboard
from tongxin.divisions.actions import Decree, merge, rename, split
from tongxin.divisions.choices import Level
from tongxin.divisions.queries.children import children_on
from tongxin.indicators.catalogue import PROJECTS, RECOGNITIONS
from tongxin.indicators.queries import Asked, by_child, figure

pytestmark = pytest.mark.django_db

THEN = make.FACTS_ON
LATER = dt.date(2019, 1, 1)


def counts(asked, indicator):
    names = children_on(asked.division_id, asked.map_on)
    found = by_child(asked, indicator, names)
    return {names[child]: number for child, number in found.items()}


def test_the_recognitions_of_the_pilot_on_the_map_of_then_and_of_today(nantong):
    city = nantong.programme.division_id
    then = counts(Asked(nantong.programme, city, THEN, THEN), RECOGNITIONS)
    now = counts(Asked(nantong.programme, city, THEN, timezone.localdate()), RECOGNITIONS)

    assert then == {
        "海安县": 2,
        "如皋市": 2,
        "如东县": 1,
        "海门市": 1,
        "启东市": 1,
        "通州区": 2,
        "崇川区": 2,
        "港闸区": 1,
    }
    assert now == {
        "海安市": 2,
        "如皋市": 2,
        "如东县": 1,
        "海门区": 1,
        "启东市": 1,
        "通州区": 2,
        "崇川区": 3,
    }
    assert sum(then.values()) == sum(now.values()) == 12


def test_the_total_of_the_city_is_the_same_on_both_maps(nantong):
    for day in (THEN, timezone.localdate()):
        asked = Asked(nantong.programme, nantong.programme.division_id, THEN, day)
        assert str(figure(asked, RECOGNITIONS.key).counted) == "14项"
        board = dashboard(asked)
        at = 2
        assert board.totals[at] == 14
        assert board.own[at] == 2


def test_a_new_unit_shows_what_came_from_which_former_one(nantong):
    new = nantong.division("chongchuan")
    board = dashboard(Asked(nantong.programme, new.pk, THEN, timezone.localdate()))

    at = 2
    former = {child.key: child.counts[at] for child in board.children if child.former}
    assert former == {"chongchuan-old": 2, "gangzha": 1}
    assert board.totals[at] == 3
    assert board.own[at] is None


@pytest.fixture
def divided(small):
    """东县 splits into 新东县 and 西县 in 2019; its two records cannot be told apart."""
    tree = small.tree
    new = make.division("new-east", "新东县", Level.COUNTY, tree.city, LATER)
    old = make.division("old", "旧县", Level.COUNTY, tree.city)
    small.record("projects", place=old)
    small.record("projects", place=old)
    small.record("projects", place=tree.river)
    split(old, {new: Decimal("0.6"), tree.west: Decimal("0.4")}, Decree(LATER), by=None)
    return old, new


def test_a_unit_that_was_split_is_counted_once_and_stays_with_the_parent(small, divided):
    asked = Asked(small.pilot, small.tree.city.pk, THEN, LATER)

    assert counts(asked, PROJECTS) == {"西县": 1}
    board = dashboard(asked)
    at = 3
    assert (board.totals[at], board.own[at]) == (3, 2)
    assert str(figure(asked, PROJECTS.key).counted) == "3个"


def test_before_the_split_the_unit_counts_for_itself(small, divided):
    asked = Asked(small.pilot, small.tree.city.pk, THEN, THEN)

    assert counts(asked, PROJECTS) == {"旧县": 2, "西县": 1}


def test_each_heir_of_a_split_shows_the_former_unit_and_adds_up(small, divided):
    old, new = divided
    for heir, whole in [(new, 2), (small.tree.west, 3)]:
        board = dashboard(Asked(small.pilot, heir.pk, THEN, LATER))
        at = 3
        shown = sum(child.counts[at] or 0 for child in board.children) + (board.own[at] or 0)
        assert [child.key for child in board.children if child.former] == [old.key]
        assert board.totals[at] == whole == shown


def test_a_merged_unit_adds_to_the_one_it_became_part_of(small):
    tree = small.tree
    small.record("projects", place=tree.south)
    small.record("projects", place=tree.north)
    merge([tree.south], tree.north, Decree(LATER), by=None)
    asked = Asked(small.pilot, tree.east.pk, THEN, LATER)

    assert counts(asked, PROJECTS) == {"北镇": 2}


def test_a_unit_that_lives_on_after_giving_a_part_away_is_not_a_former_one(small):
    tree = small.tree
    giver = make.division("giver", "给县", Level.COUNTY, tree.city)
    small.record("projects", place=giver)
    rename(giver, "余县", Decree(dt.date(2010, 1, 1)), by=None)
    split(giver, {giver: Decimal("0.5"), tree.west: Decimal("0.5")}, Decree(LATER), by=None)

    board = dashboard(Asked(small.pilot, tree.west.pk, THEN, LATER))

    assert [child.name for child in board.children] == ["河镇"]
    assert board.own == (None,) * len(board.own)
