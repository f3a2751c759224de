"""The search for a part of a name, against LIKE on the same table, for each length.

Both are asked for the first twenty, without scope, as plain values: what differs is how the names
are found. LIKE reads names until it has twenty, and all of them where there are not so many; so it
is asked twice: for the first twenty, and for the number of all, which no index of names spares it.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.seeking import first_found

from . import meter, organisations

SHOWN = 20
GOAL = 1_000
TEXTS = {
    "hit": ("老", "助老", "服务社", "同心助老", "助老服务社", "同心助老服务"),
    "rare hit": ("昆", "昆曲", "昆曲协", "同心昆曲", "昆曲服务社", "同心昆曲服务"),
    "miss": ("龘", "社服", "社服务", "助老助残", "同心助老队", "同心助老团体"),
    "initials": ("z", "zl", "fws", "txzl", "zlfws", "txzlfw"),
}
"""Misses are made of ordinary characters that do not follow one another in any name."""


def names(count: int, times: int) -> Iterator[dict[str, Any]]:
    """Yield one row for each length and kind of text among so many names."""
    organisations.grow(count)
    plainly = _alone()
    for kind, texts in TEXTS.items():
        for text in texts:
            yield {
                "what": "search",
                "records": count,
                "page": kind,
                "text": text,
                **_of(text, times),
            }
    plainly()


def _alone() -> Any:
    """Let PostgreSQL scan in the process whose CPU is counted, and no other."""
    if connection.vendor != "postgresql":
        return lambda: None
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    return connection.close


def _of(text: str, times: int) -> dict[str, Any]:
    """Return what one search costs in CPU, in the whole and in the database alone."""
    held = Organisation.objects.filter(**{_field(text): text}).order_by()
    ours, found = meter.lowest(lambda: _ours(text), 10 * times)
    page, like = meter.lowest(lambda: list(held.values_list("pk", "name")[:SHOWN]), times)
    every, number = meter.lowest(held.count, times)
    if len(found) != len(like):
        message = f"{text}: {len(found)} found, LIKE finds {len(like)}"
        raise RuntimeError(message)
    statements = _statements(text)
    bare, _rows = meter.lowest(lambda: _bare(statements), 10 * times)
    return {
        "length": len(text),
        "hits": number,
        "cost": ours,
        "bare": bare,
        "like_page": page,
        "like_all": every,
        "ratio": every / ours,
        "bare_ratio": every / bare,
    }


def _field(text: str) -> str:
    return "initials__contains" if text.isascii() else "name__contains"


def _ours(text: str) -> list[Any]:
    register = declaration.get("organisations")
    rows = Organisation.objects.order_by("sort_key", "id").values_list("pk", "name")
    return first_found(register, rows, text, SHOWN)


def _statements(text: str) -> list[tuple[str, Any]]:
    """Return the statements that a search sends, to be sent again without what words them."""
    said: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        said.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        _ours(text)
    return said


def _bare(statements: list[tuple[str, Any]]) -> None:
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()
