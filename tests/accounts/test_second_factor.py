"""The second factor: who must have one, what a session without one reaches, and how it is set."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.accounts.door import PASSWORD, SECRET, code, has_app, holder, sign_in
from tongxin.accounts import second_factor
from tongxin.accounts.choices import Role
from tongxin.accounts.duties import ON_THE_WAY
from tongxin.accounts.rules import NEEDS_SECOND_FACTOR
from tongxin.core.access import ANYONE, DEMO, TOKEN
from tongxin.journal.models import Entry
from tools.routes import routes

pytestmark = pytest.mark.django_db
PARTS = {"<slug:key>": "none", "<str:key>": "none", "<int:pk>": "1", "<slug:extension>": "md"}


def reached(client):
    """The routes behind the door that answer with anything but a way to the set-up pages."""
    found = set()
    for route in routes():
        path = route.path
        for part, value in PARTS.items():
            path = path.replace(part, value)
        if route.rule in {ANYONE, DEMO, TOKEN} or "<" in path:
            continue
        if client.get(path).headers.get("Location") != reverse("mfa_index"):
            found.add(route.name)
    return found


def test_these_roles_need_a_second_factor():
    assert {
        Role.COORDINATOR,
        Role.AUDITOR,
        Role.EXPERT,
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDIT_ADMIN,
    } == NEEDS_SECOND_FACTOR


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND_FACTOR))
def test_without_a_second_factor_only_the_way_to_one_is_open(tree, role):
    client = make.client_of(make.posted(role, tree.city), second_factor=False)

    assert reached(client) <= ON_THE_WAY


@pytest.mark.parametrize("role", sorted(set(Role) - NEEDS_SECOND_FACTOR))
def test_other_roles_need_none(tree, role):
    client = make.client_of(make.posted(role, tree.north), second_factor=False)

    assert client.get("/").status_code == 200


def test_a_session_with_a_second_factor_reaches_its_pages(tree):
    assert make.client_of(make.coordinator(tree.east)).get("/registers/").status_code == 200


def test_a_route_left_out_of_the_gate_would_be_seen(tree, monkeypatch):
    monkeypatch.setattr("tongxin.accounts.duties.ON_THE_WAY", ON_THE_WAY | {"desk:home"})
    client = make.client_of(make.coordinator(tree.east), second_factor=False)

    assert "desk:home" in reached(client) - ON_THE_WAY


def test_a_posting_that_has_ended_asks_for_nothing(tree):
    account = make.posted(Role.COORDINATOR, tree.city, until=make.EARLY.replace(year=2018))

    assert make.client_of(account, second_factor=False).get("/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_first_second_factor_is_set_after_the_password_and_opens_the_house(tree):
    account = holder(Role.COORDINATOR, tree.east)
    client, entered = sign_in(account)
    assert client.get(entered.url).headers["Location"] == reverse("mfa_index")

    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'<code class="secret">(\w+)<', page.content.decode())[1]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    codes = client.get(answer.url)

    assert has_app(account)
    assert len(re.findall(r"<code>\d{8}</code>", codes.content.decode())) == 10
    assert client.get("/").status_code == 200
    assert Entry.objects.filter(verb="accounts.factor_set").count() == 2


def test_the_page_with_the_picture_keeps_to_the_policy_of_content(tree):
    page = sign_in(holder(Role.CLERK, tree.north))[0].get(reverse("mfa_activate_totp"))

    assert '<svg class="qr"' in page.content.decode()
    assert "style=" not in page.content.decode()
    assert "data:image" not in page.content.decode()


def test_secrets_are_not_in_the_database_as_they_are(tree):
    safe = second_factor.SecondFactor()

    kept = safe.encrypt(SECRET)

    assert SECRET not in kept
    assert safe.decrypt(kept) == SECRET


def test_the_app_is_asked_after_the_password_and_its_number_opens(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)
    client, answer = sign_in(account)
    assert answer.url == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302

    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = client.post(reverse("mfa_authenticate"), {"code": code()})

    assert "验证码不对" in wrong.content.decode()
    assert right.url == "/"
    assert client.get("/").status_code == 200


def test_the_same_number_does_not_open_twice(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)
    number = code()
    first, _ = sign_in(account)
    second, _ = sign_in(account)

    opened = first.post(reverse("mfa_authenticate"), {"code": number})
    again = second.post(reverse("mfa_authenticate"), {"code": number})

    assert (opened.status_code, again.status_code) == (302, 200)


def test_a_recovery_code_opens_once(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)
    number = RecoveryCodes.activate(account).generate_codes()[0]

    answers = []
    for _ in range(2):
        client, _answer = sign_in(account)
        client.post(reverse("mfa_authenticate"), {"code": number})
        answers.append(client.get("/").status_code)

    assert answers == [200, 302]


def test_the_session_has_a_new_key_after_each_step(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)
    client = Client()
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    keys = [planted.session_key]

    sign_in(account, client=client)
    keys.append(client.session.session_key)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    keys.append(client.session.session_key)

    assert client.get("/").status_code == 200
    assert keys[2] not in keys[:2]


def test_whoever_must_have_a_factor_cannot_take_the_last_one_away(tree):
    account = holder(Role.COORDINATOR, tree.east, app=True)
    client = entered(account)

    client.post(reverse("mfa_deactivate_totp"))

    assert has_app(account)


def test_a_clerk_may_take_it_away(tree):
    account = holder(Role.CLERK, tree.north, app=True)
    client = entered(account)

    client.post(reverse("mfa_deactivate_totp"))

    assert not has_app(account)
    assert Entry.objects.filter(verb="accounts.factor_removed", actor=account).exists()


def entered(account):
    """A client that has shown password and app."""
    client, _ = sign_in(account)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    return client


def test_to_set_another_factor_one_is_asked_again_after_a_while(tree, monkeypatch):
    client = entered(holder(Role.CLERK, tree.north, app=True))
    at_once = client.get(reverse("mfa_generate_recovery_codes"))

    monkeypatch.setattr("tongxin.accounts.adapter.FRESH_FOR", 0)
    later = client.get(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert at_once.status_code == 200
    assert later.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_an_account_with_a_factor_that_this_session_has_not_shown_is_asked_for_it(tree):
    account = holder(Role.COORDINATOR, tree.east)
    client, _ = sign_in(account)
    TOTP.activate(account, SECRET)

    assert client.get("/").headers["Location"] == reverse("mfa_reauthenticate")

    client.post(reverse("mfa_reauthenticate"), {"code": code()})
    assert client.get("/").status_code == 200


def test_the_mark_of_the_demo_counts_only_while_the_demo_runs(tree, settings):
    account = make.coordinator(tree.east)
    client = make.client_of(account, second_factor=False)
    session = client.session
    session["account_authentication_methods_user"] = str(account.pk)
    session["account_authentication_methods"] = [{"method": second_factor.DEMO_ENTRY, "at": 0}]
    session.save()

    settings.DEMO = True
    inside = client.get("/").status_code
    settings.DEMO = False
    outside = client.get("/").status_code

    assert (inside, outside) == (200, 302)


def test_the_kinds_that_prove_are_those_of_the_library():
    assert {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN} == set(second_factor.PROVES)


def test_who_has_a_factor_to_set_up_is_led_nowhere_else(tree):
    client = make.client_of(make.coordinator(tree.city), second_factor=False)

    frame = client.get("/account/second-factor/").context["frame"]

    assert (frame.nav, frame.search_url) == ([], "")
