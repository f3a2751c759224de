"""A database that could lose a commit, or judge a limit by an old snapshot, is refused."""

import pytest
from django.db import connections

from tongxin.core.checks import database_keeps_its_word


class Cursor:
    """A cursor that gives prepared answers."""

    def __init__(self, answers):
        self.answers = iter(answers)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execute(self, _sql):
        """Ask nothing."""

    def fetchone(self):
        """Give the next answer."""
        return (next(self.answers),)


@pytest.mark.django_db
def test_the_database_of_the_settings_keeps_its_word():
    assert database_keeps_its_word(databases=["default"]) == []


@pytest.mark.parametrize(
    ("vendor", "answers", "mode", "found"),
    [
        ("postgresql", ["repeatable read"], None, ["tongxin.E001"]),
        ("postgresql", ["read committed"], None, []),
        ("sqlite", [2, "wal"], "IMMEDIATE", []),
        ("sqlite", [1, "delete"], None, ["tongxin.E002"] * 3),
    ],
)
def test_each_weakness_is_named(monkeypatch, vendor, answers, mode, found):
    # The connection itself: `django.db.connection` stands before it, and what is patched there is
    # deleted afterwards, not put back.
    connection = connections["default"]
    monkeypatch.setattr(connection, "vendor", vendor, raising=False)
    monkeypatch.setattr(connection, "transaction_mode", mode, raising=False)
    monkeypatch.setattr(connection, "cursor", lambda: Cursor(answers), raising=False)

    assert [each.id for each in database_keeps_its_word(databases=["default"])] == found
