"""A list narrowed by place, filter, word and page, alone and together: always the same rows."""

import re

import pytest

from tests import factories as make
from tongxin.registers.queries import PAGE

pytestmark = pytest.mark.django_db
LIST = "/registers/organisations/"
SORTS = ("name", "-name", "changed", "-changed", "kind", "-status")


@pytest.fixture
def tree():
    """甲市 with four organisations in 北镇, one in 南镇, one in 河镇 of another county."""
    tree = make.tree()
    for name in ("北镇助老社", "北镇助残社", "北镇助学会"):
        make.organisation(tree.north, name)
    make.organisation(tree.north, "北镇助老队", kind="community", status="filed", credit_code="")
    make.organisation(tree.south, "南镇助老社")
    make.organisation(tree.river, "河镇助老社")
    return tree


def shown(client, query):
    """The names on a page of the list."""
    page = client.get(f"{LIST}?{query}")
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page.content.decode())


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("division=city&q=助老", {"北镇助老社", "北镇助老队", "南镇助老社", "河镇助老社"}),
        ("division=east&q=助老", {"北镇助老社", "北镇助老队", "南镇助老社"}),
        ("division=east&kind=52", {"北镇助老社", "北镇助残社", "北镇助学会", "南镇助老社"}),
        ("division=north&kind=52", {"北镇助老社", "北镇助残社", "北镇助学会"}),
        ("division=north&q=zl&status=filed", {"北镇助老队"}),
        ("q=助老社", {"北镇助老社", "南镇助老社", "河镇助老社"}),
        ("q=zlsb", set()),
        ("q=助老&status=filed", {"北镇助老队"}),
    ],
)
def test_conditions_add_up_in_every_order_of_the_list(tree, sort, query, names):
    found = shown(make.client_of(make.coordinator(tree.city)), f"{query}&sort={sort}")

    assert set(found) == names
    assert len(found) == len(names)


@pytest.mark.parametrize("query", ["", "division=city", "division=north", "kind=52", "q=助老"])
def test_a_clerk_finds_nothing_of_another_town_however_he_asks(tree, query):
    found = shown(make.client_of(make.clerk(tree.south)), query)

    assert set(found) <= {"南镇助老社"}


def test_a_division_that_nobody_knows_narrows_nothing(tree):
    client = make.client_of(make.coordinator(tree.city))

    assert len(shown(client, "division=atlantis")) == 6


@pytest.mark.parametrize("query", ["sort=name", "sort=-name", "sort=changed", "sort=-changed"])
def test_pages_follow_one_another_without_gap_or_repeat_among_equal_names(query):
    tree = make.tree()
    for _each in range(PAGE + 3):
        make.organisation(tree.north, "同名社")
    client = make.client_of(make.coordinator(tree.city))
    first = client.get(f"{LIST}?{query}")
    second = client.get(LIST + first.context["older"])
    back = client.get(LIST + second.context["newer"])

    seen = [row.url for page in (first, second) for row in page.context["page"].rows]
    assert len(seen) == len(set(seen)) == PAGE + 3
    assert [row.url for row in back.context["page"].rows] == seen[:PAGE]
