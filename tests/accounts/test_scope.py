"""Where an account stands, and what that opens: the coordinator, the clerk, the stranger."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests import factories as make
from tongxin.accounts.choices import Power, Role
from tongxin.accounts.models import Account
from tongxin.accounts.permissions import holds, within
from tongxin.accounts.queries import standing
from tongxin.divisions.actions import Decree, merge
from tongxin.organisations.models import Organisation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def tree():
    return make.tree()


def fresh(account):
    """The account as the next request reads it."""
    return Account.objects.get(pk=account.pk)


def seen(account):
    rows = within(fresh(account), Power.VIEW, Organisation.objects.all())
    return set(rows.values_list("name", flat=True))


def test_a_stranger_stands_nowhere_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert standing(AnonymousUser()).postings == ()
        assert standing(None).postings == ()


def test_where_an_account_stands_is_read_once(tree, django_assert_num_queries):
    account = make.clerk(tree.north)

    with django_assert_num_queries(1):
        standing(account)
        assert standing(account).roots(Power.EDIT) == (tree.north.pk,)


@pytest.mark.parametrize(
    ("since", "until", "works"),
    [(0, None, True), (1, None, False), (-2, 0, False), (-2, 1, True)],
)
def test_a_posting_holds_from_its_first_day_and_no_longer_on_its_last(tree, since, until, works):
    today = timezone.localdate()
    account = make.posted(
        Role.CLERK,
        tree.north,
        since=today + since * DAY,
        until=None if until is None else today + until * DAY,
    )

    assert standing(account).has(Power.EDIT) is works


def test_a_deactivated_account_stands_nowhere(tree):
    account = make.clerk(tree.north)
    account.is_active = False

    assert standing(account).postings == ()


def test_two_postings_open_two_subtrees(tree):
    account = make.clerk(tree.north)
    make.accounts.post(
        by=None,
        account=account,
        office=make.office(tree.river),
        role=Role.AUDITOR,
        since=make.EARLY,
    )
    stand = standing(fresh(account))

    assert stand.roots(Power.VIEW) == (tree.north.pk, tree.river.pk)
    assert stand.roots(Power.EDIT) == (tree.north.pk,)


def test_a_power_covers_the_subtree_and_nothing_beside_it(tree):
    county = make.coordinator(tree.east)
    held = {
        key
        for key in ("city", "east", "west", "north", "south", "river")
        if holds(county, Power.EDIT, getattr(tree, key).pk)
    }

    assert held == {"east", "north", "south"}


def test_a_power_that_the_role_lacks_is_held_nowhere(tree):
    assert not holds(make.clerk(tree.north), Power.BRIEF, tree.north.pk)


def test_each_sees_the_records_of_the_own_subtree(tree):
    for name in ("city", "east", "north", "river"):
        make.organisation(getattr(tree, name), name)

    assert seen(make.coordinator(tree.city)) == {"city", "east", "north", "river"}
    assert seen(make.coordinator(tree.east)) == {"east", "north"}
    assert seen(make.clerk(tree.north)) == {"north"}
    assert seen(make.clerk(tree.south)) == set()
    assert seen(make.posted(Role.SYSTEM_ADMIN, tree.city)) == set()
    assert seen(make.account()) == set()


@pytest.mark.parametrize(("days", "names"), [(-1, {"north"}), (0, {"north"}), (1, set())])
def test_a_merged_division_is_seen_by_its_successor_from_the_day_of_the_merger(tree, days, names):
    make.organisation(tree.north, "north")
    day = timezone.localdate() + days * DAY

    merge([tree.north], tree.south, Decree(effective_on=day), by=None)

    clerk = make.clerk(tree.south)
    assert seen(clerk) == names
    assert holds(clerk, Power.EDIT, tree.north.pk) is bool(names)


def test_the_clerk_of_a_merged_division_sees_its_records_to_the_day_before(tree):
    make.organisation(tree.north, "north")
    clerk = make.clerk(tree.north)

    merge([tree.north], tree.south, Decree(timezone.localdate() + DAY), by=None)

    assert seen(clerk) == {"north"}


def test_the_clerk_of_a_merged_division_sees_nothing_afterwards(tree):
    make.organisation(tree.north, "north")
    clerk = make.clerk(tree.north)

    merge([tree.north], tree.south, Decree(timezone.localdate()), by=None)

    assert seen(clerk) == set()
    assert not holds(fresh(clerk), Power.EDIT, tree.north.pk)
    assert seen(make.coordinator(tree.east)) == {"north"}
