"""What every answer carries on the wire, whatever it is: a page, a file, a refusal, an error."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client
from django.urls import path

from tests import factories as make
from tests.test_query_counts import addresses, filled
from tongxin.core.access import ANYONE, access

ROOT = Path(__file__).resolve().parents[2]
POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
    "style-src": "'self'",
}
EXACTLY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def wrong_with(answer):
    """What an answer's headers lack."""
    policy = dict(
        part.strip().split(" ", 1)
        for part in answer.get("Content-Security-Policy", "").split(";")
        if " " in part.strip()
    )
    # What is handed over as a file may load and send nothing at all.
    yield from (
        name
        for name, value in POLICY.items()
        if policy.get(name, policy.get("default-src")) not in {value, "'none'"}
    )
    yield from (name for name, value in EXACTLY.items() if answer.get(name) != value)
    if "'unsafe" in answer.get("Content-Security-Policy", ""):
        yield "unsafe"
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        yield "Permissions-Policy"
    yield from (name for name in answer.headers if name.startswith("Access-Control-"))


def broken():
    """The project's routes, and one that fails."""
    from tongxin.config import urls

    @access(ANYONE)
    def fails(_request):
        raise RuntimeError

    module = ModuleType("routes_with_one_that_fails")
    module.urlpatterns = [path("fails/", fails), *urls.urlpatterns]
    module.handler400, module.handler500 = urls.handler400, urls.handler500
    return module


@pytest.mark.django_db
def test_every_page_carries_them_and_is_kept_by_no_cache():
    readers, first = filled(1)
    clients = {who: make.client_of(account) for who, account in readers.items()}
    answers = {name: clients[who].get(place) for who, name, place in addresses(first)}

    bad = {name: wrong for name, each in answers.items() if (wrong := [*wrong_with(each)])}
    kept = {
        name: each["Cache-Control"]
        for name, each in answers.items()
        if each["Cache-Control"] != "private, no-store"
    }

    assert bad == {}
    assert {re.sub(r"\w+/new", "x/new", name): how for name, how in kept.items()} == {
        "/registers/x/new/": "private, no-cache"
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "place", "status"),
    [
        ("GET", "/", 302),
        ("GET", "/account/login/", 200),
        ("GET", "/nothing/", 404),
        ("GET", "/?q=%00", 400),
        ("TRACE", "/", 405),
        ("POST", "/account/login/", 403),
        ("GET", "/fails/", 500),
        ("GET", "/static/tongxin/tongxin.css", 200),
        ("GET", "/static/nothing.css", 404),
    ],
)
def test_every_other_answer_carries_them_too(settings, method, place, status):
    settings.ROOT_URLCONF = broken()
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    answer = client.generic(method, place)
    answer.close()

    assert answer.status_code == status
    assert list(wrong_with(answer)) == []


def test_an_answer_that_lacks_them_would_be_seen():
    from django.http import HttpResponse

    bare = HttpResponse(headers={"Access-Control-Allow-Origin": "*"})

    assert {"default-src", "X-Frame-Options", "Access-Control-Allow-Origin"} <= {*wrong_with(bare)}


@pytest.mark.django_db
def test_cookies_are_kept_from_scripts_and_from_other_sites():
    account = make.clerk(make.tree().north)
    account.set_password("a long sentence about tea")
    account.save(update_fields=["password"])
    client = Client()
    client.get("/account/login/")
    client.post(
        "/account/login/",
        {"login": account.username, "password": "a long sentence about tea"},
    )
    client.post("/display/", {"size": "large"})
    client.post("/language/", {"language": "en"})
    make.fill(
        client, "/registers/organisations/new/", name="茶社", kind="community", status="filed"
    )

    found = {name: (each["httponly"], each["samesite"]) for name, each in client.cookies.items()}

    assert set(found) == {"csrftoken", "language", "messages", "sessionid", "size"}
    assert set(found.values()) == {(True, "Lax")}


SECURE = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(headers={"host": "localhost"})
page = client.get("/account/login/", secure=True)
client.post("/display/", {"size": "large"}, secure=True)
client.post("/display/", {"density": "dense"}, secure=True)
client.post("/language/", {"language": "en"}, secure=True)
names = ["SESSION", "CSRF", "LANGUAGE", "MESSAGES", "SIZE", "DENSITY"]
print(json.dumps({
    "hsts": page["Strict-Transport-Security"],
    "names": [getattr(settings, name + "_COOKIE_NAME") for name in names],
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
    "cookies": {n: [bool(c["secure"]), c["path"], c["domain"]] for n, c in client.cookies.items()},
}))
"""


def run(home, *command):
    """Run Python as an installation behind HTTPS would."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN_")}
    kept |= {
        "DJANGO_SETTINGS_MODULE": "tongxin.config.settings",
        "TONGXIN_HOME": str(home),
        "TONGXIN_HTTPS": "1",
        "TONGXIN_PLAIN_STATIC": "1",
    }
    return subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        cwd=ROOT, env=kept, capture_output=True, check=False, text=True,
    )  # fmt: skip


def test_behind_https_cookies_are_bound_to_the_host_and_hsts_holds_for_a_year(tmp_path):
    done = run(tmp_path, "-c", SECURE)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert told["hsts"] == "max-age=31536000; includeSubDomains"
    assert [name for name in told["names"] if not name.startswith("__Host-")] == []
    assert told["secure"] == [True, True]
    assert set(told["cookies"]) == {
        "__Host-csrftoken",
        "__Host-density",
        "__Host-language",
        "__Host-size",
    }
    assert set(map(tuple, told["cookies"].values())) == {(True, "/", "")}


def test_the_deploy_check_of_django_finds_nothing(tmp_path):
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")


def test_the_deploy_check_would_find_a_weak_key(tmp_path):
    weak = run(tmp_path, "-c", "import os; os.environ['TONGXIN_SECRET_KEY'] = 'weak'\n" + CHECK)

    assert "security.W009" in weak.stderr


CHECK = """
import django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="CRITICAL")
"""
