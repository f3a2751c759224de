"""No page costs more because a register that it does not list is full: steps of SQLite, counted."""

import pytest
from django.db import connection
from django.db.models import Q

from tests import factories as make
from tests.test_query_counts import addresses, filled
from tongxin.organisations.models import Organisation
from tongxin.public_notices import permissions

ROWS = 3_000
STEP = 100
MORE = 200
"""So many hundreds of steps may be more: a third of a step for each record."""
COUNTS_THEM = ("/figures/", "/briefings/", "/dashboards/")
"""Pages that count organisations, or take a list of them out; their cost is measured elsewhere."""
READS_MANY = {
    ("city", "/registers/organisations/duplicates/"): "five hundred at a time",
    ("organisation", "/registers/organisations/"): "its own and the public ones of its town",
}
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps"),
]


def steps(client, address):
    """How many steps SQLite takes for a page, in hundreds."""
    count = 0

    def step():
        nonlocal count
        count += 1

    connection.connection.set_progress_handler(step, STEP)
    try:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    finally:
        connection.connection.set_progress_handler(None, STEP)
    assert answer.status_code == 200, address
    return count


def crowd(place, organisation):
    """Fill the place in which everything lies with organisations that nothing refers to."""
    Organisation.objects.bulk_create(
        Organisation(
            name=f"邻里社{number}",
            sort_key=f"linlishe{number:06}",
            initials="lls",
            division=place,
            kind=organisation.kind,
            status="filed",
        )
        for number in range(ROWS)
    )


def grown(pages):
    """Return the pages of some that take more steps once the register is full: few, many."""
    readers, first = filled(1)
    make.notice(first["organisations"])  # whose notices are sought among organisations
    clients = {who: make.client_of(account) for who, account in readers.items()}
    asked = [each for each in addresses(first) if pages(*each)]
    for who, _name, address in asked:
        clients[who].get(address)  # what is asked once in a process
    few = [steps(clients[who], address) for who, _name, address in asked]
    crowd(first["organisations"].division, first["organisations"])
    many = [steps(clients[who], address) for who, _name, address in asked]
    assert asked
    found = zip(asked, few, many, strict=True)
    return {(who, name): (was, now) for (who, name, _at), was, now in found if now > was + MORE}


def test_no_page_walks_a_register_that_it_does_not_list():
    def lists_others(who, name, address):
        counts = address.startswith(COUNTS_THEM) or "/export/" in address
        return not counts and (who, name) not in READS_MANY

    assert grown(lists_others) == {}


def test_a_list_of_all_records_that_are_seen_is_noticed(monkeypatch):
    monkeypatch.setattr(
        permissions, "_of_one", lambda rows: Q(subject_id__in=rows.order_by().values("pk"))
    )

    found = grown(lambda who, name, _address: who == "city" and name in {"/", "/notices/"})

    assert found.keys() == {("city", "/"), ("city", "/notices/")}
