"""Chinese names compared, sorted by pinyin, and cut into the pieces that a search looks up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxin.core.text import (
    INITIALS_LENGTH,
    SORT_KEY_LENGTH,
    initials,
    number_in,
    pieces,
    pieces_wanted,
    plain,
    sort_key,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“同心·社会组织联盟” ＡＢ", "同心社会组织联盟ab"),
        ("91家纺网总部", "91家纺网总部"),
        ("（样例）", "样例"),
        ("　", ""),
        ("a\x00b", "ab"),
    ],
)
def test_names_are_compared_without_marks_and_widths(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("崇川区", "ccq"), ("如皋市", "rgs"), ("Ａ座 虹桥", "azhq"), ("91家", "91j"), ("", "")],
)
def test_initials_are_what_people_type(text, expected):
    assert initials(text) == expected


def test_names_stand_in_the_order_of_their_pinyin():
    names = ["通州区", "如皋市", "海安市", "崇川区", "启东市", "如东县"]

    assert sorted(names, key=sort_key) == [
        "崇川区",
        "海安市",
        "启东市",
        "如东县",
        "如皋市",
        "通州区",
    ]


def test_a_short_syllable_stands_before_the_longer_one_that_begins_with_it():
    assert sorted(["向阳", "西安"], key=sort_key) == ["西安", "向阳"]


def test_keys_of_endless_names_fit_their_columns():
    assert len(sort_key("长" * 500)) == SORT_KEY_LENGTH
    assert len(initials("长" * 500)) == INITIALS_LENGTH


def test_an_index_keeps_characters_and_pairs():
    assert pieces("虹桥街") == {"虹", "桥", "街", "虹桥", "桥街"}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [("", []), ("·", []), ("虹", ["虹"]), ("虹桥", ["虹桥"]), ("虹桥虹桥", ["虹桥", "桥虹"])],
)
def test_a_query_asks_for_its_pairs(query, wanted):
    assert pieces_wanted(query) == wanted


@given(st.text(max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_every_part_of_a_name_is_found_by_its_pieces(name, start, length):
    part = plain(name)[start : start + length]

    assert set(pieces_wanted(part)) <= pieces(name)


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("", None), ("-7", None), ("²", None), ("7.0", None), ("9" * 19, None)],
)
def test_an_address_carries_a_number_or_none(text, number):
    assert number_in(text) == number
