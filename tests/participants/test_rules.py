"""What a consent must say before a name is kept."""

import datetime as dt
import hashlib

import pytest

from tongxin.participants.rules import (
    LONGEST_DAYS,
    WORDING,
    WORDINGS,
    Agreement,
    agreement_problems,
    hash_of,
    is_live,
    live_words,
)

TODAY = dt.date(2026, 11, 24)
DAY = dt.timedelta(days=1)
SAID = {
    "name": "张同意",
    "unit": "服务社",
    "contact": "",
    "purposes": ("listed",),
    "channel": "paper",
    "language": "zh-hans",
    "given_on": TODAY,
    "expires_on": TODAY + 365 * DAY,
}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"name": "  "}, ["no_name"]),
        ({"purposes": ()}, ["no_consent"]),
        ({"purposes": ("contact",)}, ["no_consent"]),
        ({"purposes": ("listed", "advertising")}, ["no_consent"]),
        ({"contact": "13812345678"}, ["no_contact"]),
        ({"contact": "13812345678", "purposes": ("listed", "contact")}, []),
        ({"contact": "11010519491231002X", "purposes": ("listed", "contact")}, ["number"]),
        ({"name": "张13812345678"}, ["number"]),
        ({"unit": "服务社 11010519491231002X"}, ["number"]),
        ({"channel": "silence"}, ["channel"]),
        ({"language": "fr"}, ["language"]),
        ({"wording": "1999-01"}, ["language"]),
        ({"given_on": None}, ["no_day"]),
        ({"given_on": TODAY + DAY}, ["future"]),
        ({"expires_on": None}, ["no_end"]),
        ({"expires_on": TODAY}, ["over"]),
        ({"given_on": TODAY - 9 * DAY, "expires_on": TODAY - DAY}, ["over"]),
        ({"expires_on": TODAY + LONGEST_DAYS * DAY}, []),
        ({"expires_on": TODAY + (LONGEST_DAYS + 1) * DAY}, ["too_long"]),
    ],
)
def test_a_name_is_kept_only_with_a_consent_that_says_enough(said, found):
    problems = agreement_problems(Agreement(**(SAID | said)), TODAY)

    assert [problem.code for problem in problems] == [f"participants.{code}" for code in found]


def test_a_consent_holds_up_to_but_not_including_the_day_on_which_it_expires():
    assert is_live(ended=False, expires_on=TODAY + DAY, today=TODAY)
    assert not is_live(ended=False, expires_on=TODAY, today=TODAY)
    assert not is_live(ended=True, expires_on=TODAY + DAY, today=TODAY)


def test_the_hash_is_that_of_the_words_that_were_read():
    text = WORDINGS[WORDING]["en"]

    assert hash_of(WORDING, "en") == hashlib.sha256(text.encode()).hexdigest()


def test_purposes_are_kept_in_one_order():
    assert live_words(("contact", "listed", "other")) == "listed,contact"
