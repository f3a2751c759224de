"""Which sites count on a day, and in which order a table lists them."""

import datetime as dt

import pytest

from tests import factories as make
from tests.refusals import refused
from tongxin.registers.actions import set_void
from tongxin.sites.queries import by_group, designated
from tongxin.sites.register import DESIGNATIONS, SITES

pytestmark = pytest.mark.django_db

ON = make.FACTS_ON
DAY = dt.timedelta(days=1)


def named(small, **days):
    site = make.site(small.pilot, small.tree.north, designated=False)
    make.record("designations", site=site, **days)
    return site


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        ({}, True),
        ({"designated_on": ON}, True),
        ({"designated_on": ON + DAY}, False),
        ({"designated_on": ON - DAY, "until": ON}, False),
        ({"designated_on": ON - DAY, "until": ON + DAY}, True),
        ({"until": ON}, False),
        ({"until": ON + DAY}, True),
    ],
)
def test_a_site_counts_while_a_naming_holds(small, days, counts):
    site = named(small, **days)

    assert list(designated(small.pilot, ON)) == ([site] if counts else [])


def test_a_site_named_twice_counts_once(small):
    site = named(small)
    make.record("designations", site=site, level="county")

    assert list(designated(small.pilot, ON)) == [site]


def test_a_site_never_named_does_not_count(small):
    make.site(small.pilot, small.tree.north, designated=False)

    assert not designated(small.pilot, ON).exists()


def test_void_sites_and_void_namings_count_nowhere(small):
    gone, unnamed = named(small), named(small)
    set_void(SITES, gone, by=None, void=True, reason="重复")
    set_void(DESIGNATIONS, unnamed.designations.get(), by=None, void=True, reason="误记")

    assert not designated(small.pilot, ON).exists()


def test_a_site_of_another_programme_does_not_count(small):
    named(small)
    other = make.programme(small.tree.city, "other")

    assert not designated(other, ON).exists()


def test_the_table_keeps_the_order_of_groups_and_of_entry(small, django_assert_num_queries):
    first = make.site(small.pilot, small.tree.north, "乙园")
    second = make.site(small.pilot, small.tree.west, "甲园")

    with django_assert_num_queries(2):
        found = by_group(small.pilot, ON)

    assert found == [
        ("新媒体从业人员", [(first.pk, "乙园"), (second.pk, "甲园")]),
        ("中介人员", []),
    ]


def test_a_naming_for_another_group_puts_the_site_there_too_and_it_counts_once(
    small, django_assert_num_queries
):
    site = make.site(small.pilot, small.tree.north, "甲园")
    other = small.pilot.occupationalgroup_words.get(name="中介人员")
    make.record("designations", site=site, level="county", group=other)
    make.record("designations", site=site, kind="practice_base", group=other)

    with django_assert_num_queries(2):
        found = by_group(small.pilot, ON)

    assert found == [("新媒体从业人员", [(site.pk, "甲园")]), ("中介人员", [(site.pk, "甲园")])]
    assert designated(small.pilot, ON).count() == 1


def test_a_naming_is_for_a_group_of_its_own_programme(small):
    site = make.site(small.pilot, small.tree.north, "甲园")
    strange = make.programme(small.tree.city, "other").occupationalgroup_words.first()

    with refused("从这项工作的群体里选一个"):
        make.record("designations", site=site, level="county", group=strange)
