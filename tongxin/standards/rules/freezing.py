"""The statements by which the database itself keeps a published version as it was published.

Whoever owns the database can take the guard off; it stops mistakes. A migration that rebuilds the
table on SQLite drops its triggers, and has to end with `create`.
"""

from collections.abc import Iterator

TABLE = "standards_version"
WORDS = "a published version is frozen"
ACTS = ("update", "delete")
FUNCTION = "standards_frozen"


def create(vendor: str) -> Iterator[str]:
    """The statements that set the guard."""
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$ "
            "LANGUAGE plpgsql"
        )
    for act in ACTS:
        start = f"CREATE TRIGGER {TABLE}_no_{act} BEFORE {act.upper()} ON {TABLE} "
        if vendor == "postgresql":
            yield (
                f"{start}FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION {FUNCTION}()"
            )
        else:
            yield (f"{start}WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")


def drop(vendor: str) -> Iterator[str]:
    """The statements that take it off, for migrations and for emptying test databases."""
    for act in ACTS:
        on_table = f" ON {TABLE}" if vendor == "postgresql" else ""
        yield f"DROP TRIGGER IF EXISTS {TABLE}_no_{act}{on_table}"
