"""The server asks nobody: addresses that people type are text, in pages as in documents.

A page, a Word file or a search that fetched one would let a typed address reach what only the
server reaches. Clients of the network are kept out of the code by test_dangerous_ways.py; here
every way out is cut while everything is drawn.
"""

import socket
from urllib.request import urlopen

import pytest
from django.db import connection

from tests import factories as make
from tests.test_query_counts import addresses, filled

CANARY = "http://canary.example/x?<&'\""


class Asked(AssertionError):
    """Somebody was asked on the network."""


@pytest.fixture
def cut_off(monkeypatch):
    """No address is looked up, and no connection made, while pages are drawn."""

    def refuse(*where, **_how):
        raise Asked(str(where))

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


def with_canaries(first):
    """Put an address into every text of every record."""
    for record in first.values():
        texts = {
            field.attname: f"{CANARY}{field.attname}"[: field.max_length]
            for field in record._meta.concrete_fields
            if field.get_internal_type() == "CharField"
            and not field.choices
            and field.name not in {"sort_key", "credit_code", "indicator", "part"}
        }
        type(record).objects.filter(pk=record.pk).update(**texts)


@pytest.mark.django_db
def test_pages_and_documents_full_of_addresses_are_made_without_asking_anybody(request):
    readers, first = filled(1)
    with_canaries(first)
    clients = {who: make.client_of(account) for who, account in readers.items()}
    if connection.vendor == "sqlite":  # the other database is itself asked over the network
        request.getfixturevalue("cut_off")

    pages = {name: clients[who].get(where) for who, name, where in addresses(first)}
    documents = {
        kind: clients["city"].get(f"/briefings/briefing/download/{kind}/")
        for kind in ("docx", "html", "md", "json")
    }

    assert {each.status_code for each in (pages | documents).values()} == {200}
    shown = b"canary.example"
    assert sum(shown in each.content for each in pages.values()) > 50
    assert shown in documents["html"].content


def test_an_asking_page_would_be_caught(cut_off):
    with pytest.raises(Asked):
        urlopen(CANARY[:22])
