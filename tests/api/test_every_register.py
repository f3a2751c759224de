"""Every register by a program: listed and read, for so many queries whatever there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.programs import Program
from tests.test_query_counts import filled
from tongxin.registers import declaration

pytestmark = pytest.mark.django_db
COUNTS = {
    "": 3,
    "{key}/": 6,
    "{key}/form/": 5,
    "{key}/{pk}/": 5,
    "{key}/{pk}/history/": 9,
    "{key}/{pk}/files/": 6,
    "{key}/views/": 2,
}
"""At most so many queries, for each kind of address; and for three rows as many as for one."""


def test_every_register_is_listed_and_read():
    readers, first = filled(1)
    reader, told = Program(readers["city"]), {}

    for register in declaration.every():
        items = reader.get(f"{register.key}/").json()["items"]
        told[register.key] = items
        one = reader.get(f"{register.key}/{first[register.key].pk}/").json()
        assert one in items
        assert set(register.form._meta.fields) <= set(one)

    assert {key for key, items in told.items() if items} == set(first)


def asked(rows):
    """How many queries each address makes when every table has so many rows."""
    readers, first = filled(rows)
    reader, found = Program(readers["city"]), {}
    reader.get("")  # notes the day on which the token is used
    for register in declaration.every():
        for address in COUNTS:
            path = address.format(key=register.key, pk=first[register.key].pk)
            with CaptureQueriesContext(connection) as made:
                assert reader.get(path).status_code == 200, path
            found[address, register.key] = len(made)
    return found


def test_an_address_costs_the_same_for_one_row_as_for_three():
    from django.db import transaction

    with transaction.atomic():
        few = asked(1)
        transaction.set_rollback(True)
    many = asked(3)

    assert few == many
    assert {
        address: max(count for (kind, _key), count in many.items() if kind == address)
        for address in COUNTS
    } == COUNTS
