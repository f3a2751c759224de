"""Controls that hold by themselves, each shown once, so that the tables of controls can name it."""

import json
import logging
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import global_settings
from django.test import Client
from django.urls import path

from tests import factories as make
from tests.test_query_counts import PLAIN, filled
from tongxin.accounts.models import SignIn
from tongxin.core.access import ANYONE, access
from tools.checks import lint
from tools.routes import routes

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long sentence about tea"
ASKED = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
answer = Client().get("/account/login/", headers={"host": "localhost"})
print(json.dumps([settings.DEBUG, answer.status_code, answer.get("Location", "")]))
"""


def started(home, **environment):
    """What an installation of its own, started with such an environment, says of itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN_")}
    kept |= {"TONGXIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tongxin.config.settings"}
    command = [sys.executable, "-W", "ignore", "-c", ASKED]
    run = subprocess.run(
        command, env=kept | environment, cwd=ROOT, capture_output=True, check=False, text=True
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture
def clerk(db):
    account = make.clerk(make.tree().north)
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    return account


def test_debug_is_off_unless_asked_for_and_https_is_followed(tmp_path):
    debug, status, _where = started(tmp_path, TONGXIN_PLAIN_STATIC="1")
    assert (debug, status) == (False, 200)

    debug, status, where = started(tmp_path, TONGXIN_PLAIN_STATIC="1", TONGXIN_HTTPS="1")
    assert (debug, status, where) == (False, 301, "https://localhost/account/login/")


def test_headers_of_a_proxy_are_believed_only_where_there_is_one(settings):
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert settings.USE_X_FORWARDED_HOST is False
    settings.SECURE_SSL_REDIRECT = True

    answer = Client().get("/", headers={"x-forwarded-proto": "https", "x-forwarded-host": "evil"})

    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/")


def test_signing_in_gives_a_new_session_and_ends_the_old_one(clerk):
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key

    client.post("/account/login/", {"login": clerk.username, "password": PASSWORD})

    number = client.cookies["sessionid"].value
    assert number != planted
    assert re.fullmatch("[a-z0-9]{32}", number)
    assert list(SignIn.objects.values_list("session_key", flat=True)) == [number]


def test_a_session_that_was_left_is_worth_nothing(clerk):
    client = Client()
    client.post("/account/login/", {"login": clerk.username, "password": PASSWORD})
    number = client.cookies["sessionid"].value
    assert client.get("/").status_code == 200

    client.post("/account/logout/")
    client.cookies["sessionid"] = number

    assert client.get("/").status_code == 302


def test_sessions_are_kept_as_json_in_the_database(settings):
    assert settings.SESSION_ENGINE == "tongxin.accounts.sessions"
    assert settings.SESSION_SERIALIZER.endswith("JSONSerializer")


def test_passwords_are_stored_by_a_slow_function():
    from tongxin.config import settings as ours

    hashers = getattr(ours, "PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)

    assert hashers[0].endswith(("PBKDF2PasswordHasher", "Argon2PasswordHasher"))


def test_nobody_opens_an_account_by_himself_or_is_asked_for_hints():
    names = {route.name for route in routes()}

    assert {name for name in names if re.search("signup|hint|question", name)} == set()


@pytest.mark.django_db
def test_every_page_is_html_in_utf_8_and_offers_to_sign_out():
    readers, _first = filled(1)
    client = make.client_of(readers["city"])
    pages = {address: client.get(address) for address in PLAIN if "/download/" not in address}

    assert {page["Content-Type"] for page in pages.values()} == {"text/html; charset=utf-8"}
    assert {a for a, page in pages.items() if b'"/account/logout/"' not in page.content} == set()


@pytest.mark.parametrize("folder", ["/static/", "/static/tongxin/", "/files/"])
def test_folders_are_not_listed(folder, db):
    assert Client().get(folder).status_code == 404


def broken():
    """The project's routes, and one that fails."""
    from tongxin.config import urls

    @access(ANYONE)
    def fails(_request):
        raise RuntimeError("the password of the database")

    module = ModuleType("routes_with_a_broken_one")
    module.urlpatterns = [path("fails/", fails), *urls.urlpatterns]
    module.handler500 = urls.handler500
    return module


def test_an_error_is_told_by_a_number_and_logged_with_it(settings, caplog, db):
    settings.ROOT_URLCONF = broken()
    caplog.set_level(logging.ERROR)

    answer = Client(raise_request_exception=False).get("/fails/")

    told = re.search(r"shown to the reader as ([0-9A-F]{4}): /fails/", caplog.text)
    assert answer.status_code == 500
    assert told[1] in answer.content.decode()
    assert "RuntimeError" in caplog.text
    assert b"password of the database" not in answer.content
    assert b"Traceback" not in answer.content


def test_the_log_goes_to_standard_error_only_and_says_its_time_with_its_zone(settings):
    log = settings.LOGGING
    formatter = log["formatters"]["line"]
    record = logging.LogRecord("tongxin", logging.INFO, "", 0, "words", (), None)

    line = logging.Formatter(formatter["format"], formatter["datefmt"]).format(record)

    assert [each["class"] for each in log["handlers"].values()] == ["logging.StreamHandler"]
    assert log["root"]["handlers"] == ["console"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0800 INFO tongxin words", line)


def test_the_page_of_logs_names_every_logger():
    sources = [each.read_text("utf-8") for each in (ROOT / "tongxin").rglob("*.py")]
    named = {name for text in sources for name in re.findall(r'getLogger\("([\w.]+)"\)', text)}
    page = (ROOT / "docs" / "reference" / "logs.md").read_text("utf-8")

    assert named
    assert {name for name in named if f"`{name}`" not in page} == set()


SECRET = re.compile(
    r"BEGIN [A-Z ]*PRIVATE KEY|(?i:password|secret_?key|token)\s*[:=]\s*[\"'][^\"'{}<>\s]{8,}[\"']"
)


def test_no_secret_is_shipped():
    files = [*(ROOT / "tongxin").rglob("*.py"), *(ROOT / "tongxin").rglob("*.json")]

    found = {each.name: hit[0] for each in files if (hit := SECRET.search(each.read_text("utf-8")))}

    assert found == {}


@pytest.mark.parametrize("text", ['PASSWORD = "changeme1"', "-----BEGIN PRIVATE KEY-----"])
def test_a_secret_would_be_seen(text):
    assert SECRET.search(text)


def test_types_are_checked_and_warnings_are_errors():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]

    assert ("mypy",) in [step.command for step in lint()]
    assert project["mypy"]["disallow_untyped_defs"] is True
    assert project["pytest"]["ini_options"]["filterwarnings"] == ["error"]


CRYPTOGRAPHY = re.compile(
    r"^\s*(?:import|from) (?:hashlib|hmac|secrets|ssl|cryptography\S*|fido2\S*"
    r"|django\.core\.signing|django\.utils\.crypto)\b|^from django\.core import signing",
    re.MULTILINE,
)


def test_the_page_of_keys_names_every_file_that_encrypts_signs_hashes_or_draws_at_random():
    package = ROOT / "tongxin"
    page = (ROOT / "docs" / "reference" / "keys.md").read_text("utf-8")
    found = {
        each.relative_to(package).as_posix()
        for each in package.rglob("*.py")
        if CRYPTOGRAPHY.search(each.read_text("utf-8"))
    }

    assert found
    assert {each for each in found if f"`{each}`" not in page} == set()


@pytest.mark.parametrize("text", ["import hmac", "from cryptography.fernet import Fernet"])
def test_a_file_that_does_would_be_found(text):
    assert CRYPTOGRAPHY.search(text)
