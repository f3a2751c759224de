"""Giving, correcting and ending postings: by whom, of whom, and two at once."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections
from django.utils import timezone

from tests import factories as make
from tongxin.accounts.actions import (
    close_office,
    correct_posting,
    deactivate,
    end_posting,
    end_unused,
    post,
    withdraw_posting,
)
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account, Posting
from tongxin.core.errors import NotYours, Refused
from tongxin.journal.queries import entries_of

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db

at_once = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one write after the other anyway"
)


@pytest.fixture
def tree():
    return make.tree()


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def give(granter, account, place, role, since=TODAY):
    return post(by=granter, account=account, office=make.office(place), role=role, since=since)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_an_administrator_is_appointed_from_above_and_not_at_the_side(tree, role):
    city, county = (make.posted(Role.SECURITY_ADMIN, place) for place in (tree.city, tree.east))

    with pytest.raises(Refused) as refused:
        give(county, make.account(), tree.east, role)
    made = give(city, make.account(), tree.east, role)

    assert codes(refused) == ["postings.peer"]
    assert made.role == role


def test_nobody_at_the_top_appoints_another_at_the_top(tree):
    with pytest.raises(Refused) as refused:
        give(
            make.posted(Role.SECURITY_ADMIN, tree.city),
            make.account(),
            tree.city,
            Role.AUDIT_ADMIN,
        )

    assert codes(refused) == ["postings.peer"]


def test_nobody_gives_himself_anything(tree):
    granter = make.posted(Role.SECURITY_ADMIN, tree.city)

    with pytest.raises(Refused) as refused:
        give(granter, granter, tree.north, Role.COORDINATOR)

    assert codes(refused) == ["postings.own"]


@pytest.mark.parametrize("act", ["end", "correct"])
def test_nobody_touches_his_own_posting_or_a_peers(tree, act):
    granter = make.posted(Role.SECURITY_ADMIN, tree.city)
    peer = make.posted(Role.AUDIT_ADMIN, tree.city)
    found = []
    for account in (granter, peer):
        posting = Posting.objects.get(account=account)
        facts = {"role": Role.CLERK, "since": posting.since, "until": None, "reason": "写错"}
        tried = {
            "end": lambda posting=posting: end_posting(posting, by=granter, until=TODAY),
            "correct": lambda posting=posting, facts=facts: correct_posting(
                posting, by=granter, **facts
            ),
        }
        with pytest.raises(Refused) as refused:
            tried[act]()
        found += codes(refused)

    assert found == ["postings.own", "postings.peer"]


def test_a_clerk_is_not_corrected_into_a_peer(tree):
    granter = make.posted(Role.SECURITY_ADMIN, tree.east)
    posting = Posting.objects.get(account=make.clerk(tree.east))

    with pytest.raises(Refused) as refused:
        correct_posting(
            posting,
            by=granter,
            role=Role.AUDIT_ADMIN,
            since=posting.since,
            until=None,
            reason="写错",
        )

    assert codes(refused) == ["postings.peer"]


def test_a_correction_leaves_before_after_and_a_reason_and_ends_sessions(tree):
    granter = make.posted(Role.SECURITY_ADMIN, tree.city)
    account = make.clerk(tree.north)
    client = make.client_of(account)
    posting = Posting.objects.get(account=account)

    correct_posting(
        posting,
        by=granter,
        role=Role.COORDINATOR,
        since=posting.since,
        until=None,
        reason="登记错了角色",
    )

    entry = entries_of(posting).first()
    assert (entry.verb, entry.before, entry.after, entry.place_id) == (
        "postings.corrected",
        {"role": "clerk"},
        {"role": "coordinator"},
        tree.north.pk,
    )
    assert entry.personal.get(field="reason").value == "登记错了角色"
    assert client.get("/registers/").status_code == 302


def test_a_posting_that_has_not_begun_is_withdrawn_and_one_that_has_is_not(tree):
    granter = make.posted(Role.SECURITY_ADMIN, tree.city)
    ahead = Posting.objects.get(
        account=make.posted(Role.CLERK, tree.north, since=TODAY + DAY, username="li")
    )
    begun = Posting.objects.get(account=make.clerk(tree.south))

    withdraw_posting(ahead, by=granter)
    with pytest.raises(Refused) as refused:
        withdraw_posting(begun, by=granter)

    assert codes(refused) == ["postings.begun"]
    assert not Posting.objects.filter(account__username="li").exists()


def test_a_stranger_to_the_territory_corrects_and_withdraws_nothing(tree):
    granter = make.posted(Role.SECURITY_ADMIN, tree.west)
    posting = Posting.objects.get(account=make.clerk(tree.north))
    facts = {"role": Role.CLERK, "since": posting.since, "until": None, "reason": "写错"}

    with pytest.raises(NotYours):
        correct_posting(posting, by=granter, **facts)
    with pytest.raises(NotYours):
        withdraw_posting(posting, by=granter)


def test_an_account_out_of_use_and_a_closed_office_take_no_posting(tree):
    gone, office = make.account("li", make.office(tree.north)), make.office(tree.south)
    deactivate(gone, by=None, reason="退休")
    close_office(office, by=None, on=TODAY)

    with pytest.raises(Refused) as refused:
        post(by=None, account=gone, office=office, role=Role.CLERK, since=TODAY)

    assert codes(refused) == ["postings.deactivated", "offices.closed"]


def aged(account, days):
    """Let an account have been signed in to last so many days ago."""
    moment = timezone.now() - dt.timedelta(days=days)
    Account.objects.filter(pk=account.pk).update(last_login=moment)
    return account


def test_the_postings_of_an_unused_account_end_with_one_act(tree):
    granter = make.posted(Role.SECURITY_ADMIN, tree.city)
    account = aged(make.clerk(tree.north), 91)
    give(granter, account, tree.south, Role.CLERK, since=TODAY - DAY)

    ended = end_unused(account, by=granter, postings=list(account.postings.all()))

    assert ended == 2
    assert {each.until for each in account.postings.all()} == {TODAY}


def test_whoever_signed_in_meanwhile_keeps_his_postings(tree):
    granter = make.posted(Role.SECURITY_ADMIN, tree.city)
    account = aged(make.clerk(tree.north), 89)

    with pytest.raises(Refused) as refused:
        end_unused(account, by=granter, postings=list(account.postings.all()))

    assert codes(refused) == ["postings.used"]
    assert account.postings.get().until is None


@at_once
@pytest.mark.django_db(transaction=True)
def test_two_grants_at_once_do_not_make_one_person_two_administrators(tree):
    granter = make.posted(Role.SECURITY_ADMIN, tree.city)
    account, start = make.account("li"), threading.Barrier(2)
    offices = {
        Role.SYSTEM_ADMIN: make.office(tree.east),
        Role.AUDIT_ADMIN: make.office(tree.west),
    }
    found = []

    def grant(role):
        by = Account.objects.get(pk=granter.pk)
        start.wait(10)
        try:
            post(by=by, account=account, office=offices[role], role=role, since=TODAY)
            found.append("given")
        except Refused as refusal:
            found.extend(problem.code for problem in refusal.problems)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=grant, args=[role]) for role in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(found) == ["given", "postings.separation"]
    assert Posting.objects.filter(account=account).count() == 1


@at_once
@pytest.mark.django_db(transaction=True)
def test_an_office_does_not_close_while_somebody_is_being_posted_to_it(tree):
    office, account, start = make.office(tree.north), make.account("li"), threading.Barrier(2)
    found = []

    def run(act):
        start.wait(10)
        try:
            act()
            found.append("done")
        except Refused as refusal:
            found.extend(problem.code for problem in refusal.problems)
        finally:
            connections.close_all()

    acts = (
        lambda: post(by=None, account=account, office=office, role=Role.CLERK, since=TODAY),
        lambda: close_office(office, by=None, on=TODAY),
    )
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(found) in (["done", "offices.closed"], ["done", "offices.postings"])
    assert connection.is_usable()
