"""Where a request may be sent on to, and the addresses that people have sent others to."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.accounts.door import PASSWORD, holder
from tongxin.accounts.choices import Role
from tongxin.core.redirects import is_own_path

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = [
    "",
    " ",
    "home",
    "https://evil.example",
    "http://evil.example/",
    "HTTPS://EVIL.EXAMPLE",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/a/..//evil.example",
    "/%09\\evil.example",
    "//user@evil.example",
    "//testserver@evil.example/",
    "http://testserver@evil.example/",
    "https://testserver.evil.example/",
    "http://[::1]@evil.example",
    "//evil。example",
    "/／evil.example",
    "／／evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example",
    "mailto:somebody@evil.example",
    "/ok\r\nLocation: https://evil.example",
    "/ok\r\nSet-Cookie: sessionid=planted",
    "/ok\\..\\..\\evil",
    "/ok 1",
    "http://testserver/",
    "//testserver/",
]
OURS = [
    "/",
    "/registers/",
    "/registers/sites/?q=%E7%A4%BA&division=east",
    "/search/?q=https://example.org//x",
    "/figures/#east",
    "/registers/sites/4/?next=//x",
    "/a-b_c.d~e/%2f%2fevil",
]


@pytest.mark.parametrize("target", HOSTILE)
def test_an_address_that_is_no_plain_path_of_ours_is_refused(target):
    assert not is_own_path(target)


@pytest.mark.parametrize("target", OURS)
def test_a_path_of_ours_is_followed(target):
    assert is_own_path(target)


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["display", "language", "login", "logout", "reauthenticate"])
def test_no_door_sends_anybody_to_a_hostile_address(door, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    clerk = holder(Role.CLERK, make.division("north", "北镇", "town", None))
    sent = {target: knock(door, clerk, target) for target in [*HOSTILE, "/registers/"]}

    followed = sent.pop("/registers/")
    assert followed == "/registers/"
    assert {place for place in sent.values() if place not in {"/", "/account/login/"}} == set()


def knock(door, clerk, target):
    """Ask a door to be sent on to a target; return where it sends."""
    client = Client() if door == "login" else make.client_of(clerk, second_factor=False)
    if door in {"display", "language"}:
        answer = client.post(reverse(f"desk:{door}"), {"next": target})
    elif door == "login":
        form = {"login": clerk.username, "password": PASSWORD, "next": target}
        answer = client.post(reverse("account_login"), form)
    elif door == "logout":
        answer = client.post(reverse("account_logout"), {"next": target})
    else:
        form = {"password": PASSWORD, "next": target}
        answer = client.post(reverse("account_reauthenticate"), form)
    return answer.headers.get("Location", answer.status_code)


def test_nothing_else_decides_where_one_is_sent():
    decides = re.compile(r"url_has_allowed_host|GET\.get\(.next.|POST\.get\(.next.")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tongxin").rglob("*.py")
        if decides.search(path.read_text(encoding="utf-8"))
    ]

    assert found == ["tongxin/core/redirects.py"]
