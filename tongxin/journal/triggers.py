"""The guard in the database: what the journal holds is added to, never changed or taken away.

Whoever owns the database can take the guard off; it stops mistakes and a stolen password of the
web process. A migration that rebuilds one of these tables on SQLite drops its triggers and has to
end with `create`; the check `tongxin.E003` says when one is missing.
"""

from collections.abc import Iterator
from typing import Any

KEPT = ("journal_entry", "journal_signingkey", "journal_checkpoint")
ACTS = ("update", "delete")
WORDS = "the journal is only added to"


def create(vendor: str) -> Iterator[str]:
    """The statements that set the guard."""
    if vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION journal_only_added_to() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$ "
            "LANGUAGE plpgsql"
        )
    for table in KEPT:
        for act in ACTS:
            yield _trigger(vendor, table, act)
        if vendor == "postgresql":
            yield _trigger(vendor, table, "truncate")


def _trigger(vendor: str, table: str, act: str) -> str:
    start = f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
    if vendor == "postgresql":
        level = "STATEMENT" if act == "truncate" else "ROW"
        return f"{start}FOR EACH {level} EXECUTE FUNCTION journal_only_added_to()"
    return f"{start}BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"


def drop(vendor: str) -> Iterator[str]:
    """The statements that take the guard off, for migrations and for emptying test databases."""
    for name, table in names(vendor):
        on_table = f" ON {table}" if vendor == "postgresql" else ""
        yield f"DROP TRIGGER IF EXISTS {name}{on_table}"


def names(vendor: str) -> Iterator[tuple[str, str]]:
    """Each trigger and its table."""
    for table in KEPT:
        for act in (*ACTS, *(("truncate",) if vendor == "postgresql" else ())):
            yield f"{table}_no_{act}", table


def missing(connection: Any) -> list[str]:
    """Return the triggers that a database lacks, or has switched off."""
    where = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(where)
        found = {name for (name,) in cursor.fetchall()}
    return [name for name, _table in names(connection.vendor) if name not in found]
