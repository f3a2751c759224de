"""A link of an invitation: for one account, once, for seven days, and made by nobody else."""

import datetime as dt
import logging

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.accounts.door import PASSWORD, code, holder, sign_in
from tongxin.accounts import actions
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Invitation
from tongxin.accounts.queries import INVITATION_SALT

pytestmark = pytest.mark.django_db
CHOSEN = "tea on the bridge at noon"


def link(account):
    """Where an invitation leads."""
    return f"/account/invitation/{actions.invite(account, by=None)}/"


def answer(address, password=CHOSEN):
    return Client().post(address, {"password": password, "again": password})


def test_the_invited_chooses_a_password_and_the_link_is_worth_nothing_then(tree):
    account = make.clerk(tree.north)
    address = link(account)

    taken = answer(address)

    assert (taken.status_code, taken.url) == (302, "/account/login/")
    assert sign_in(account, CHOSEN)[1].status_code == 302
    assert answer(address, "another sentence about tea").status_code == 404
    assert Client().get(address).status_code == 404


def test_looking_at_the_page_uses_nothing_and_keeps_it_from_caches(tree):
    address = link(make.clerk(tree.north))

    first, second = Client().get(address), Client().get(address)

    assert (first.status_code, second.status_code) == (200, 200)
    assert "no-store" in first["Cache-Control"]
    assert first["Referrer-Policy"] == "same-origin"


def test_what_the_house_keeps_opens_nothing(tree):
    address = link(make.clerk(tree.north))
    secret = signing.loads(address.split("/")[3], salt=INVITATION_SALT)[1]

    kept = str(Invitation.objects.values().get())

    assert len(secret) == 32
    assert secret not in kept


@pytest.mark.parametrize("days", [7, 8])
def test_after_seven_days_it_is_worth_nothing(tree, days):
    address = link(make.clerk(tree.north))
    Invitation.objects.update(expires_at=timezone.now() + dt.timedelta(days=7 - days))

    assert answer(address).status_code == 404


def test_its_own_signature_runs_out_too(tree, monkeypatch):
    address = link(make.clerk(tree.north))
    later = timezone.now().timestamp() + 8 * 86_400
    Invitation.objects.update(expires_at=timezone.now() + dt.timedelta(days=30))

    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("salt", ["", "tongxin.something.else"])
def test_a_link_signed_for_anything_else_is_worth_nothing(tree, salt):
    token = link(make.clerk(tree.north)).split("/")[3]
    inside = signing.loads(token, salt=INVITATION_SALT)

    other = signing.dumps(inside, salt=salt or "django.core.signing")

    assert Client().get(f"/account/invitation/{other}/").status_code == 404


def test_a_link_that_was_altered_is_worth_nothing(tree):
    address = link(make.clerk(tree.north))
    token = address.split("/")[3]
    body, rest = token.split(":", 1)
    other = signing.dumps([999, "x"], salt=INVITATION_SALT).split(":", 1)[0]
    forged = [f"{other}:{rest}", f"{body}:{rest[:-1]}", f"{token}x", body, signing.dumps([1, "x"])]

    found = [Client().get(f"/account/invitation/{each}/").status_code for each in forged]

    assert found == [404] * len(forged)


def test_a_new_link_ends_the_one_before_and_a_revoked_one_is_gone(tree):
    account = make.clerk(tree.north)
    first, second = link(account), link(account)

    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200

    actions.revoke_invitation(account, by=None)
    assert Client().get(second).status_code == 404


def test_the_rules_for_passwords_hold_here_too(tree):
    address = link(make.clerk(tree.north))

    assert answer(address, "short").status_code == 422
    assert answer(address).status_code == 302


def test_whoever_forgot_the_password_gets_a_new_one_and_shows_the_same_second_factor(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)

    answer(link(account))

    client, led = sign_in(account, CHOSEN)
    assert led.url == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    client.post(led.url, {"code": code()})
    assert client.get("/").wsgi_request.user == account
    assert sign_in(account, PASSWORD)[1].status_code == 200


def test_no_line_of_the_log_holds_a_link(tree, caplog):
    caplog.set_level(logging.DEBUG)
    token = link(make.clerk(tree.north)).split("/")[3]
    client = make.client_of(make.clerk(tree.south))
    other = f"{token[:-3]}abc"

    client.get(f"/account/invitation/{other}/")

    lines = [each.getMessage() for each in caplog.records if each.name == "tongxin.security"]
    assert any("shut 404" in line for line in lines)
    assert token[:20] not in "".join(lines)
