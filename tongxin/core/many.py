"""Writing many rows at once, in few statements and without an object of the framework for each.

Values are those that a field of the model holds; text for a JSON column may be given as `Json`.
What the database refuses it refuses here as elsewhere: constraints and triggers hold. Nothing is
set by itself: no defaults, no moments. Whoever writes so is within a transaction.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from types import NoneType
from typing import Any

from django.db import connections, models

CHUNK = 5_000
LENGTH = re.compile(r"\(.*\)")
PLAIN: dict[type[models.Field[Any, Any]], tuple[type, ...]] = {
    models.CharField: (str,),
    models.TextField: (str,),
    models.IntegerField: (int,),
    models.ForeignKey: (int,),
    models.BooleanField: (bool,),
}
"""Values that a database takes from a field as they are."""


class Json(str):
    """The text of a JSON value, made already."""

    __slots__ = ()


def numbers_for(model: type[models.Model], count: int, using: str = "default") -> list[int]:
    """Reserve the numbers of so many new rows, in their order. One query.

    On SQLite the transaction that asks has the database for itself, and the numbers follow the
    last; on PostgreSQL they come from the sequence.
    """
    table, key = model._meta.db_table, str(model._meta.pk.column)
    connection = connections[using]
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [quoted(table), key, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute(
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0),"  # noqa: S608  our own names
            f" coalesce((SELECT max({quoted(key)}) FROM {quoted(table)}), 0))",
            [table],
        )
        (last,) = cursor.fetchone()
    return list(range(last + 1, last + 1 + count))


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    using: str = "default",
) -> int:
    """Write new rows, given as values of the named fields; return how many. A statement for 5,000.

    A field is named as the framework names it, or by its column: `division_id`.
    """
    fields = [_field(model, name) for name in names]
    connection = connections[using]
    statement, whole = _inserting(model, fields, connection)
    made = 0
    with connection.cursor() as cursor:
        for columns in _columns(fields, rows, connection):
            made += len(columns[0])
            if whole:
                cursor.execute(statement, columns)
            else:
                cursor.executemany(statement, list(zip(*columns, strict=True)))
    return made


def update(
    model: type[models.Model],
    known_by: Sequence[str],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    using: str = "default",
) -> int:
    """Write other values into rows; return how many rows were found. A statement for 5,000.

    `rows` give first the values by which a row is known, such as number and version, then the new
    ones: a row that says something else by now is left alone, and is missing in what is returned.
    """
    fields = [_field(model, name) for name in (*known_by, *names)]
    connection = connections[using]
    statement, whole = _updating(model, fields, len(known_by), connection)
    found = 0
    with connection.cursor() as cursor:
        for columns in _columns(fields, rows, connection):
            if whole:
                cursor.execute(statement, columns)
            else:
                keys, values = columns[: len(known_by)], columns[len(known_by) :]
                cursor.executemany(statement, list(zip(*values, *keys, strict=True)))
            found += cursor.rowcount
    return found


def _field(model: type[models.Model], name: str) -> Any:
    for field in model._meta.concrete_fields:
        if name in {field.name, field.attname}:
            return field
    message = f"{model._meta.label} has no column {name}"
    raise ValueError(message)


def _columns(
    fields: Sequence[Any], rows: Iterable[Sequence[Any]], connection: Any
) -> Iterator[list[list[Any]]]:
    """Yield the values of rows column by column, as the database takes them."""
    ways = [_way(field, connection) for field in fields]
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        yield [way(column) for way, column in zip(ways, zip(*chunk, strict=True), strict=True)]


def _way(field: Any, connection: Any) -> Callable[[Sequence[Any]], list[Any]]:
    """Return what makes a column of values ready."""
    if isinstance(field, models.JSONField):
        encode = json.JSONEncoder if field.encoder is None else field.encoder
        return partial(_texts, encode().encode)
    kinds = next((kinds for kind, kinds in PLAIN.items() if isinstance(field, kind)), ())
    way = partial(field.get_db_prep_save, connection=connection)
    return partial(_ready, frozenset({*kinds, NoneType}), way)


def _texts(encode: Callable[[Any], str], values: Sequence[Any]) -> list[Any]:
    return [
        value if value is None else str(value) if type(value) is Json else encode(value)
        for value in values
    ]


def _ready(plain: frozenset[type], way: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """Return a column as the database takes it; the same value is asked about once."""
    if plain.issuperset(map(type, values)):
        return list(values)
    known = {value: way(value) for value in set(values) if type(value) not in plain}
    known = {value: str(made) if isinstance(made, str) else made for value, made in known.items()}
    return [value if type(value) in plain else known[value] for value in values]


def _inserting(
    model: type[models.Model], fields: Sequence[Any], connection: Any
) -> tuple[str, bool]:
    """Return the statement, and whether it takes whole columns."""
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)
    names = ", ".join(quoted(field.column) for field in fields)
    if connection.vendor == "postgresql":
        source, taken = _unnested(fields, connection)
        wanted = ", ".join(taken)
        return f"INSERT INTO {table} ({names}) SELECT {wanted} FROM {source}", True  # noqa: S608  our own names
    marks = ", ".join("%s" for _field in fields)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", False  # noqa: S608


def _updating(
    model: type[models.Model], fields: Sequence[Any], keys: int, connection: Any
) -> tuple[str, bool]:
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)
    columns = [quoted(field.column) for field in fields]
    if connection.vendor == "postgresql":
        source, taken = _unnested(fields, connection)
        sets = ", ".join(f"{a} = {b}" for a, b in zip(columns[keys:], taken[keys:], strict=True))
        known = [f"{table}.{a} = {b}" for a, b in zip(columns[:keys], taken[:keys], strict=True)]
        return f"UPDATE {table} SET {sets} FROM {source} WHERE {' AND '.join(known)}", True  # noqa: S608
    sets = ", ".join(f"{column} = %s" for column in columns[keys:])
    known = [f"{column} = %s" for column in columns[:keys]]
    return f"UPDATE {table} SET {sets} WHERE {' AND '.join(known)}", False  # noqa: S608


def _unnested(fields: Sequence[Any], connection: Any) -> tuple[str, list[str]]:
    """Return a table of given columns for PostgreSQL, and how each of its columns is taken."""
    arrays, taken = [], []
    for at, field in enumerate(fields):
        # Without its length: a text that is too long must be refused, and not cut.
        kind = LENGTH.sub("", field.rel_db_type(connection) or "")
        is_json = isinstance(field, models.JSONField)
        arrays.append(f"%s::{'text' if is_json else kind}[]")
        taken.append(f"given.c{at}{'::jsonb' if is_json else ''}")
    names = ", ".join(f"c{at}" for at in range(len(fields)))
    return f"unnest({', '.join(arrays)}) AS given({names})", taken
