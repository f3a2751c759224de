"""The rules of the tree: spans, shares, reach and descent, as tables and against brute force."""

import datetime as dt
import itertools
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongxin.core.dates import Span
from tongxin.divisions.choices import Level
from tongxin.divisions.rules import (
    Descent,
    Heir,
    Holding,
    LoopFound,
    Standing,
    apportion,
    compose_reach,
    ends_on,
    is_path,
    joined,
    near_names,
    nearest,
    shares_add_up,
    short_code,
    stands_above,
)

ONE = Decimal(1)
HALF = Decimal("0.5")
FIRST = dt.date(2000, 1, 1)


def day(number):
    return FIRST + dt.timedelta(days=number)


def span(since=None, until=None):
    return Span(
        None if since is None else day(since),
        None if until is None else day(until),
    )


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([], []),
        ([span(1, 2), span(2, 3)], [span(1, 3)]),
        ([span(2, 3), span(1, 2), span(5, 6)], [span(1, 3), span(5, 6)]),
        ([span(1, 9), span(2, 3)], [span(1, 9)]),
        ([span(None, 3), span(3, None)], [span()]),
        ([span(1, None), span(4, 6)], [span(1, None)]),
        ([span(3, 3), span(1, 2)], [span(1, 2)]),
    ],
)
def test_spans_that_touch_become_one(spans, whole):
    assert joined(spans) == whole


@pytest.mark.parametrize(
    ("spans", "end"),
    [([span(1, 2), span(4, 6)], day(6)), ([span(1, 9), span(2, None)], None)],
)
def test_a_life_ends_when_its_last_span_ends(spans, end):
    assert ends_on(spans) == end


@pytest.mark.parametrize(
    ("asked", "name"),
    [(0, "first"), (3, "first"), (5, "first"), (6, "second"), (20, "second")],
)
def test_the_nearest_is_what_holds_else_what_held_last_else_what_comes_first(asked, name):
    dated = [(span(6, 8), "second"), (span(2, 4), "first")]

    assert nearest(dated, day(asked)) == name


def test_nothing_is_nearest_among_nothing():
    assert nearest([], FIRST) is None


@pytest.mark.parametrize(
    ("upper", "lower", "answer"),
    [
        (Level.PROVINCE, Level.CITY, True),
        (Level.CITY, Level.TOWN, True),
        (Level.COUNTY, Level.COUNTY, False),
        (Level.COMMUNITY, Level.TOWN, False),
    ],
)
def test_a_parent_is_of_a_higher_level(upper, lower, answer):
    assert stands_above(upper, lower) is answer


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        (10, ["0.6", "0.4"], [6, 4]),
        (1, ["0.5", "0.5"], [1, 0]),
        (7, ["0.33333", "0.33333", "0.33334"], [2, 2, 3]),
        (0, ["0.9", "0.1"], [0, 0]),
        (-3, ["0.5", "0.5"], [-1, -2]),
    ],
)
def test_a_total_is_divided_by_largest_remainder(total, shares, parts):
    assert apportion(total, [Decimal(share) for share in shares]) == parts


def test_nothing_can_be_divided_by_no_shares():
    with pytest.raises(ValueError, match="more than nothing"):
        apportion(5, [])


@given(
    st.integers(min_value=-(10**12), max_value=10**12),
    st.lists(st.decimals("0.00001", 1, places=5), min_size=1, max_size=12),
)
def test_dividing_loses_nothing_and_no_part_is_off_by_one(total, shares):
    parts = apportion(total, shares)

    assert sum(parts) == total
    assert all(
        abs(part - total * share / sum(shares)) < 1
        for part, share in zip(parts, shares, strict=True)
    )


@pytest.mark.parametrize(
    ("shares", "answer"),
    [
        (["0.6", "0.4"], True),
        (["1"], True),
        (["0.6", "0.3"], False),
        (["1.2", "-0.2"], False),
        ([], False),
    ],
)
def test_shares_make_one_whole(shares, answer):
    assert shares_add_up(Decimal(share) for share in shares) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", True),
        ("崇川区", True),
        ("南通市崇川区", True),
        ("江苏省崇川区", True),
        ("开发区", True),
        ("崇川区南通市", False),
        ("港闸区", False),
        ("崇川", False),
    ],
)
def test_a_path_is_made_of_names_from_above_in_order(text, answer):
    assert is_path(text, [{"江苏省"}, {"南通市"}, {"崇川区", "开发区"}]) is answer


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("320602005000", "320602005"),
        ("320602000000", "320602"),
        ("320602005001", "320602005001"),
        ("320600", "320600"),
        ("320000", "320000"),
    ],
)
def test_only_the_zeros_that_fill_a_code_up_are_left_out(code, short):
    assert short_code(code) == short


