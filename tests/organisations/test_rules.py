"""The unified code, and what a kind and a status ask of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from tests import factories as make
from tongxin.organisations.rules import CHARACTERS, code_problems, is_whole, tidy_code

GOOD = make.credit_code(1)
WRONG_DIGIT = GOOD[:-1] + ("1" if GOOD[-1] != "1" else "2")


@pytest.mark.parametrize(
    ("code", "kind", "status", "found"),
    [
        (GOOD, "52", "registered", []),
        (make.credit_code(2, "51"), "51", "registered", []),
        (make.credit_code(3, "53"), "53", "pre_approved", []),
        ("", "52", "registered", ["organisations.no_code"]),
        ("", "community", "filed", []),
        ("", "52", "pre_approved", []),
        ("", "52", "deregistered", []),
        (GOOD[:17], "52", "registered", ["organisations.code_length"]),
        (GOOD + "0", "52", "registered", ["organisations.code_length"]),
        (WRONG_DIGIT, "52", "registered", ["organisations.code_check"]),
        ("O" + GOOD[1:], "52", "registered", ["organisations.code_characters"]),
        (GOOD[:8] + "邻" + GOOD[9:], "52", "registered", ["organisations.code_characters"]),
        (GOOD, "51", "registered", ["organisations.code_kind"]),
        # A community organisation may hold any code, and offices issue prefixes outside the list.
        (GOOD, "community", "filed", []),
        (make.credit_code(4, "59"), "52", "registered", []),
        (make.credit_code(5, "93"), "52", "registered", []),
    ],
)
def test_a_code_is_judged_by_length_characters_check_digit_and_kind(code, kind, status, found):
    problems = list(code_problems(code, kind, status))

    assert [problem.code for problem in problems] == found


def test_the_words_name_what_is_wrong_and_what_to_do():
    words = {
        code: " ".join(str(problem) for problem in code_problems(code, kind, "registered"))
        for code, kind in [("", "52"), (GOOD[:5], "52"), (WRONG_DIGIT, "52"), (GOOD, "51")]
    }

    assert "填写统一社会信用代码" in words[""]
    assert "现在 5 位" in words[GOOD[:5]]
    assert f"“{WRONG_DIGIT}”的最后一位校验不符" in words[WRONG_DIGIT]
    assert (
        "代码以 52 开头，那是“民办非企业单位（社会服务机构）”，种类选的是“社会团体”" in words[GOOD]
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("5132 0600-mj00", "51320600MJ00"), (f" {GOOD.lower()} ", GOOD), ("", "")],
)
def test_a_code_loses_its_spaces_and_dashes_and_is_put_in_capitals(typed, kept):
    assert tidy_code(typed) == kept


@given(st.text(CHARACTERS, min_size=15, max_size=15), st.text(max_size=2), st.integers(0, 17))
def test_a_whole_code_is_one_that_the_standard_takes(body, other, at):
    code = f"52{body}"
    checked = code + uscc.calc_check_digit(code)
    spoilt = checked[:at] + other + checked[at + 1 :]

    assert is_whole(checked) == uscc.is_valid(checked)
    assert is_whole(spoilt) == (uscc.is_valid(spoilt) and spoilt == uscc.compact(spoilt))
    assert tidy_code(spoilt) == uscc.compact(spoilt).upper()
