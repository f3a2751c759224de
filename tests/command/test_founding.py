"""A real installation from nothing: three administrators, each by a link of his own."""

import re

import pytest
import typer
from django.test import Client

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Account, Posting
from tongxin.command import founding
from tongxin.divisions.models import Division
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db
SITE = "https://tongxin.example"
PASSWORD = "a sentence of one's own"
THREE = {
    "sysadmin": Role.SYSTEM_ADMIN,
    "secadmin": Role.SECURITY_ADMIN,
    "auditadmin": Role.AUDIT_ADMIN,
}


@pytest.fixture(autouse=True)
def console(monkeypatch):
    """Speak to the streams of this moment, which the test reads."""
    from rich.console import Console

    monkeypatch.setattr(founding, "errors", Console(stderr=True, width=500))
    monkeypatch.setattr(founding, "console", Console(width=500))


def appointed(capsys, username, role, division="city"):
    """Appoint somebody and return the path of the link that is printed."""
    founding.appoint(division, username, role, "信息中心", SITE)
    return re.search(rf"{SITE}(/account/invitation/\S+)", capsys.readouterr().out)[1]


def refused(capsys, *asked):
    with pytest.raises(typer.Exit) as stop:
        founding.appoint(*asked, "信息中心", SITE)
    assert stop.value.exit_code == 2
    return capsys.readouterr().err


def test_three_administrators_are_appointed_and_each_sets_a_password(capsys):
    make.tree()

    for username, role in THREE.items():
        path = appointed(capsys, username, role)
        answer = Client().post(path, {"password": PASSWORD, "again": PASSWORD})
        assert answer.status_code == 302

    held = Posting.objects.values_list("account__username", "role", "office__division__key")
    assert set(held) == {(username, role, "city") for username, role in THREE.items()}
    assert all(each.check_password(PASSWORD) for each in Account.objects.all())
    by_nobody = Entry.objects.exclude(verb="accounts.accepted").filter(actor=None)
    assert set(by_nobody.values_list("verb", flat=True)) >= {"postings.given", "accounts.invited"}


def test_asked_again_it_makes_another_link_and_posts_nobody_twice(capsys):
    make.tree()
    first = appointed(capsys, "sysadmin", Role.SYSTEM_ADMIN)

    second = appointed(capsys, "sysadmin", Role.SYSTEM_ADMIN)

    assert Posting.objects.count() == 1
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]


def test_nobody_is_appointed_to_two_of_the_three(capsys):
    make.tree()
    appointed(capsys, "sysadmin", Role.SYSTEM_ADMIN)

    said = refused(capsys, "east", "sysadmin", Role.AUDIT_ADMIN)

    assert "要由不同的人担任" in said
    assert Posting.objects.count() == 1


def test_what_cannot_be_done_is_told_in_one_line(capsys):
    assert "Run: tongxin init" in refused(capsys, "city", "li", Role.SYSTEM_ADMIN)
    make.tree()
    assert "There is no division 'moon'" in refused(capsys, "moon", "li", Role.SYSTEM_ADMIN)
    assert "Choose one of: audit_admin" in refused(capsys, "city", "li", Role.CLERK)
    assert "2 到 60" in refused(capsys, "city", "李", Role.SYSTEM_ADMIN)


def test_the_divisions_are_loaded_once(capsys):
    founding.found()
    there = Division.objects.count()
    founding.found()

    assert there > 100
    assert f"{there} (+0)" in capsys.readouterr().out
