"""Passwords are the holder's own: asked for before a change, taken as typed, masked, pasted."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests import factories as make

PAGE = "/account/password/"
OLD = "an old sentence about tea"
NEW = "  Der neue Satz über Tee 茶, o'clock  "


@pytest.fixture
def clerk(db):
    account = make.clerk(make.tree().north)
    account.set_password(OLD)
    account.save(update_fields=["password"])
    return account


def changed(client, present, wanted):
    typed = {"oldpassword": present, "password1": wanted, "password2": wanted}
    return client.post(PAGE, typed)


def signs_in(account, password):
    typed = {"login": account.username, "password": password}
    return Client().post("/account/login/", typed).status_code == 302


def test_a_change_asks_for_the_present_password(clerk):
    client = make.client_of(clerk)

    refused = changed(client, "a guess", NEW)

    assert refused.status_code == 200
    assert signs_in(clerk, OLD)
    assert changed(client, OLD, NEW).status_code == 302
    assert not signs_in(clerk, OLD)


def test_a_password_is_taken_as_it_is_typed(clerk):
    changed(make.client_of(clerk), OLD, NEW)

    assert signs_in(clerk, NEW)
    assert not signs_in(clerk, NEW.strip())
    assert not signs_in(clerk, NEW.lower())
    assert not signs_in(clerk, NEW[:-1])


def test_a_password_may_be_of_any_characters_and_long(clerk):
    for wanted in ("only small letters here", "138001380001380", "茶" * 12, "a b" * 50):
        validate_password(wanted, clerk)


@pytest.mark.parametrize("typed", ["elevenchars", "1q2w3e4r5t6y"])
def test_a_password_that_is_short_or_common_is_refused(typed, clerk):
    with pytest.raises(ValidationError):
        validate_password(typed, clerk)


def test_password_fields_are_masked_and_open_to_password_managers(clerk):
    client = make.client_of(clerk)
    pages = [Client().get("/account/login/"), client.get(PAGE)]

    fields = [
        field
        for page in pages
        for field in re.findall(r"<input[^>]*>", page.content.decode())
        if re.search(r'name="\w*password\d?"', field)
    ]

    assert len(fields) == 4
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert "onpaste" not in field