def test_near_names_share_more_than_the_word_of_their_level():
    names = ["虹桥街道", "和平桥街道", "文峰街道", "虹桥街道"]

    assert near_names("红桥街道", names) == ["虹桥街道", "和平桥街道"]


CITY, OLD, OTHER, NEW, TOWN = range(1, 6)
MERGER = [
    Standing(CITY, None, span()),
    Standing(OLD, CITY, span(None, 10)),
    Standing(OTHER, CITY, span(None, 10)),
    Standing(NEW, CITY, span(10, None)),
    Standing(TOWN, OTHER, span(None, 10)),
    Standing(TOWN, NEW, span(10, None)),
]
HEIRS = [Heir(OLD, NEW, ONE, day(10)), Heir(OTHER, NEW, ONE, day(10))]


def test_the_successor_reaches_the_predecessors_from_the_day_of_the_merger_on():
    assert sorted(compose_reach(MERGER, HEIRS)) == sorted(
        [
            (CITY, CITY, None, None),
            (CITY, OLD, None, None),
            (CITY, OTHER, None, None),
            (CITY, NEW, day(10), None),
            (CITY, TOWN, None, None),
            (OLD, OLD, None, day(10)),
            (OTHER, OTHER, None, day(10)),
            (OTHER, TOWN, None, day(10)),
            (NEW, NEW, day(10), None),
            (NEW, OLD, day(10), None),
            (NEW, OTHER, day(10), None),
            (NEW, TOWN, day(10), None),
            (TOWN, TOWN, None, None),
        ]
    )


def test_a_unit_that_left_no_successor_stays_in_sight_of_its_last_parent():
    standings = [Standing(1, None, span()), Standing(2, 1, span(None, 5))]

    assert (1, 2, None, None) in compose_reach(standings, [])


def test_a_unit_that_gave_a_part_away_keeps_its_own_records():
    standings = [Standing(1, None, span()), Standing(2, 1, span()), Standing(3, 1, span(5))]
    heirs = [Heir(2, 2, HALF, day(5)), Heir(2, 3, HALF, day(5))]

    assert [row for row in compose_reach(standings, heirs) if row[:2] == (3, 2)] == []


@pytest.mark.parametrize(
    "standings",
    [
        [Standing(1, 1, span())],
        [Standing(1, 2, span()), Standing(2, 1, span(5))],
        [Standing(1, 2, span(0, 9)), Standing(2, 3, span(3, 5)), Standing(3, 1, span(4, 6))],
    ],
)
def test_a_division_below_itself_is_refused(standings):
    with pytest.raises(LoopFound, match="below each other"):
        compose_reach(standings, [])


def test_two_divisions_may_change_places_at_different_times():
    standings = [
        Standing(1, 2, span(None, 5)),
        Standing(1, None, span(5)),
        Standing(2, None, span(None, 5)),
        Standing(2, 1, span(5)),
    ]

    assert sorted(compose_reach(standings, [])) == sorted(
        [(1, 1, None, None), (2, 2, None, None), (2, 1, None, day(5)), (1, 2, day(5), None)]
    )


@st.composite
def dated_trees(draw):
    """Draw lives, parents with smaller numbers, and successors with greater ones."""
    size = draw(st.integers(2, 9))
    standings, heirs = [], []
    for division in range(size):
        since = draw(st.none() | st.integers(0, 12))
        cuts = draw(st.lists(st.integers((since or 0) + 1, 25), max_size=2, unique=True))
        bounds = [since, *sorted(cuts)]
        bounds.append(draw(st.none() | st.integers(26, 30)))
        for start, end in itertools.pairwise(bounds):
            parent = draw(st.none() | st.integers(0, division - 1)) if division else None
            standings.append(Standing(division, parent, span(start, end)))
    for division in range(size - 1):
        for _ in range(draw(st.integers(0, 2))):
            successor = draw(st.integers(division + 1, size - 1))
            heirs.append(Heir(division, successor, HALF, day(draw(st.integers(20, 34)))))
    return standings, heirs


def walked(standings, heirs, on):
    """Who reaches whom on one day, by walking the day's own steps and nothing else."""
    ends = {row.division: None for row in standings}
    for division in ends:
        untils = [row.span.until for row in standings if row.division == division]
        ends[division] = None if None in untils else max(untils)
    alive = {row.division for row in standings if on in row.span}

    def ups(division):
        found = {row.parent for row in standings if row.division == division and on in row.span}
        end = ends[division]
        if end is not None and end <= on:
            mine = [heir for heir in heirs if heir.predecessor == division and heir.since >= end]
            found |= {heir.successor for heir in mine if heir.since <= on}
            if not found:
                mine = [row for row in standings if row.division == division]
                found = {max(mine, key=lambda row: row.span.until).parent}
        return found - {None}

    def climb(division, way):
        if division in way:
            raise LoopFound(way)
        yield division
        for upper in ups(division):
            yield from climb(upper, (*way, division))

    return {
        (upper, division) for division in ends for upper in climb(division, ()) if upper in alive
    }


