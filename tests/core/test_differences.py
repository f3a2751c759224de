"""What changed between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxin.core.differences import AT_MOST, GAP, differences


def test_a_changed_word_stands_between_what_stayed():
    marks = differences("建在新城街道社区服务中心一楼", "建在新城街道党群服务中心一楼")

    assert marks == (
        ("same", "建在新城街道"),
        ("gone", "社区"),
        ("new", "党群"),
        ("same", "服务中心一楼"),
    )


def test_what_stayed_is_shortened_beside_the_change():
    before = "甲" * 40 + "一" + "乙" * 40

    marks = differences(before, before.replace("一", "二"))

    assert marks == (
        ("same", GAP + "甲" * 12),
        ("gone", "一"),
        ("new", "二"),
        ("same", "乙" * 12 + GAP),
    )


@pytest.mark.parametrize(
    ("before", "after"), [("甲乙丙丁", "一二三四"), ("", "甲"), ("甲" * (AT_MOST + 1), "甲")]
)
def test_another_text_has_no_differences_worth_marking(before, after):
    assert differences(before, after) is None


@given(st.text("甲乙ab1 ，\n", max_size=30), st.text("甲乙ab1 ，\n", max_size=30))
def test_marks_can_be_read_as_either_text(before, after):
    marks = differences(before, after)

    if marks is not None and not any(GAP in text for _kind, text in marks):
        assert "".join(text for kind, text in marks if kind != "new") == before
        assert "".join(text for kind, text in marks if kind != "gone") == after
