"""Something that is judged, whoever calls a panel together for it, and experts to ask."""

import pytest

TOPIC = "trial"
"""A kind of thing that is judged, which belongs to no room."""


@pytest.fixture(autouse=True)
def barred():
    """Who worked on what is judged; a test adds them."""
    from tongxin.panels import actions, topics
    from tongxin.panels.choices import Kind

    worked = set()
    close = {Kind.EXPERTS: actions.close, Kind.COMMITTEE: actions.count_votes}
    topics.register(
        topics.Topic(
            TOPIC,
            "panels:panel",
            "panels:panel",
            lambda _number: worked,
            lambda panel, by: close[Kind(panel.kind)](panel, by=by),
        )
    )
    return worked


@pytest.fixture
def tree(db):
    from tests import factories as make

    return make.tree()


@pytest.fixture
def convener(tree):
    from tests import factories as make

    return make.coordinator(tree.east)


@pytest.fixture
def experts(tree):
    from tests import factories as make
    from tongxin.accounts.choices import Role

    return [make.posted(Role.EXPERT, tree.city) for _number in range(7)]


@pytest.fixture
def matter(tree):
    from tongxin.panels.actions import Matter

    return Matter(TOPIC, 1, "北镇基地 2026 年度", tree.east.pk, "评定为“4A”")


@pytest.fixture
def called(matter, experts, convener):
    """Call some of the experts together; as many as are asked for."""
    from tongxin.panels import actions
    from tongxin.panels.choices import Kind

    def call(kind=Kind.EXPERTS, members=3, **terms):
        seats = [each.pk for each in experts[:members]]
        return actions.convene(matter, actions.Terms(kind, **terms), seats, by=convener)

    return call


@pytest.fixture
def cleared(experts):
    """Let members declare that they have no interest in it."""
    from tongxin.panels import actions
    from tongxin.panels.choices import Conflict

    def clear(panel, members):
        for each in experts[:members]:
            actions.declare(panel, Conflict.NONE, by=each)

    return clear
