"""The small tree, a coordinator who writes, and a standard of the city with its first version."""

import pytest


@pytest.fixture
def tree(db):
    from tests import factories as make

    return make.tree()


@pytest.fixture
def writer(tree):
    from tests import factories as make

    return make.coordinator(tree.city)


@pytest.fixture
def draft(tree, writer):
    """A draft of the city, begun from the makerspace table."""
    from tongxin.standards.actions import found
    from tongxin.standards.queries import supplied

    content = supplied("makerspace-incubating")
    told = {"key": "city-table", "name": "甲市评价表", "content": content}
    return found(by=writer, division_id=tree.city.pk, **told)


@pytest.fixture
def published(draft, writer):
    from tongxin.standards.actions import publish

    return publish(draft, by=writer, seen=draft.revision)