@settings(max_examples=150, deadline=None)
@given(dated_trees())
def test_reach_is_what_walking_up_day_by_day_finds(tree):
    standings, heirs = tree
    try:
        expected = [walked(standings, heirs, day(number)) for number in range(-1, 38)]
    except LoopFound:
        with pytest.raises(LoopFound):
            compose_reach(standings, heirs)
        return

    rows = compose_reach(standings, heirs)

    for number, pairs in zip(range(-1, 38), expected, strict=True):
        standing = [row for row in rows if day(number) in Span(row.since, row.until)]
        assert {row[:2] for row in standing} == pairs
        assert len(standing) == len(pairs)


def test_reach_takes_as_long_for_each_division_of_a_larger_tree():
    def seconds(counties):
        rows = [Standing(0, None, span())]
        for county in range(1, counties + 1):
            rows.append(Standing(county, 0, span()))
            rows += [Standing(county * 100 + town + 10**6, county, span()) for town in range(20)]
        start = process_time()
        compose_reach(rows, [])
        return process_time() - start

    seconds(50)

    # Eight times the divisions: linear work is 8 times, quadratic work would be 64 times.
    assert seconds(800) < 30 * max(seconds(100), 0.001)


A, B, C, D, E, F = range(10, 16)
LIVES = [
    Standing(1, None, span()),
    Standing(A, 1, span(None, 10)),
    Standing(B, 1, span(10, 20)),
    Standing(C, 1, span(20, None)),
    Standing(D, 1, span(20, None)),
    Standing(E, 1, span()),
    Standing(F, C, span(25, 30)),
]
CHAIN = [
    Heir(A, B, ONE, day(10)),
    Heir(B, C, Decimal("0.6"), day(20)),
    Heir(B, D, Decimal("0.3"), day(20)),
    Heir(B, E, Decimal("0.1"), day(20)),
    Heir(E, E, ONE, day(15)),
]


@pytest.mark.parametrize(
    ("division", "start", "goal", "held"),
    [
        (A, 5, 5, [(A, "1")]),
        (A, 5, 12, [(B, "1")]),
        (A, 5, 20, [(C, "0.6"), (D, "0.3"), (E, "0.1")]),
        (A, 40, 40, [(C, "0.6"), (D, "0.3"), (E, "0.1")]),
        (E, 5, 40, [(E, "1")]),
        (F, 26, 40, [(C, "1")]),
        (C, 22, 15, [(B, "1")]),
        (D, 22, 5, [(A, "1")]),
        (E, 22, 5, []),
        (F, 26, 22, [(C, "1")]),
        (F, 26, 5, [(A, "1")]),
        (99, 5, 6, []),
        (99, 6, 5, []),
    ],
)
def test_facts_are_carried_along_the_changes_between_two_days(division, start, goal, held):
    descent = Descent(LIVES, CHAIN)

    assert descent.holders(division, day(start), day(goal)) == tuple(
        Holding(holder, Decimal(share)) for holder, share in held
    )


def test_a_split_that_leaves_the_old_unit_standing_shares_only_what_was_before():
    lives = [Standing(1, None, span()), Standing(2, 1, span(10, None))]
    descent = Descent(lives, [Heir(1, 1, HALF, day(10)), Heir(1, 2, HALF, day(10))])

    assert descent.holders(1, day(5), day(15)) == ((1, HALF), (2, HALF))
    assert descent.holders(1, day(12), day(15)) == ((1, ONE),)


def test_units_split_and_joined_again_add_their_shares():
    lives = [
        Standing(1, None, span(None, 5)),
        Standing(2, None, span(5, 9)),
        Standing(3, None, span(5, 9)),
        Standing(4, None, span(9)),
    ]
    heirs = [
        Heir(1, 2, Decimal("0.7"), day(5)),
        Heir(1, 3, Decimal("0.3"), day(5)),
        Heir(2, 4, ONE, day(9)),
        Heir(3, 4, ONE, day(9)),
    ]

    assert Descent(lives, heirs).holders(1, day(0), day(9)) == ((4, ONE),)


def test_a_part_whose_holder_is_unknown_leaves_the_whole_unknown():
    lives = [
        Standing(1, None, span(None, 5)),
        Standing(2, None, span(5)),
        Standing(3, None, span(5, 9)),
    ]
    heirs = [Heir(1, 2, HALF, day(5)), Heir(1, 3, HALF, day(5))]

    assert Descent(lives, heirs).holders(1, day(0), day(12)) == ()


def test_a_unit_that_left_no_successor_has_none():
    assert Descent(LIVES, CHAIN).successors(F, day(40)) == ()
    assert Descent(LIVES, CHAIN).successors(E, day(40)) == ((E, ONE),)
