"""What must hold of the database before anything is served."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

SAFE_ISOLATION = {"read committed", "serializable"}
SYNC_AT_EVERY_COMMIT = 2


@register(Tags.database)
def database_keeps_its_word(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Refuse a database that may lose a commit, or judge a limit by an old snapshot.

    At REPEATABLE READ a locked row is read fresh but sums beside it are not: half of all budgets
    could be overspent. SQLite must take its write lock first, keep a WAL, and sync each commit.
    """
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor == "postgresql":
            found += _postgresql(connection)
        elif connection.vendor == "sqlite":
            found += _sqlite(connection)
    return found


def _postgresql(connection: Any) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        (level,) = cursor.fetchone()
    if level in SAFE_ISOLATION:
        return []
    hint = "Set default_transaction_isolation to 'read committed' for this database."
    return [Error(f"PostgreSQL runs at isolation level {level}.", hint, id="tongxin.E001")]


def _sqlite(connection: Any) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        (synchronous,) = cursor.fetchone()
        cursor.execute("PRAGMA journal_mode")
        (mode,) = cursor.fetchone()
    wrong = []
    if connection.transaction_mode != "IMMEDIATE":
        wrong.append("transactions do not begin IMMEDIATE")
    if synchronous < SYNC_AT_EVERY_COMMIT:
        wrong.append("commits are not synced (synchronous is below FULL)")
    if mode not in {"wal", "memory"}:
        wrong.append(f"the journal mode is {mode}, not WAL")
    hint = "Use the settings of tongxin/config/env.py unchanged."
    return [Error(f"SQLite: {words}.", hint, id="tongxin.E002") for words in wrong]
