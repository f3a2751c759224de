"""Personal tokens: made with the password shown again, seen once, ended in many ways."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.accounts.door import PASSWORD, holder, sign_in
from tests.api.programs import AT, Program, token_of
from tongxin.accounts import actions
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account, Token
from tongxin.accounts.token_actions import PREFIX, digest_of, end_token, make_token
from tongxin.accounts.token_rules import LONGEST, MOST, token_problems
from tongxin.core.errors import NotYours, Refused
from tongxin.journal.models import Entry, PersonalValue

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"
ASKED = {"name": "月报脚本", "scope": "read", "days": "90"}


@pytest.fixture
def clerk(tree):
    return holder(Role.CLERK, tree.north)


def answers(secret, **how):
    """What the door of programs says to a secret."""
    return Program(None, secret=secret).get("", **how)


def opens(secret):
    return answers(secret).status_code == 200


@pytest.mark.parametrize(
    ("name", "days", "held", "codes"),
    [
        ("月报脚本", 1, 0, []),
        ("月报脚本", LONGEST, MOST - 1, []),
        (" ", 30, 0, ["tokens.no_name"]),
        ("找 13812345678", 30, 0, ["tokens.number"]),
        ("月报", 0, 0, ["tokens.days"]),
        ("月报", LONGEST + 1, MOST, ["tokens.days", "tokens.many"]),
    ],
)
def test_what_stands_against_a_token(name, days, held, codes):
    assert [problem.code for problem in token_problems(name, days, held=held)] == codes


def test_a_token_is_made_on_the_page_and_shown_once(clerk):
    client, _answer = sign_in(clerk)

    page = client.post(PAGE, ASKED)
    secret = page.context["secret"]

    assert secret.startswith(PREFIX)
    assert page.content.decode().count(secret) == 1
    assert page["Cache-Control"] == "private, no-store"
    assert opens(secret)
    later = client.get(PAGE).content.decode()
    assert "月报脚本" in later
    assert secret not in later


def test_only_a_digest_is_kept_and_the_journal_tells_without_the_name_in_the_chain(clerk):
    secret = token_of(clerk, "read")

    kept = Token.objects.values().get()
    assert kept["digest"] == digest_of(secret)
    assert secret not in str(kept)
    entry = Entry.objects.get(verb="accounts.token_made")
    assert entry.actor == clerk
    assert "月报脚本" not in str(entry.after)
    assert PersonalValue.objects.filter(entry=entry, field="token", value="月报脚本").exists()


def test_who_makes_a_token_shows_the_password_again(clerk):
    client = make.client_of(clerk, second_factor=False)

    asked = client.post(PAGE, ASKED)

    assert asked.url.startswith("/account/reauthenticate/")
    assert not Token.objects.exists()
    client.post(asked.url, {"password": PASSWORD}, follow=True)
    assert Token.objects.count() == 1


def test_a_role_that_needs_a_second_factor_makes_none_without_it(tree):
    coordinator = holder(Role.COORDINATOR, tree.city)
    client = make.client_of(coordinator, second_factor=False)

    answer = client.post(PAGE, ASKED)

    assert answer.url.startswith("/account/second-factor/")
    assert not Token.objects.exists()


def test_a_token_made_without_a_second_factor_opens_nothing_once_a_posting_asks_for_one(tree):
    today = timezone.localdate()
    account = holder(Role.CLERK, tree.north)
    office = make.office(tree.north, "文明办")
    actions.post(
        by=None,
        account=account,
        office=office,
        role=Role.COORDINATOR,
        since=today + dt.timedelta(days=1),
    )
    without, shown = (token_of(account, second_factor=each) for each in (False, True))
    assert opens(without)

    account.postings.filter(role=Role.COORDINATOR).update(since=today)  # the day has come

    assert not opens(without)
    assert opens(shown)


def revoke(account):
    end_token(account.tokens.get(), by=account)


def expire(account):
    long_ago = timezone.now() - dt.timedelta(days=9)
    account.tokens.update(made_at=long_ago, expires_at=long_ago + dt.timedelta(days=1))


def new_password(account):
    account.set_password("another long sentence")
    account.save(update_fields=["password"])


def end_posting(account):
    actions.end_posting(account.postings.get(), by=None, until=dt.date(2099, 1, 1))


def deactivate(account):
    actions.deactivate(account, by=None, reason="离职")


def come_back(account):
    deactivate(account)
    actions.reactivate(account, by=None, reason="回来了")


def forge(account):
    account.tokens.update(digest=digest_of("another"))


@pytest.mark.parametrize(
    "end", [revoke, expire, new_password, end_posting, deactivate, come_back, forge]
)
def test_a_token_ends_and_the_answer_is_that_to_a_stranger(clerk, end):
    secret = token_of(clerk)
    assert opens(secret)

    end(Account.objects.get(pk=clerk.pk))

    refused, stranger = answers(secret), answers("")
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
    assert (refused.content, refused.headers) == (stranger.content, stranger.headers)


def test_a_token_that_outlived_its_posting_would_be_seen(clerk, monkeypatch):
    secret = token_of(clerk)
    monkeypatch.setattr("tongxin.accounts.bearers.state_of", lambda _token: "valid")

    end_posting(Account.objects.get(pk=clerk.pk))

    assert opens(secret)


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer ", "Basic abc", "Bearer x" * 99, "Bearer 令牌", "Token abc"]
)
def test_what_is_no_token_opens_nothing(clerk, shown):
    known = answers("")

    answer = Client().get(AT, headers={"Authorization": shown, "Accept-Language": "zh-hans"})

    assert (answer.status_code, answer.content) == (401, known.content)


def test_an_old_password_closes_the_door_of_programs_too(clerk, settings):
    secret = token_of(clerk)
    settings.PASSWORD_DAYS = 30
    Account.objects.update(password_set_at=timezone.now() - dt.timedelta(days=31))

    assert not opens(secret)


def test_a_session_opens_nothing_and_is_not_needed(clerk):
    client = make.client_of(clerk)

    assert client.get(AT).status_code == 401
    assert opens(token_of(clerk))


def test_a_token_is_ended_on_the_page_and_nobody_ends_another_s(clerk, tree):
    token_of(clerk)
    token = Token.objects.get()
    other = make.client_of(holder(Role.CLERK, tree.south))

    assert other.post(f"{PAGE}end/", {"which": token.pk}).status_code == 404
    with pytest.raises(NotYours):
        end_token(token, by=holder(Role.CLERK, tree.river))
    make.client_of(clerk).post(f"{PAGE}end/", {"which": token.pk})

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert Entry.objects.filter(verb="accounts.token_ended").count() == 1


def test_an_account_has_so_many_and_those_that_are_over_do_not_count(clerk):
    for _number in range(MOST):
        token_of(clerk)
    with pytest.raises(Refused):
        token_of(clerk)

    new_password(Account.objects.get(pk=clerk.pk))

    assert token_of(clerk)


def test_the_page_says_why_a_token_opens_nothing(clerk):
    token_of(clerk)
    new_password(Account.objects.get(pk=clerk.pk))
    client, _answer = sign_in(clerk, "another long sentence")

    assert "改过密码或任职，已失效" in client.get(PAGE).content.decode()


def test_the_day_of_the_last_use_is_noted_once_a_day(clerk, django_assert_num_queries):
    secret = token_of(clerk)
    assert opens(secret)

    assert Token.objects.get().last_used_on == timezone.localdate()
    with django_assert_num_queries(3):  # the token, the standing, the programmes: no write
        answers(secret)


def test_bad_values_are_told_and_what_was_typed_is_kept(clerk):
    client, _answer = sign_in(clerk)

    page = client.post(PAGE, {"name": "打 13812345678", "scope": "all", "days": "9999"})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"scope", "days"}
    assert "打 13812345678" in page.content.decode()


def test_an_erased_account_has_no_tokens(clerk):
    from tongxin.participants.actions import erase_account

    token_of(clerk)
    Account.objects.get(pk=clerk.pk).postings.update(until=timezone.localdate())
    deactivate(Account.objects.get(pk=clerk.pk))

    erase_account(Account.objects.get(pk=clerk.pk), by=None)

    assert not Token.objects.exists()
    assert not PersonalValue.objects.filter(field="token").exists()


def test_the_account_is_told_how_many_tokens_it_has(clerk):
    from tongxin.desk.own_data import rows_about

    token_of(clerk)

    assert "accounts.Token.account" in {fact.label for fact in rows_about(clerk)}


def test_made_by_hand_it_needs_its_account(tree):
    account = holder(Role.CLERK, tree.north)

    token, secret = make_token(account, name="甲", scope="read", days=1, second_factor=False)

    assert (token.account, str(token)) == (account, "甲")
    assert len(secret) > 40
