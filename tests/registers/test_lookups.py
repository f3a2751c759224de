"""What rules look up of other records, for many rows together."""

import pytest

from tests import factories as make
from tongxin.campaigns.actions import TAKES_PART_ONCE
from tongxin.campaigns.models import Participation
from tongxin.indicators.actions import DECLARED_ONCE
from tongxin.registers import declaration
from tongxin.registers.actions import set_void
from tongxin.registers.lookups import as_it_becomes, together

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(small):
    """One campaign, two organisations; the first takes part."""
    campaign = small.record("campaigns")
    clubs = [make.organisation(small.tree.north), make.organisation(small.tree.south)]
    kept = small.record("participations", campaign=campaign, organisation=clubs[0])
    return campaign, clubs, kept


def test_what_is_said_once_is_looked_up_for_all_rows_in_one_query(
    entries, django_assert_num_queries
):
    campaign, clubs, kept = entries
    rows = [{"campaign": campaign, "organisation": club} for club in clubs]

    with django_assert_num_queries(1):
        taken = TAKES_PART_ONCE.taken_among([*rows, as_it_becomes(kept, {})])
        told = [taken(row, None) for row in rows]

        assert told == [True, False]
        assert not taken({}, kept)
        assert taken({"organisation": clubs[0]}, Participation(pk=0, campaign=campaign))


def test_what_no_row_said_is_looked_up_by_itself(entries, django_assert_num_queries):
    campaign, clubs, _kept = entries
    taken = TAKES_PART_ONCE.taken_among([])

    with django_assert_num_queries(1):
        assert taken({"campaign": campaign, "organisation": clubs[0]}, None)


def test_what_is_void_holds_nothing_and_what_says_nothing_is_not_taken(entries):
    campaign, clubs, kept = entries
    row = {"campaign": campaign, "organisation": clubs[0]}
    set_void(declaration.get("participations"), kept, by=None, void=True, reason="误记")

    assert not TAKES_PART_ONCE.taken_among([row])(row, None)
    assert not TAKES_PART_ONCE.taken_among([row])({"campaign": campaign}, None)


def test_a_field_that_a_new_record_does_not_say_has_its_default(small):
    made = small.record("observations", place=small.tree.north)
    row = {"programme": small.pilot, "division": small.tree.north, "indicator": made.indicator}

    assert made.part == ""
    assert DECLARED_ONCE.taken_among([row])(row, None)


def test_what_belongs_to_numbers_is_loaded_when_first_asked_for_all():
    asked = []

    def load(numbers):
        asked.append(sorted(numbers))
        return {number: number * 10 for number in numbers if number != 2}

    of = together([1, 2, 3], load)
    assert asked == []

    assert [of(number) for number in (1, 2, 3, 9, 9)] == [10, None, 30, 90, 90]
    assert asked == [[1, 2, 3], [9]]


def test_a_register_does_not_say_its_rules_twice(small):
    from dataclasses import replace

    with pytest.raises(ValueError, match="twice"):
        replace(declaration.get("organisations"), check=lambda _values, _record: ())
