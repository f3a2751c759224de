"""The small world with those who enter and those who accept, for this room."""

import pytest

from tests.demo.worlds import small, small_founded

__all__ = ["desk", "small", "small_founded"]


@pytest.fixture
def desk(small):
    from tests import factories as make
    from tests.reviews.desk import Desk

    tree = small.tree
    clerk, county = make.clerk(tree.north), make.coordinator(tree.east)
    return Desk(tree, small.pilot, clerk, county, small.account)
