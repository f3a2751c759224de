"""Numbers as offices write them, read and written back without losing 余 or 约."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxin.core.quantities import Qualifier, Quantity, parse

EXACT, AT_LEAST, ABOUT = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.ABOUT


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("3400余人", 3400, "人", AT_LEAST),
        ("３４００余人", 3400, "人", AT_LEAST),
        ("3400多人次", 3400, "人次", AT_LEAST),
        ("约60期", 60, "期", ABOUT),
        ("大约 60 期", 60, "期", ABOUT),
        ("近60期", 60, "期", ABOUT),
        ("约3400余人", 3400, "人", AT_LEAST),
        ("60余期", 60, "期", AT_LEAST),
        ("437", 437, "", EXACT),
        ("437家", 437, "家", EXACT),
        ("2000万元", 20_000_000, "元", EXACT),
        ("2000万元/年", 20_000_000, "元/年", EXACT),
        ("2千万元", 20_000_000, "元", EXACT),
        ("２千万元", 20_000_000, "元", EXACT),
        ("3百人", 300, "人", EXACT),
        ("1.5亿元", 150_000_000, "元", EXACT),
        ("2000余万元", 20_000_000, "元", AT_LEAST),
        ("2000万余元", 20_000_000, "元", AT_LEAST),
        ("3万多人", 30_000, "人", AT_LEAST),
        ("20,000,000元", 20_000_000, "元", EXACT),
        ("1,234", 1234, "", EXACT),
        ("１，２３４人", 1234, "人", EXACT),
        ("0人", 0, "人", EXACT),
        ("12.50元", Decimal("12.5"), "元", EXACT),
    ],
)
def test_a_quantity_is_read_as_it_is_written(text, value, unit, qualifier):
    assert parse(text) == Quantity(Decimal(value), unit, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "余人",
        "若干",
        "60至70期",
        "60、70期",
        "60,70期",
        "60 70期",
        "60-70期",
        "-3人",
        "1.2.3",
        "1,23人",
        "人3",
        "9" * 40,
    ],
)
def test_what_is_no_single_number_is_refused(text):
    with pytest.raises(ValueError, match="no single number"):
        parse(text)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(Decimal(3400), "人", AT_LEAST), "3400余人"),
        (Quantity(Decimal(60), "期", ABOUT), "约60期"),
        (Quantity(Decimal(20_000_000), "元/年"), "2000万元/年"),
        (Quantity(Decimal("20000000.00"), "元"), "2000万元"),
        (Quantity(Decimal(12_345), "元"), "12345元"),
        (Quantity(Decimal("12.50"), "元"), "12.5元"),
        (Quantity(Decimal(9_999), "元"), "9999元"),
        (Quantity(Decimal("1E+3"), "人"), "1000人"),
        (Quantity(Decimal(20_000), "人"), "20000人"),
        (Quantity(Decimal(0), "个"), "0个"),
    ],
)
def test_a_quantity_is_written_as_offices_write_it(quantity, text):
    assert str(quantity) == text


@given(
    st.decimals(min_value=0, max_value=10**14, places=2),
    st.sampled_from(["人", "期", "元", "元/年", "人次", "个"]),
    st.sampled_from(list(Qualifier)),
)
def test_what_is_written_is_read_back_as_it_was(value, unit, qualifier):
    quantity = Quantity(value, unit, qualifier)

    assert parse(str(quantity)) == quantity


@pytest.mark.parametrize(
    ("left", "right", "sum_"),
    [
        ("1个", "13个", "14个"),
        ("1个", "13余个", "14余个"),
        ("13余个", "1个", "14余个"),
        ("13余个", "约1个", "约14个"),
        ("约1个", "1个", "约2个"),
    ],
)
def test_a_sum_is_as_vague_as_its_vaguest_part(left, right, sum_):
    assert str(parse(left) + parse(right)) == sum_


def test_persons_are_not_added_to_attendances():
    with pytest.raises(ValueError, match="does not add"):
        parse("3人") + parse("4人次")


def test_counts_of_different_things_are_not_added():
    with pytest.raises(ValueError, match="does not add"):
        Quantity(Decimal(1), "个", basis="sites") + Quantity(Decimal(1), "个", basis="brands")
