"""The statements by which the database itself keeps what was published or decided as it was.

Whoever owns the database can take the guard off; it stops mistakes. A migration that rebuilds the
table on SQLite drops its triggers, and has to end with `create`.
"""

from collections.abc import Iterable, Iterator

VERSIONS = (("standards_version", "published"),)
WORDS = "what is published or decided is frozen"
ACTS = ("update", "delete")
FUNCTION = "standards_frozen"


def create(vendor: str, tables: Iterable[tuple[str, str]] = VERSIONS) -> Iterator[str]:
    """The statements that set the guard: of each table, the state in which a row is frozen."""
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$ "
            "LANGUAGE plpgsql"
        )
    for table, state in tables:
        when = f"WHEN (OLD.state = '{state}')"
        for act in ACTS:
            start = f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            if vendor == "postgresql":
                yield f"{start}FOR EACH ROW {when} EXECUTE FUNCTION {FUNCTION}()"
            else:
                yield f"{start}{when} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"


def drop(vendor: str, tables: Iterable[tuple[str, str]] = VERSIONS) -> Iterator[str]:
    """The statements that take it off, for migrations and for emptying test databases."""
    for table, _state in tables:
        for act in ACTS:
            on_table = f" ON {table}" if vendor == "postgresql" else ""
            yield f"DROP TRIGGER IF EXISTS {table}_no_{act}{on_table}"
