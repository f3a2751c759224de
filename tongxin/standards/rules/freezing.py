"""The statements by which the database itself keeps what was published or decided as it was.

Whoever owns the database can take the guard off; it stops mistakes. A migration that rebuilds the
table on SQLite drops its triggers, and has to end with `create`.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

VERSIONS = (("standards_version", "published"),)
WORDS = "what is published or decided is frozen"
ACTS = ("update", "delete")
FUNCTION = "standards_frozen"


WHOLE: Mapping[str, tuple[str, ...]] = MappingProxyType({})
"""All columns of every table."""


def create(
    vendor: str,
    tables: Iterable[tuple[str, str]] = VERSIONS,
    columns: Mapping[str, tuple[str, ...]] = WHOLE,
) -> Iterator[str]:
    """The statements that set the guard: of each table, the state in which a row is frozen.

    `columns` names, of some tables, those that are; of the others all of them are.
    """
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$ "
            "LANGUAGE plpgsql"
        )
    for table, state in tables:
        when = f"WHEN (OLD.state = '{state}')"
        for act in ACTS:
            of = f" OF {', '.join(columns[table])}" if act == "update" and table in columns else ""
            start = f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()}{of} ON {table} "
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
