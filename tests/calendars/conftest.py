"""The official calendar, and who may change it."""

import pytest


@pytest.fixture
def official(db):
    from tongxin.calendars.actions import seed

    return seed()


@pytest.fixture
def tree(db):
    from tests import factories as make

    return make.tree()


@pytest.fixture
def keeper(tree):
    """The system administrator at the top, whose calendar it is."""
    from tests import factories as make
    from tongxin.accounts.choices import Role

    return make.posted(Role.SYSTEM_ADMIN, tree.city)
