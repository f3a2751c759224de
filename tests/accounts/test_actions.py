"""Opening offices and posting people to them, by those who may."""

import datetime as dt

import pytest

from tests import factories as make
from tongxin.accounts.actions import end_posting, open_account, open_office, post
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account, Office, Posting
from tongxin.core.errors import NotYours, Refused
from tongxin.journal.models import Entry
from tongxin.journal.queries import entries_of

pytestmark = pytest.mark.django_db
MARCH, JUNE, JULY = dt.date(2017, 3, 1), dt.date(2017, 6, 1), dt.date(2017, 7, 1)


@pytest.fixture
def tree():
    return make.tree()


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_an_account_is_opened_with_a_hashed_password_that_no_entry_holds():
    account = open_account(by=None, username="li", display_name="", password="correct horse")

    assert account.check_password("correct horse")
    assert "horse" not in str(entries_of(account).values())


def test_an_office_is_opened_by_the_system_administrator_of_its_territory(tree):
    admin = make.posted(Role.SYSTEM_ADMIN, tree.east)

    made = open_office(by=admin, division=tree.north, name="北镇办")

    (entry,) = entries_of(made)
    assert (entry.actor, entry.verb, entry.place_id) == (admin, "offices.opened", tree.north.pk)
    assert entry.after == {"name": "北镇办", "division": "north"}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_nobody_else_opens_an_office(tree, role):
    with pytest.raises(NotYours):
        open_office(by=make.posted(role, tree.city), division=tree.north, name="北镇办")

    assert not Office.objects.filter(name="北镇办").exists()


def test_an_administrator_opens_no_office_elsewhere(tree):
    with pytest.raises(NotYours):
        open_office(
            by=make.posted(Role.SYSTEM_ADMIN, tree.east), division=tree.river, name="河镇办"
        )


def test_a_division_has_no_two_offices_of_one_name(tree):
    make.office(tree.north, "北镇办")

    with pytest.raises(Refused) as refused:
        open_office(by=None, division=tree.north, name="北镇办")

    assert codes(refused) == ["offices.taken"]


def test_a_posting_leaves_its_entry(tree):
    admin = make.posted(Role.SECURITY_ADMIN, tree.city)
    account, office = make.account("li"), make.office(tree.north, "北镇办")

    made = post(by=admin, account=account, office=office, role=Role.CLERK, since=MARCH)

    (entry,) = entries_of(made)
    assert (entry.actor, entry.verb, entry.place_id) == (admin, "postings.given", tree.north.pk)
    assert {row.field: row.value for row in entry.personal.all()}["account"] == "li"
    assert entry.after == {
        "account": entry.after["account"],
        "office": "北镇办",
        "role": "clerk",
        "since": "2017-03-01",
        "until": None,
    }


def test_a_second_posting_that_overlaps_is_refused_and_nothing_is_written(tree):
    account, office = make.account(), make.office(tree.north)
    post(by=None, account=account, office=office, role=Role.CLERK, since=MARCH, until=JULY)
    entries = Entry.objects.count()

    with pytest.raises(Refused) as refused:
        post(by=None, account=account, office=office, role=Role.COORDINATOR, since=JUNE)

    assert codes(refused) == ["postings.overlap"]
    assert (Posting.objects.count(), Entry.objects.count()) == (1, entries)


def test_a_posting_may_follow_another_on_its_last_day(tree):
    account, office = make.account(), make.office(tree.north)
    post(by=None, account=account, office=office, role=Role.CLERK, since=MARCH, until=JUNE)

    post(by=None, account=account, office=office, role=Role.COORDINATOR, since=JUNE)

    assert Posting.objects.count() == 2


def test_administrators_are_separate_people_even_in_different_offices(tree):
    account = make.posted(Role.SYSTEM_ADMIN, tree.city)

    with pytest.raises(Refused) as refused:
        post(
            by=None,
            account=account,
            office=make.office(tree.north, "北镇办"),
            role=Role.SECURITY_ADMIN,
            since=JULY,
        )

    assert codes(refused) == ["postings.separation"]


def test_an_administrator_whose_posting_has_ended_may_take_another_role(tree):
    account = make.posted(Role.SYSTEM_ADMIN, tree.city, until=JUNE)

    made = post(
        by=None, account=account, office=make.office(tree.north), role=Role.CLERK, since=JUNE
    )

    assert made.role == Role.CLERK


def test_a_posting_is_given_only_within_the_administrators_territory(tree):
    admin = make.posted(Role.SECURITY_ADMIN, tree.east)

    with pytest.raises(NotYours):
        post(
            by=admin,
            account=make.account(),
            office=make.office(tree.river),
            role=Role.CLERK,
            since=MARCH,
        )


def test_ending_a_posting_leaves_its_entry(tree):
    admin = make.posted(Role.SECURITY_ADMIN, tree.city)
    posting = Posting.objects.get(account=make.clerk(tree.north))

    end_posting(posting, by=admin, until=JUNE)

    entry = entries_of(posting).first()
    assert (entry.verb, entry.before, entry.after) == (
        "postings.ended",
        {"until": None},
        {"until": "2017-06-01"},
    )


def test_a_posting_does_not_end_before_it_begins(tree):
    posting = Posting.objects.get(account=make.clerk(tree.north))

    with pytest.raises(Refused) as refused:
        end_posting(posting, by=None, until=posting.since)

    posting.refresh_from_db()
    assert (codes(refused), posting.until) == (["postings.order"], None)


def test_an_end_is_not_moved_into_the_next_posting(tree):
    account = make.posted(Role.CLERK, tree.north, since=MARCH, until=JUNE)
    first = Posting.objects.get(account=account)
    post(by=None, account=account, office=first.office, role=Role.COORDINATOR, since=JUNE)

    with pytest.raises(Refused) as refused:
        end_posting(first, by=None, until=JULY)

    assert codes(refused) == ["postings.overlap"]


def test_an_end_is_not_moved_past_the_separation_of_administrators(tree):
    account = make.posted(Role.SYSTEM_ADMIN, tree.city, since=MARCH, until=JUNE)
    first = Posting.objects.get(account=account)
    post(by=None, account=account, office=make.office(tree.north), role=Role.CLERK, since=JUNE)

    with pytest.raises(Refused) as refused:
        end_posting(first, by=None, until=JULY)

    assert codes(refused) == ["postings.separation"]


def test_a_stranger_to_the_territory_does_not_end_a_posting(tree):
    posting = Posting.objects.get(account=make.clerk(tree.north))

    with pytest.raises(NotYours):
        end_posting(posting, by=make.posted(Role.SECURITY_ADMIN, tree.west), until=JUNE)

    assert Account.objects.get(pk=posting.account_id).postings.get().until is None
