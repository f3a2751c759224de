"""Unknown, known, locked, closed: whoever guesses learns nothing from the answer or the work."""

import re
from dataclasses import dataclass

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.door import PASSWORD, holder, sign_in
from tongxin.accounts.choices import Role
from tongxin.accounts.locking import TRIES_OF_A_NAME, knock

pytestmark = pytest.mark.django_db
KINDS = ("unknown", "known", "locked", "locked, right password", "closed", "closed, right password")


@dataclass
class Seen:
    """What an outsider can see of an attempt, and the work that was done for it."""

    status: int
    headers: dict
    page: bytes
    hashes: int
    statements: list


@pytest.fixture(autouse=True)
def only_the_lock(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def name_for(kind, tree):
    """A name of always the same length, for an account of that kind."""
    if kind == "unknown":
        return "holder0"
    account = holder(Role.CLERK, tree.north)
    account.username = "holder0"
    account.is_active = "closed" not in kind
    account.save()
    return account.username


def attempt(kind, tree, monkeypatch):
    """Try to come in as an account of a kind; the lock, where there is one, has begun before."""
    name = name_for(kind, tree)
    for _ in range(TRIES_OF_A_NAME if "locked" in kind else 1):
        knock(name, "203.0.113.5")
    hashed = []
    for scheme in hashers.get_hashers():
        work = type(scheme).encode
        monkeypatch.setattr(
            type(scheme), "encode", lambda *a, work=work, **k: hashed.append(1) or work(*a, **k)
        )
    password = PASSWORD if "right" in kind else "a wrong password"
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _client, answer = sign_in(name, password, client=Client(REMOTE_ADDR="203.0.113.5"))
    return Seen(
        answer.status_code,
        {key: plain(value.encode()) for key, value in answer.headers.items()},
        plain(answer.content),
        len(hashed),
        [shape(each["sql"]) for each in asked],
    )


def plain(text):
    """Without what is drawn anew for every answer."""
    text = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", text)
    return re.sub(rb"nonce-[\w+/=-]+|nonce=\"[^\"]+\"|\d\d:\d\d:\d\d GMT", b"", text)


def shape(statement):
    """A statement without its values; PostgreSQL writes the type of an instant beside it."""
    return re.sub(r"'[^']*'(::timestamptz)?|\b\d+\b|s\d+_x\d+|(?<== )NULL", "?", statement)


@pytest.fixture
def seen(tree, monkeypatch):
    """What is seen of each kind, each in a world of its own."""
    from django.db import transaction

    found = {}
    for kind in KINDS:
        with transaction.atomic():
            found[kind] = attempt(kind, tree, monkeypatch)
            monkeypatch.undo()
            transaction.set_rollback(True)
    return found


def test_all_of_them_are_answered_with_the_same_bytes(seen):
    first = seen["unknown"]

    assert first.status == 200
    assert "没有登录成" in first.page.decode()
    assert {kind: one.status for kind, one in seen.items()} == dict.fromkeys(KINDS, first.status)
    assert {kind: one.headers for kind, one in seen.items()} == dict.fromkeys(KINDS, first.headers)
    assert {kind: one.page for kind, one in seen.items()} == dict.fromkeys(KINDS, first.page)


def test_for_all_of_them_the_password_is_hashed_once(seen):
    assert {kind: one.hashes for kind, one in seen.items()} == dict.fromkeys(KINDS, 1)


def test_for_all_of_them_the_database_is_asked_the_same(seen):
    first = seen["unknown"].statements

    assert first
    assert {kind: one.statements for kind, one in seen.items()} == dict.fromkeys(KINDS, first)


def test_a_door_that_hashed_only_for_known_names_would_be_seen(tree, monkeypatch):
    monkeypatch.setattr(
        "allauth.account.auth_backends.AuthenticationBackend._mitigate_timing_attack",
        lambda _backend, _password: None,
    )

    assert attempt("unknown", tree, monkeypatch).hashes == 0
