"""Numbers of people in free text: what is caught, what must not be, and how long it takes."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import credit_code
from tongxin.core.numbers_of_people import (
    CHAIN,
    HALF,
    IDENTITY_CHECKS,
    IDENTITY_WEIGHTS,
    LIKELY,
    SHORTEST,
    Kind,
    masked,
    numbers_in,
)

FACTS = Path(__file__).resolve().parents[2] / "tongxin" / "demo" / "facts"
ADVERSARIAL_SECONDS = 10.0  # a text read twice over takes minutes; a slow machine does not


def identity(body):
    total = sum(int(char) * weight for char, weight in zip(body, IDENTITY_WEIGHTS, strict=True))
    return body + IDENTITY_CHECKS[total % 11]


def card(body):
    """Return a card number with its check digit."""
    sums = sum(sum(map(int, str(int(char) * (2 - at % 2)))) for at, char in enumerate(body[::-1]))
    return body + str(-sums % 10)


PERSON = identity("32060219900307123")
PERSON_X = "11010519491231002X"
CARD = card("622202110200123456")
SHORT_CARD = card("622202110200123")


def kinds(text):
    return [each.kind for each in numbers_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        PERSON,
        PERSON_X,
        PERSON_X.lower(),
        f"联系人张某{PERSON}，住北镇",
        f"身份证号:{PERSON_X}。",
        f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}",
        f"{PERSON[:6]}-{PERSON[6:14]}-{PERSON[14:]}",
        " ".join(PERSON),
        PERSON.translate({0x30 + at: 0xFF10 + at for at in range(10)}),
        f"ID{PERSON}",
        f"（{PERSON}）",
        "320602900307123",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(text):
    assert kinds(text) == [Kind.IDENTITY]


@pytest.mark.parametrize(
    "text", [CARD, SHORT_CARD, " ".join(re.findall("....|...", CARD)), f"卡号{SHORT_CARD}"]
)
def test_a_bank_card_is_found(text):
    assert kinds(text) == [Kind.CARD]


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "8613812345678",
        "联系电话：13812345678，随时",
        "Tel13812345678",
        "0513-85099999",
        "051385099999",
        "13812345678@139.com",
        "13812345678个人手机",
    ],
)
def test_a_telephone_number_is_found_and_asked_about(text):
    assert kinds(text) == [Kind.TELEPHONE]
    assert not numbers_in(text)[0].blocked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "示范点12个，投入350万元",
        "通委办〔2017〕24号",
        "苏民发〔2017〕13812345678号",
        "13812345678元",
        "138123456789",
        "13812345678.50",
        "￥13812345678",
        "1,381,234,567,800",
        "2017-05-01 2017-06-01",
        "2017050120170601",
        "320600000012345",
        "注册号：320602900307123",
        "3.14159265358979323846",
        "52320613MJ0000001H",
        identity("32060219900307123")[:-1] + "0",
        "99010519491231002X",
        "110105194913310021",
        "1234567890123456",
        "1" * 25,
        "0512345678",
        "2026年11月24日12时30分",
        "https://example.org/2017/05/20170501123456.html",
        "图书 ISBN 978-7-01-018345-6",
    ],
)
def test_what_is_no_number_of_a_person_passes(text):
    assert kinds(text) == []


def test_no_credit_code_is_taken_for_a_person():
    codes = [
        credit_code(number, kind) for kind in ("51", "52", "53", "91") for number in range(999)
    ]

    assert [code for code in codes if any(each.blocked for each in numbers_in(code))] == []


def strings(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", sorted(FACTS.glob("*.json")), ids=lambda path: path.name)
def test_nothing_is_found_in_the_public_materials_of_the_pilot(path):
    texts = strings(json.loads(path.read_text(encoding="utf-8")))

    assert texts
    assert [text for text in texts if numbers_in(text)] == []


def test_what_was_found_is_shown_masked_and_the_rest_as_it_stands():
    text = f"张某 {PERSON_X}，电话 13812345678"

    assert masked(text) == "张某 110*************2X，电话 138******78"


def test_several_numbers_side_by_side_are_each_found():
    assert kinds(f"{PERSON} {PERSON_X} 13812345678 {CARD}") == [
        Kind.IDENTITY,
        Kind.IDENTITY,
        Kind.TELEPHONE,
        Kind.CARD,
    ]


@given(st.text(alphabet="0123456789 -Xx１a张", max_size=200))
def test_any_text_is_read_and_what_is_found_lies_within_it(text):
    found = numbers_in(text)

    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(len(each.masked) == each.end - each.start for each in found)


@given(st.text(alphabet="张李 ，。", max_size=20), st.text(alphabet="王五 ，。", max_size=20))
def test_an_identity_number_is_found_wherever_it_stands(before, after):
    assert Kind.IDENTITY in kinds(f"{before}{PERSON}{after}")


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "12345678901 ", "1234 ", "6222 ", "11010519491231002", "a1 ", "1-", "１　", "X"],
)
def test_a_hundred_kilobytes_made_to_be_slow_are_read_in_time(unit):
    text = (unit * 100_000)[:100_000] + "!"

    began = time.process_time()
    numbers_in(text)

    assert time.process_time() - began < ADVERSARIAL_SECONDS


@given(st.text(alphabet="12380６ -－a。", max_size=40))
def test_a_text_is_passed_over_only_where_no_run_is_long_enough(text):
    chains = CHAIN.finditer(text.translate(HALF))
    long = any(chain.end() - chain.start() >= SHORTEST for chain in chains)

    assert not long or LIKELY.search(text)
