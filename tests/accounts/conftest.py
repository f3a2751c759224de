"""The door's own counters are in the memory of the process: each test begins with none."""

import pytest


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def tree():
    from tests import factories as make

    return make.tree()
