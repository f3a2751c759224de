"""Two worlds to stand in: the demo as it is loaded, and a small one that is seen at a glance.

Each is made once for a module and undone after it; a test undoes only what it did itself. A
folder's conftest.py takes the fixtures it wants from here. Models are imported inside the
functions: a conftest is read before the rooms are installed.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest


@contextmanager
def undone(django_db_blocker):
    """Keep what is written for as long as this is open, and nothing of it afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True, slots=True)
class Nantong:
    """The demo: its programme, and a way to sign in as one of its accounts."""

    programme: Any

    def account(self, username="city"):
        """Return one of the demo's accounts."""
        from tongxin.accounts.models import Account

        return Account.objects.get(username=username)

    def client(self, username="city"):
        """Return a client signed in as one of the demo's accounts."""
        from tests.factories import client_of

        return client_of(self.account(username))

    def division(self, key):
        """Return one of its divisions."""
        from tongxin.divisions.models import Division

        return Division.objects.get(key=key)


@pytest.fixture(scope="module")
def nantong_loaded(django_db_setup, django_db_blocker):
    from tongxin.demo.actions import load

    with undone(django_db_blocker):
        load("demo")
        yield


@pytest.fixture
def nantong(nantong_loaded, db):
    from tongxin.programmes.models import Programme

    return Nantong(Programme.objects.select_related("division").get(key="nantong-2017"))


@dataclass(frozen=True, slots=True)
class Small:
    """甲市 with its counties and towns, a programme, and the city's coordinator."""

    tree: Any
    pilot: Any
    account: Any

    @property
    def client(self):
        """A client signed in as the city's coordinator."""
        from tests.factories import client_of

        return client_of(self.account)

    def enter(self, key, query="", **typed):
        """Type a new record into its form, and post it."""
        from tests.factories import fill

        return fill(self.client, f"/registers/{key}/new/{query}", **typed)

    def record(self, key, place=None, **values):
        """Enter a record without a form, at 北镇 where nothing is said."""
        from tests.factories import record

        return record(key, place=place or self.tree.north, of=self.pilot, **values)


@pytest.fixture(scope="module")
def small_founded(django_db_setup, django_db_blocker):
    from tests import factories as make

    with undone(django_db_blocker):
        tree = make.tree()
        yield tree, make.programme(tree.city), make.coordinator(tree.city)


@pytest.fixture
def small(small_founded, db):
    """The small world, its programme and account read anew for each test."""
    from tongxin.accounts.models import Account
    from tongxin.programmes.models import Programme

    tree, pilot, account = small_founded
    return Small(tree, Programme.objects.get(pk=pilot.pk), Account.objects.get(pk=account.pk))
