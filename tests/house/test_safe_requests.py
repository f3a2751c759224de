"""Reading writes nothing, and no form is taken without the token of the page it came from."""

import re

import pytest
from django.db import connection
from django.test import Client

from tests import factories as make
from tests.guard import WRITE
from tests.test_query_counts import addresses, filled
from tongxin.core.access import TOKEN
from tongxin.registers import declaration
from tools.routes import routes

pytestmark = pytest.mark.django_db
UUID = "00000000-0000-0000-0000-000000000000"
SAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": UUID, "uuidstr": UUID}
BOOKKEEPING = {"django_session"}
NOTED = {
    "/briefings/briefing/download/json/": {"journal_entry", "journal_head"},
    **{
        f"/exchange/{register.key}/export/json/": {"journal_entry", "journal_head"}
        for register in declaration.every()
    },
}
"""What is taken away is written down: an entry in the journal, and nothing else."""


def paths(*, by_token=False):
    """One address for every route, whatever stands behind it; those for programs apart."""
    for route in routes():
        if (route.rule == TOKEN) == by_token:
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda hit: SAMPLES[hit[1] or "str"], route.path)


class Writes:
    """Notes the tables to which statements write."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        if write := WRITE.match(sql):
            self.tables.add(write["table"])
        return execute(sql, params, many, context)


def test_opening_a_page_writes_nothing():
    readers, first = filled(1)
    clients = {who: make.client_of(account) for who, account in readers.items()}
    found = {}
    for who, name, address in addresses(first):
        writes = Writes()
        with connection.execute_wrapper(writes):
            clients[who].get(address)
        if writes.tables - BOOKKEEPING:
            found[name] = writes.tables - BOOKKEEPING

    assert found == NOTED


def test_a_write_would_be_noted():
    writes = Writes()

    with connection.execute_wrapper(writes):
        make.clerk(make.tree().north)

    assert "accounts_account" in writes.tables


def test_no_form_is_taken_without_its_token():
    clerk = make.clerk(make.tree().north)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(clerk)

    taken = [path for path in paths() if forged.post(path, {}).status_code != 403]

    assert taken == []


def test_where_programs_come_in_a_session_is_worth_nothing_and_so_needs_no_token():
    signed_in = make.client_of(make.coordinator(make.tree().city))

    answers = [signed_in.post(path, {}) for path in paths(by_token=True)]

    assert len(answers) > 5
    assert {answer.status_code for answer in answers} <= {401, 405}


def test_a_form_from_another_site_is_not_taken():
    forged = Client(enforce_csrf_checks=True)
    forged.get("/account/login/")
    token = forged.cookies["csrftoken"].value
    typed = {"login": "a", "password": "b", "csrfmiddlewaretoken": token}

    elsewhere = forged.post("/account/login/", typed, headers={"origin": "https://evil.example"})
    here = forged.post("/account/login/", typed, headers={"origin": "http://testserver"})

    assert (elsewhere.status_code, here.status_code) == (403, 200)
