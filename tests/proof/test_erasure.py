"""Erasure leaves no name and changes no total; histories that go wrong on purpose are noticed."""

import pytest

from tests.proof import erasure

pytestmark = pytest.mark.embedded
SEED = 20261124


def test_nothing_is_left_of_the_erased_and_every_total_stays():
    assert erasure.run(15, SEED) == (15, 0)


@pytest.mark.parametrize("twin", ["careless", "forgetful"])
def test_a_home_that_forgets_to_erase_would_be_noticed(twin):
    erasures, traces = erasure.run(5, SEED, twin=twin)

    assert erasures == 5
    assert traces > 0
