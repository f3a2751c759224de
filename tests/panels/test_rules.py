"""Averages and votes: the bounds, and against a second, naive way of counting."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxin.panels.choices import Averaging, Majority, Outcome, Quorum, Vote
from tongxin.panels.rules.averaging import LEAST, average
from tongxin.panels.rules.voting import least, tally

NUMBERS = st.lists(st.fractions(0, 100, max_denominator=100), min_size=3, max_size=12)
VOTES = st.lists(st.sampled_from(Vote.values), max_size=12)


@given(NUMBERS)
def test_the_mean_is_what_every_number_weighs_the_same_in(numbers):
    found = average(numbers, Averaging.MEAN)

    assert sum(number - found for number in numbers) == 0


@given(NUMBERS)
def test_trimmed_leaves_one_highest_and_one_lowest_out_once_each(numbers):
    left = list(numbers)
    left.remove(max(left))
    left.remove(min(left))

    assert average(numbers, Averaging.TRIMMED) == Fraction(sum(left), len(left))


@pytest.mark.parametrize("policy", Averaging)
def test_too_few_numbers_have_no_average(policy):
    few = [Fraction(1)] * (LEAST[policy] - 1)

    with pytest.raises(ValueError, match="numbers"):
        average(few, policy)


@given(st.integers(1, 200))
def test_the_least_that_is_enough_is_enough_and_one_less_is_not(count):
    assert least(count, two_thirds=True) * 3 >= 2 * count > (least(count, two_thirds=True) - 1) * 3
    assert least(count, two_thirds=False) * 2 > count >= (least(count, two_thirds=False) - 1) * 2


@given(VOTES, st.integers(0, 4), st.sampled_from(Quorum.values), st.sampled_from(Majority.values))
def test_a_vote_is_counted_as_somebody_counts_hands(votes, absent, quorum, majority):
    members = len(votes) + absent
    found = tally(members, votes, quorum, majority)
    hands = sum(vote == "for" for vote in votes)
    enough = 3 * len(votes) >= 2 * members if quorum == "two_thirds" else 2 * len(votes) > members
    carries = {
        "of_all": 2 * hands > members,
        "two_thirds_of_all": 3 * hands >= 2 * members,
        "of_cast": 2 * hands > len(votes),
    }[majority]

    assert found.quorate == (enough and members > 0)
    if found.quorate:
        assert (found.outcome == Outcome.CARRIED) == carries


@pytest.mark.parametrize(
    ("votes", "members", "outcome"),
    [
        (["for"] * 4, 7, Outcome.CARRIED),
        (["for"] * 3 + ["abstain"] * 2, 7, Outcome.LOST),
        (["for"] * 3 + ["against"] * 3, 6, Outcome.LOST),
    ],
)
def test_more_than_half_of_all_members_carry_a_grade(votes, members, outcome):
    assert tally(members, votes, Quorum.TWO_THIRDS, Majority.OF_ALL).outcome == outcome
