"""Chinese names compared, sorted by pinyin, and cut into the pieces that a search looks up."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from tongxin.core.text import (
    INITIALS_LENGTH,
    MARKS,
    SORT_KEY_LENGTH,
    initials,
    next_after,
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


def read_at_once(text):
    """Return the plain text, its key and its letters without remembering anything."""
    before, now = None, text
    while now != before:
        before, folded = now, unicodedata.normalize("NFKC", now).casefold()
        now = "".join(char for char in folded if unicodedata.category(char)[0] not in MARKS)
    letters = "".join(lazy_pinyin(now, style=Style.FIRST_LETTER))
    return now, " ".join(lazy_pinyin(now))[:SORT_KEY_LENGTH], letters[:INITIALS_LENGTH]


NAMED = st.sampled_from(["银行", "行走", "重庆", "重", "会计", "社会", "绿", "１２", "·", "A´"])
ANY = st.characters(codec="utf-8")


@example(["绿", "行走", "重庆会计"])
@given(st.lists(st.one_of(NAMED, ANY, st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))))
def test_what_is_remembered_of_words_is_what_the_whole_text_says(parts):
    text = "".join(parts)

    assert (plain(text), sort_key(text), initials(text)) == read_at_once(text)


def test_a_short_syllable_stands_before_the_longer_one_that_begins_with_it():
    assert sorted(["向阳", "西安"], key=sort_key) == ["西安", "向阳"]


def test_keys_of_endless_names_fit_their_columns():
    assert len(sort_key("长" * 500)) == SORT_KEY_LENGTH
    assert len(initials("长" * 500)) == INITIALS_LENGTH


def test_an_index_keeps_what_begins_at_each_character():
    assert pieces("虹桥街") == {"虹桥街", "桥街", "街"}
    assert pieces("一二三四五六七") == {
        "一二三四五六",
        "二三四五六七",
        "三四五六七",
        "四五六七",
        "五六七",
        "六七",
        "七",
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", []),
        ("·", []),
        ("虹", ["虹"]),
        ("虹桥虹桥", ["虹桥虹桥"]),
        ("一二三四五六", ["一二三四五六"]),
        ("一二三四五六七八", ["一二三四五六", "二三四五六七", "三四五六七八"]),
    ],
)
def test_a_query_asks_for_itself_or_for_each_six_in_a_row(query, wanted):
    assert pieces_wanted(query) == wanted


@pytest.mark.parametrize(
    ("beginning", "after"), [("a", "b"), ("虹桥", "虹桦"), ("\ud7ff", "\ue000"), ("az", "a{")]
)
def test_what_begins_with_a_text_ends_before_the_next(beginning, after):
    assert next_after(beginning) == after
    assert beginning < beginning + "\U0010fffe" < after


@given(st.text(max_size=20))
def test_a_plain_text_is_plain(text):
    assert plain(plain(text)) == plain(text)


@example("A´", 0, 2)
@given(st.text(max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_every_part_of_a_name_is_found_by_its_pieces(name, start, length):
    part = plain(name)[start : start + length]

    for wanted in pieces_wanted(part):
        assert any(wanted <= piece < next_after(wanted) for piece in pieces(name))


@given(st.text(alphabet="一二三", max_size=9), st.text(alphabet="一二三", min_size=1, max_size=6))
def test_up_to_six_characters_are_found_where_they_stand_and_nowhere_else(name, part):
    found = any(part <= piece < next_after(part) for piece in pieces(name))

    assert found == (part in name)


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("", None), ("-7", None), ("²", None), ("7.0", None), ("9" * 19, None)],
)
def test_an_address_carries_a_number_or_none(text, number):
    assert number_in(text) == number
