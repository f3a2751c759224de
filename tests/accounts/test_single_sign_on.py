"""Single sign-on against a real provider, which runs as a program of its own on the loopback."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.accounts.door import code, holder
from tests.browser.installation import _free_port
from tongxin.accounts.choices import Role
from tongxin.config.env import SingleSignOn
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db
PROGRAM = Path(__file__).with_name("provider.py")
HERE = "http://testserver/account/sso/back/"


@pytest.fixture(scope="module")
def address():
    """Where the provider answers."""
    port = _free_port()
    command = [sys.executable, "-W", "ignore", str(PROGRAM), str(port), HERE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as provider:
        try:
            assert provider.stdout.readline() == "ready\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            provider.terminate()


@pytest.fixture(autouse=True)
def connected(settings, address):
    """This installation with that provider."""
    provider = SingleSignOn(address, "tongxin", "a secret between the two", "政务通")
    settings.SINGLE_SIGN_ON = provider
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [provider.as_app()]}
    }


def opened(role, place, email="wenfeng@example.org", **more):
    """An account that an administrator has opened with an e-mail address."""
    account = holder(role, place, **more)
    account.email = email
    account.save(update_fields=["email"])
    return account


def at_the_provider(url, name):
    """Sign in there as a browser would, and return the address to which it sends back."""
    with requests.Session() as browser:
        page = browser.get(url, timeout=20)
        form = {"login": name, "password": name}
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        if token:
            form["csrfmiddlewaretoken"] = token[1]
        hidden = re.search(r'name="next" value="([^"]+)"', page.text)
        form["next"] = hidden[1].replace("&amp;", "&")
        answer = browser.post(page.url, form, allow_redirects=False, timeout=20)
        while not answer.headers["Location"].startswith("http://testserver"):
            there = requests.compat.urljoin(answer.url, answer.headers["Location"])
            answer = browser.get(there, allow_redirects=False, timeout=20)
        return answer.headers["Location"]


def come_back(client, began, name):
    """Follow the way to the provider and back, and return the last answer."""
    back = urlsplit(at_the_provider(began.headers["Location"], name))
    assert back.path == "/account/sso/back/"
    return client.get(f"{back.path}?{back.query}")


def sign_on(name="wenfeng", client=None):
    client = client or Client()
    began = client.post(reverse("openid_connect_login", kwargs={"provider_id": "sso"}))
    return client, come_back(client, began, name)


def test_the_door_offers_it_by_the_name_of_the_provider():
    page = Client().get(reverse("account_login")).content.decode()

    assert "用政务通登录" in page


def test_an_installation_without_a_provider_has_no_such_door(settings):
    settings.SINGLE_SIGN_ON = None
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}

    page = Client().get(reverse("account_login")).content.decode()

    assert "政务通" not in page
    assert Client().post("/account/sso/").status_code == 404
    assert Client().get("/account/sso/back/?code=x&state=y").status_code == 404


def test_a_clerk_signs_on_by_the_verified_address_that_the_administrator_entered(tree):
    account = opened(Role.CLERK, tree.north)

    client, answer = sign_on()

    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Entry.objects.get(verb="accounts.connected").subject_id == account.pk


def test_the_second_time_the_number_counts_and_no_longer_the_address(tree):
    account = opened(Role.CLERK, tree.north)
    sign_on()
    account.email = ""
    account.save(update_fields=["email"])

    client, _answer = sign_on()

    assert client.get("/").wsgi_request.user == account


def test_nothing_is_kept_of_what_the_provider_tells_but_its_number(tree):
    opened(Role.CLERK, tree.north)

    sign_on()

    assert SocialAccount.objects.get().extra_data == {}


@pytest.mark.parametrize("why", ["nobody", "unverified", "two", "closed"])
def test_whoever_has_no_account_of_ours_is_not_let_in_and_none_is_opened(tree, why):
    name = "doubtful" if why == "unverified" else "wenfeng"
    if why != "nobody":
        account = opened(Role.CLERK, tree.north)
        account.is_active = why != "closed"
        account.save(update_fields=["is_active"])
    if why == "two":
        opened(Role.CLERK, tree.south)
    known = type(make.account()).objects.count()

    client, answer = sign_on(name)

    assert client.get("/").status_code == 302
    assert "账号由管理员开设" in answer.content.decode()
    assert not SocialAccount.objects.exists()
    assert type(make.account()).objects.count() == known + 1


def test_a_coordinator_is_asked_for_the_second_factor_all_the_same(tree):
    account = opened(Role.COORDINATOR, tree.east, app=True)

    client, answer = sign_on()

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get("/").wsgi_request.user == account


def test_a_coordinator_without_a_second_factor_sets_one_first(tree):
    opened(Role.COORDINATOR, tree.east)

    client, _answer = sign_on()

    assert client.get("/").headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_whoever_is_signed_in_connects_and_disconnects_by_his_own_wish(tree):
    account = opened(Role.CLERK, tree.north, email="")
    client = make.client_of(account)
    url = reverse("openid_connect_login", kwargs={"provider_id": "sso"})

    began = client.post(f"{url}?process=connect")
    answer = come_back(client, began, "doubtful")

    assert answer.headers["Location"] == reverse("sign_ins")
    assert SocialAccount.objects.get().user == account
    assert sign_on("doubtful")[0].get("/").wsgi_request.user == account

    client.post(reverse("disconnect"))
    assert not SocialAccount.objects.exists()
    assert Entry.objects.get(verb="accounts.disconnected").actor == account


def test_an_answer_that_nobody_asked_for_opens_nothing(tree):
    opened(Role.CLERK, tree.north)
    began = Client().post(reverse("openid_connect_login", kwargs={"provider_id": "sso"}))

    other = Client()
    answer = come_back(other, began, "wenfeng")

    assert "没有登录成" in answer.content.decode()
    assert other.get("/").status_code == 302


def test_a_session_has_a_new_key_after_signing_on(tree):
    opened(Role.CLERK, tree.north)
    client = Client()
    began = client.post(reverse("openid_connect_login", kwargs={"provider_id": "sso"}))
    planted = client.session.session_key

    come_back(client, began, "wenfeng")

    assert client.session.session_key != planted
