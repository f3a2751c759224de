"""The security log: one line for who came in, was kept out, left, or met a shut door."""

import logging

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence about tea"


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="tongxin.security")
    return lambda: [each.getMessage() for each in caplog.records if each.name == "tongxin.security"]


@pytest.fixture
def clerk():
    account = make.clerk(make.tree().north)
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    return account


def sign_in(client, name, password):
    return client.post("/account/login/", {"login": name, "password": password})


def test_who_comes_in_and_leaves_stands_there_by_number(lines, clerk):
    client = Client()

    sign_in(client, clerk.username, PASSWORD)
    client.post("/account/logout/")

    assert lines() == [
        f"in: account {clerk.pk} from 127.0.0.1",
        f"out: account {clerk.pk} from 127.0.0.1",
    ]


def test_who_is_kept_out_stands_there_without_what_was_typed(lines, clerk):
    sign_in(Client(), clerk.username, "the wrong sentence")
    sign_in(Client(), "my password\nin the wrong box", "x")

    assert lines() == [
        f"kept out: account {clerk.pk} from 127.0.0.1",
        "kept out: an unknown name from 127.0.0.1",
    ]


def test_a_shut_door_and_a_record_out_of_scope_stand_there(lines, clerk):
    client = make.client_of(clerk)
    make.organisation(make.Division.objects.get(key="river"))

    client.get("/journal/")
    client.get("/registers/organisations/1%0Ain: account 1/")

    assert lines()[1:] == [
        f"shut 404: account {clerk.pk}, GET /journal/",
        f"shut 404: account {clerk.pk}, GET /registers/organisations/1%0Ain:%20account%201/",
    ]


def test_a_stranger_who_finds_nothing_is_no_event(lines, db):
    Client().get("/nothing/")

    assert lines() == []


def test_lines_are_written_whatever_the_level_of_the_log_is(settings):
    assert settings.LOGGING["loggers"]["tongxin.security"]["level"] == "INFO"
