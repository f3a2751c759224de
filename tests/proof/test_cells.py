"""Engine against oracle over the whole product: not one cell may differ."""

import pytest
from django.db import connection

from tests.proof import cells, land, people
from tongxin.registers import permissions
from tongxin.registers.choices import Act

pytestmark = pytest.mark.django_db
PARTS = 4


@pytest.fixture
def places():
    return land.land()


def test_the_product_reaches_the_divisions_that_the_oracle_walks_to(places):
    assert land.reached_by_the_product() == land.reached_by_walking()


@pytest.mark.parametrize("part", range(PARTS))
def test_no_cell_differs_between_engine_and_oracle(places, part):
    """About 4.4 million cells in four parts on SQLite; the tenth of that on PostgreSQL."""
    step = PARTS if connection.vendor == "sqlite" else 10 * PARTS
    everybody, things, oracle = cells.scene(places)

    found = cells.Compared()
    for person in everybody[part::step]:
        found.add(cells.compare(person, things, oracle))

    assert found.differences[:5] == []
    assert found.cells > (1_000_000 if connection.vendor == "sqlite" else 80_000)


def test_a_record_asked_alone_gives_the_answer_of_its_set(places):
    everybody, things, oracle = cells.scene(places)

    found = cells.compare_one_by_one(everybody, things, oracle, 400, seed=1)

    assert found.differences == []


def test_a_page_that_allows_more_than_the_policy_is_seen(places, monkeypatch):
    everybody, things, oracle = cells.scene(places)
    acts_on = permissions.acts_on

    def all_or_nothing(*asked):
        record, acts = acts_on(*asked)
        return record, frozenset(Act) if acts else acts

    monkeypatch.setattr(permissions, "acts_on", all_or_nothing)

    assert cells.compare_one_by_one(everybody, things, oracle, 100, seed=1).differences != []


def test_powers_hold_where_the_oracle_says(places):
    found = cells.compare_powers(people.people(places), places, land.oracle())

    assert found.differences[:5] == []


def test_records_are_entered_where_the_oracle_says(places):
    found = cells.compare_entering(people.people(places), places, land.oracle())

    assert found.differences[:5] == []


def test_what_counts_at_once_is_what_the_oracle_says(places):
    found = cells.compare_accepting(people.people(places), places, land.oracle())

    assert found.differences[:5] == []


def test_it_is_the_turn_of_whom_the_oracle_names(places):
    found = cells.compare_turns(people.people(places), places, land.oracle())

    assert found.differences[:5] == []


def test_on_what_waits_decides_whom_the_oracle_names(places):
    everybody, things, oracle = cells.scene(places)

    found = cells.compare_deciding(everybody, things, oracle)

    assert found.differences[:5] == []
    assert found.cells > 50_000
