"""Lock-out by name and by address, and how the security administrator opens again."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.accounts.door import PASSWORD, code, has_app, holder, sign_in
from tongxin.accounts import locking
from tongxin.accounts.choices import Role
from tongxin.accounts.locking import TRIES_OF_A_NAME, TRIES_OF_AN_ADDRESS, WINDOW, address_of, knock
from tongxin.accounts.models import Lock, SignIn
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_the_lock(settings):
    """Leave the library's own limits out, so that what is seen is the lock's doing."""
    settings.ACCOUNT_RATE_LIMITS = False


def guess(name, times=TRIES_OF_A_NAME, address="203.0.113.5"):
    client = Client(REMOTE_ADDR=address)
    for _ in range(times):
        sign_in(name, "not the password", client=client)


def comes_in(account, address="203.0.113.9"):
    return sign_in(account, client=Client(REMOTE_ADDR=address))[1].status_code == 302


def test_after_five_wrong_passwords_the_right_one_no_longer_opens(tree):
    account = holder(Role.CLERK, tree.north)

    guess(account)

    assert not comes_in(account)
    assert not comes_in(account, "198.51.100.7")


def test_after_four_it_still_opens_and_they_are_forgotten(tree):
    account = holder(Role.CLERK, tree.north)

    guess(account, 4)
    assert comes_in(account)
    guess(account, 4)

    assert comes_in(account)


def test_a_lock_ends_by_itself(tree):
    account = holder(Role.CLERK, tree.north)
    guess(account)

    Lock.objects.update(until=timezone.now())

    assert comes_in(account)


def test_old_failures_do_not_count(tree):
    account = holder(Role.CLERK, tree.north)
    guess(account, 4)
    Lock.objects.update(since=timezone.now() - WINDOW - dt.timedelta(seconds=1))

    guess(account, 4)

    assert comes_in(account)


def test_trying_on_does_not_make_a_lock_longer(tree):
    account = holder(Role.CLERK, tree.north)
    guess(account)
    until = Lock.objects.get(account=account).until

    guess(account, 3)

    assert Lock.objects.get(account=account).until == until


def test_an_address_that_tries_many_names_is_shut_and_locks_nobody_else_out(tree):
    for number in range(TRIES_OF_AN_ADDRESS):
        sign_in(f"name{number}", "x", client=Client(REMOTE_ADDR="203.0.113.5"))
    account = holder(Role.CLERK, tree.north)

    guess(account)

    assert not comes_in(account, "203.0.113.5")
    assert comes_in(account, "203.0.113.6")


def test_many_at_once_are_counted_before_they_are_judged(tree):
    assert [knock("li", "203.0.113.5") for _ in range(7)] == [True] * 5 + [False] * 2


def test_a_right_password_does_not_clear_what_wrong_codes_have_counted(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)
    for _ in range(TRIES_OF_A_NAME):
        client, _answer = sign_in(account)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    client, _answer = sign_in(account)
    client.post(reverse("mfa_authenticate"), {"code": code()})

    assert client.get("/").status_code == 302


def test_a_code_is_not_judged_once_the_name_is_locked(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)
    client, _answer = sign_in(account)
    guess(account)

    answer = client.post(reverse("mfa_authenticate"), {"code": code()})

    assert "验证码不对" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_asking_for_the_password_again_counts_too(tree):
    account = holder(Role.CLERK, tree.north)
    client, _answer = sign_in(account)
    for _ in range(TRIES_OF_A_NAME):
        client.post(reverse("account_reauthenticate"), {"password": "a guess"})

    assert not comes_in(account)


def test_the_lock_keeps_no_name_and_no_address(tree):
    guess("somebody's password, typed into the wrong box")

    kept = str(list(Lock.objects.values()))
    assert "wrong box" not in kept
    assert "203.0.113.5" not in kept


def test_the_journal_tells_of_a_lock_once(tree):
    account = holder(Role.CLERK, tree.north)

    guess(account, 8)

    entry = Entry.objects.get(verb="accounts.locked")
    assert (entry.actor, entry.place_id) == (None, tree.north.pk)


def test_the_security_administrator_unlocks_at_once(tree):
    account = holder(Role.CLERK, tree.north)
    client = make.client_of(make.posted(Role.SECURITY_ADMIN, tree.east))
    guess(account)

    page = client.get(reverse("accounts:locks"))
    lock = Lock.objects.get(account=account)
    client.post(reverse("accounts:lift", args=[lock.pk]))

    assert account.username in page.content.decode()
    assert comes_in(account)
    assert Entry.objects.get(verb="accounts.unlocked").subject_id == account.pk


def test_an_administrator_of_another_county_finds_no_lock(tree):
    account = holder(Role.CLERK, tree.north)
    client = make.client_of(make.posted(Role.SECURITY_ADMIN, tree.west))
    guess(account)
    lock = Lock.objects.get(account=account)

    page = client.get(reverse("accounts:locks"))
    answer = client.post(reverse("accounts:lift", args=[lock.pk]))

    assert account.username not in page.content.decode()
    assert answer.status_code == 404
    assert not comes_in(account)


def test_an_administrator_is_unlocked_from_above_and_not_by_a_peer(tree):
    locked = holder(Role.SYSTEM_ADMIN, tree.east)
    guess(locked)
    lock = Lock.objects.get(account=locked)
    lift = reverse("accounts:lift", args=[lock.pk])

    make.client_of(make.posted(Role.SECURITY_ADMIN, tree.east)).post(lift)
    assert Lock.objects.filter(pk=lock.pk).exists()
    make.client_of(make.posted(Role.SECURITY_ADMIN, tree.city)).post(lift)

    assert not Lock.objects.filter(pk=lock.pk).exists()


def test_lost_factors_are_taken_away_after_a_look_at_the_holder(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)
    elsewhere = make.client_of(account)
    client = make.client_of(make.posted(Role.SECURITY_ADMIN, tree.city))

    form = {"account": account.username, "reason": "本人到场，看了工作证"}
    client.post(reverse("accounts:lost"), form)

    assert not has_app(account)
    assert elsewhere.get("/").status_code == 302
    assert not SignIn.objects.filter(account=account).exists()
    entry = Entry.objects.get(verb="accounts.factors_forgotten")
    assert entry.facts["reason"] == "本人到场，看了工作证"
    assert sign_in(account)[1].url == "/"


@pytest.mark.parametrize("who", ["stranger", "own"])
def test_factors_of_others_outside_the_territory_and_ones_own_stay(tree, who):
    granter = holder(Role.SECURITY_ADMIN, tree.west, app=True)
    account = granter if who == "own" else holder(Role.COORDINATOR, tree.east, app=True)

    answer = make.client_of(granter).post(
        reverse("accounts:lost"), {"account": account.username, "reason": "x"}
    )

    assert answer.status_code == 422
    assert account.username in answer.content.decode()
    assert has_app(account)


@pytest.mark.parametrize(
    ("behind", "headers", "address"),
    [
        (False, {}, "203.0.113.5"),
        (False, {"HTTP_X_FORWARDED_FOR": "10.0.0.1"}, "203.0.113.5"),
        (True, {}, "203.0.113.5"),
        (True, {"HTTP_X_FORWARDED_FOR": "10.0.0.1, 198.51.100.7"}, "198.51.100.7"),
        (True, {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}, "198.51.100.7"),
    ],
)
def test_an_address_is_believed_from_a_header_only_behind_a_proxy(
    settings, behind, headers, address
):
    settings.BEHIND_PROXY = behind

    assert address_of({"REMOTE_ADDR": "203.0.113.5", **headers}) == address


def test_what_no_longer_counts_is_cleared_away():
    knock("li", "203.0.113.5")
    knock("wang", "203.0.113.6")
    Lock.objects.filter(mark=locking.mark_of_name("li")).update(since=timezone.now() - 2 * WINDOW)

    assert locking.forget_old() == 1


def test_the_password_of_the_tests_is_one_that_the_rules_allow():
    from django.contrib.auth.password_validation import validate_password

    validate_password(PASSWORD)
