"""Planted faults: what the proof does not see, it does not prove."""

import pytest
from django.db import connection

from tests.proof import hunting
from tests.proof.faults import FAULTS

pytestmark = pytest.mark.django_db
PARTS = range(4) if connection.vendor == "sqlite" else range(1)
"""What sees a fault is the same on both databases: a quarter of them is planted on the second."""


def test_without_a_fault_nothing_is_seen():
    hunt = hunting.Hunt()

    assert [
        where for where in ("cells", "powers", "grants", "locked", "home") if hunt.asks(where)
    ] == []


def test_there_are_at_least_sixty_faults_each_with_a_name():
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 60


@pytest.mark.parametrize("part", PARTS)
def test_every_planted_fault_is_caught(part):
    hunt = hunting.Hunt()

    missed = [fault.name for fault in FAULTS[part::4] if hunt.sees(fault) is None]

    assert missed == [], "not seen where they are expected; make prove looks everywhere"
