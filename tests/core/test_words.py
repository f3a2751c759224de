"""Words that depend on the reader's language, and words that must not."""

import pytest
from django.utils.translation import gettext_lazy, override

from tongxin.core.words import in_source_language, inline, listed


@pytest.mark.parametrize(
    ("label", "within"),
    [("Start date", "start date"), ("JSON", "JSON"), ("开始日期", "开始日期"), ("", "")],
)
def test_a_label_within_a_sentence_keeps_only_the_capitals_of_an_abbreviation(label, within):
    assert inline(label) == within


def test_a_lazy_label_is_read_when_it_is_shown():
    label = inline(gettext_lazy("开始日期"))

    with override("en"):
        assert str(label) == "start date"
    with override("zh-hans"):
        assert str(label) == "开始日期"


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "甲、乙"), ("en", "甲, 乙")])
def test_names_are_parted_as_the_language_parts_them(language, text):
    with override(language):
        assert listed(["甲", "乙"]) == text


def test_words_that_are_kept_are_those_of_the_source_language():
    with override("en"), in_source_language():
        assert listed(["甲", "乙"]) == "甲、乙"
