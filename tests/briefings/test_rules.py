"""The places for live content in a paragraph, and the numerals of headings."""

import pytest

from tongxin.briefings.rules import (
    Literal,
    Place,
    figures_named,
    heading,
    numeral,
    pieces_of,
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("只有字。", [Literal("只有字。")]),
        ("[[figure a.b]]", [Place("figure", "a.b")]),
        (
            "前[[list groups]]中[[count groups]]后",
            [
                Literal("前"),
                Place("list", "groups"),
                Literal("中"),
                Place("count", "groups"),
                Literal("后"),
            ],
        ),
        ("[[figure x?level=city]]", [Place("figure", "x?level=city")]),
        ("[[figure  two]]", [Place("figure", "two")]),
        # What is not a known place stays as it was written.
        ("[[call os.system]]", [Literal("[[call os.system]]")]),
        ("[[figure]]", [Literal("[[figure]]")]),
        ("[[figure a b]]", [Literal("[[figure a b]]")]),
        ("[[figure {{x}}]]", [Literal("[[figure {{x}}]]")]),
        (f"[[figure {'a' * 81}]]", [Literal(f"[[figure {'a' * 81}]]")]),
    ],
)
def test_a_paragraph_is_cut_into_words_and_places(text, pieces):
    assert list(pieces_of(text)) == pieces


def test_nothing_of_a_paragraph_is_lost():
    text = "一[[figure a]]二[[oops b]]三[[list c]]"
    rebuilt = "".join(
        piece.text if isinstance(piece, Literal) else f"[[{piece.kind} {piece.name}]]"
        for piece in pieces_of(text)
    )

    assert rebuilt == text


def test_only_figures_are_named_as_figures():
    assert figures_named("[[figure a]]，[[list b]]，[[figure c?level=d]]") == ["a", "c?level=d"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (4, "四"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (0, "0"),
        (100, "100"),
        (-3, "-3"),
    ],
)
def test_numbers_are_put_into_chinese_numerals(number, words):
    assert numeral(number) == words


def test_a_heading_of_the_first_level_is_numbered():
    assert heading(3, "一“地区”一“品牌”") == "三、一“地区”一“品牌”"
