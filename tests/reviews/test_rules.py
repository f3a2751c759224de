"""What is noticed, who decides now, whose turn it is, and how long a step can be undone."""

import datetime as dt

import pytest

from tongxin.divisions.choices import Level
from tongxin.registers.choices import Stage
from tongxin.registers.rules import reaches_up_to, stage_after
from tongxin.reviews.rules import (
    accepts_its_own,
    changed_fields,
    hits,
    jumped,
    next_up,
    turn_problems,
    undo_problems,
)

NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("now", "alone", "draft", "answer"),
    [
        (None, False, False, Stage.SUBMITTED),
        (None, True, False, Stage.ACCEPTED),
        (None, False, True, Stage.DRAFT),
        (Stage.ACCEPTED, False, False, Stage.SUBMITTED),
        (Stage.ACCEPTED, True, False, Stage.ACCEPTED),
        (Stage.SUBMITTED, True, False, Stage.SUBMITTED),
        (Stage.RETURNED, True, False, Stage.SUBMITTED),
        (Stage.RETURNED, False, True, Stage.DRAFT),
        (Stage.DRAFT, False, False, Stage.SUBMITTED),
    ],
)
def test_how_far_a_record_is_after_it_was_written(now, alone, draft, answer):
    assert stage_after(now, alone=alone, draft=draft) == answer


@pytest.mark.parametrize(
    ("level", "wanted", "answer"),
    [
        (Level.COUNTY, "", True),
        (None, "", True),
        (Level.COUNTY, Level.CITY, False),
        (Level.CITY, Level.CITY, True),
        (Level.PROVINCE, Level.CITY, True),
        (None, Level.CITY, False),
    ],
)
def test_a_level_is_as_high_as_the_one_that_is_wanted(level, wanted, answer):
    assert reaches_up_to(level, wanted) is answer


@pytest.mark.parametrize(
    ("before", "now", "answer"),
    [
        (12, 108, True),
        (12, 36, True),
        (12, 35, False),
        ("36.00", "12", True),
        (0, 5, False),
        (None, 5, False),
        (5, None, False),
        ("words", 5, False),
    ],
)
def test_a_number_that_grew_or_shrank_threefold_is_noticed(before, now, answer):
    assert jumped(before, now) is answer


def test_what_differs_from_the_accepted_version():
    assert changed_fields({"name": "甲", "address": ""}, {"name": "甲", "address": "新"}) == [
        "address"
    ]
    assert changed_fields(None, {"name": "甲"}) == []


@pytest.mark.parametrize(
    ("before", "now", "same", "found"),
    [
        (None, {"place_state": "stated", "sessions": 9}, False, []),
        (None, {"place_state": "not_stated"}, False, ["no_place"]),
        (None, {"place_state": "unmatched"}, True, ["odd_place", "same_name"]),
        ({"sessions": 2}, {"place_state": "stated", "sessions": 9}, False, ["jump"]),
    ],
)
def test_what_a_reviewer_is_told_to_look_at(before, now, same, found):
    assert list(hits(before, now, ["sessions"], same_name=same)) == found


@pytest.mark.parametrize(
    ("stage", "author", "cosigner", "waits_for", "codes"),
    [
        (Stage.SUBMITTED, False, False, "", []),
        (Stage.SUBMITTED, True, False, "", ["reviews.own"]),
        (Stage.SUBMITTED, False, False, "王某", ["reviews.cosign"]),
        (Stage.SUBMITTED, False, True, "王某", []),
        (Stage.ACCEPTED, False, False, "", ["reviews.not_waiting"]),
        (Stage.DRAFT, True, False, "", ["reviews.not_waiting"]),
    ],
)
def test_who_may_not_decide_now(stage, author, cosigner, waits_for, codes):
    found = turn_problems(stage, author=author, cosigner=cosigner, waits_for=waits_for)

    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("seconds", "moved_on", "codes"),
    [
        (0, False, []),
        (10, False, []),
        (13, False, ["reviews.late"]),
        (5, True, ["reviews.moved_on"]),
    ],
)
def test_a_step_is_undone_within_ten_seconds(seconds, moved_on, codes):
    found = undo_problems(NOON, NOON + dt.timedelta(seconds=seconds), moved_on=moved_on)

    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("posted", "turn"),
    [([2, 3], 3), ([2], 2), ([1, 2], 2), ([], 3)],
)
def test_it_is_the_turn_of_the_nearest_above_in_which_somebody_accepts(posted, turn):
    levels = {1: Level.CITY, 2: Level.COUNTY, 3: Level.TOWN, 4: Level.COMMUNITY}

    assert next_up(levels, [1, 2, 3], posted) == turn


def test_where_nobody_is_above_nobody_is_next():
    assert next_up({4: Level.COUNTY}, [], [4]) is None
    assert [accepts_its_own(level) for level in (Level.CITY, Level.COUNTY, None)] == [
        True,
        False,
        False,
    ]
