"""What is assessed, by whom, and the people who judge it; the fixtures of standards are shared."""

import pytest

from tests.standards.conftest import draft, published, tree, writer

__all__ = ("draft", "published", "tree", "writer")
MUSTS = {f"0.{at}": True for at in range(1, 6)}
"""Every veto of the scale of 1,000 points is met."""


@pytest.fixture
def base(tree):
    from tests import factories as make

    return make.record("bases", place=tree.north, of=make.programme(tree.city), name="北镇孵化基地")


@pytest.fixture
def clerk(tree):
    from tests import factories as make

    return make.clerk(tree.north)


@pytest.fixture
def county(tree):
    from tests import factories as make

    return make.coordinator(tree.east)


@pytest.fixture
def experts(tree):
    from tests import factories as make
    from tongxin.accounts.choices import Role

    return [make.posted(Role.EXPERT, tree.city) for _number in range(7)]


@pytest.fixture
def graded(tree):
    """The scale of 1,000 points, which has grades."""
    from tongxin.standards.actions import seed
    from tongxin.standards.queries import newest

    seed()
    return newest("organisation-grade-1000")


@pytest.fixture
def checked(graded, base, clerk):
    """An assessment by it that was handed in with 960 points, and is checked now."""
    from tongxin.assessments.actions import Sheet, open_assessment, save

    made = open_assessment(graded, "bases", base, by=clerk, round_="2026 年度")
    sheet = Sheet(MUSTS | {"1": "960"}, {"party_unit": True})
    return save(made, sheet, by=clerk, seen=1, hand_in=True)
