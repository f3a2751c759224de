"""How alike two names are: a table of cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxin.core.text import sort_key
from tongxin.registers.likeness import Ground, Told, ground, likeness, pairs_of

HERE, THERE = 1, 2


def told(name, place=HERE, *codes):
    return Told(name, sort_key(name), place, codes)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (told("同心服务社"), told("同心·服务社"), Ground.NAME),
        (told("同心服务社"), told("同馨服务社"), Ground.SOUND),
        (told("崇川区同心服务社"), told("同心服务社", THERE), Ground.ALIKE),
        (told("同心服务社"), told("同心服务站", THERE), Ground.ALIKE),
        (told("同心养老服务社"), told("同心助老服务社"), Ground.ALIKE),
        (told("同心养老服务社"), told("同心助老服务社", THERE), None),
        (told("服务社"), told("同心服务社", THERE), None),
        (told("北镇助老社"), told("北镇助残社"), None),
        (told("甲社", HERE, "5232"), told("乙社", THERE, "5232"), Ground.CODE),
        (told("甲社", HERE, ""), told("乙社", HERE, ""), None),
        (told(""), told("社"), None),
        (told("社"), told("会"), None),
    ],
)
def test_two_records_may_be_one(one, other, why):
    assert ground(one, other) is why
    assert ground(other, one) is why


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_lies_between_nothing_and_all_and_is_the_same_both_ways(one, other):
    left, right = pairs_of(one), pairs_of(other)

    assert 0 <= likeness(left, right) == likeness(right, left) <= 1
    assert likeness(left, left) == (1 if left else 0)
