"""What a password must be, with the remedy in the refusal."""

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from tongxin.accounts.models import Account

LI = Account(username="lichunlan", display_name="李春兰", email="chunlan.li@example.org")


def refusal(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, LI)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "密码至少 12 个字符，现在 5 个。加长"),
        ("elevenchars", "现在 11 个"),
        ("password1234", "很多人在用"),
        ("1q2w3e4r5t6y", "很多人在用"),
        ("Tongxin@2026", "很多人在用"),
        ("nantong12345678", "很多人在用"),
        ("lichunlan2026", "和用户名或姓名太像"),
        ("LiChunLan!!88", "和用户名或姓名太像"),
        ("nalnuhcil-123", "和用户名或姓名太像"),
        ("chunlan.li-09", "和用户名或姓名太像"),
        ("lichunlanlichunlan", "和用户名或姓名太像"),
    ],
)
def test_what_would_be_guessed_is_refused_with_the_remedy(password, words):
    assert words in refusal(password)


@pytest.mark.parametrize(
    "password",
    [
        "three cups of green tea",
        "河边的第三棵柳树下有一只猫",
        "only small letters here",
        "lichunlan drinks three cups of tea",
        "138001380001380",
    ],
)
def test_whatever_nobody_would_guess_is_taken_of_whatever_characters(password):
    validate_password(password, LI)


def test_a_short_name_is_no_clue():
    validate_password("three cups of lilac", Account(username="li", display_name="李"))


def test_the_rules_are_told_before_they_are_broken():
    assert password_validators_help_texts() == [
        "至少 12 个字符，可以是一句话",
        "不用常见的密码",
        "不和用户名、姓名相像",
    ]
