"""The journal as lines of JSON: what an outsider is given, and what `tongxin verify` reads."""

from collections.abc import Iterable, Iterator
from typing import Any

from . import rules, verifier
from .chain import COMMITTED
from .models import Checkpoint, Entry, Head, PersonalValue, SigningKey
from .rules import commitment
from .signing import checkpoint_body, key_body

CHUNK = 2000
COLUMNS = (
    "sequence",
    "previous",
    "hash",
    "at",
    "actor_id",
    "verb",
    "subject_type",
    "subject_id",
    "subject_name",
    "name_commitment",
    "place_id",
    "before",
    "after",
    "facts",
)


def export() -> Iterator[bytes]:
    """Yield the lines of the whole journal.

    Checkpoints are read before entries: what is written meanwhile only adds to the end, and no lock
    is held.
    """
    yield _line({"tongxin_journal": verifier.FORMAT, "algorithm": algorithm()})
    seals = Checkpoint.objects.select_related("key").order_by("number")
    checkpoints = seals.iterator(chunk_size=CHUNK)
    due = next(checkpoints, None)
    keys = list(SigningKey.objects.order_by("id"))
    sealed, last, newest = 0, 0, verifier.NOTHING
    yield from _keys(keys, 1)
    for row in entries():
        last, newest = row[0], row[2]
        yield line_of(row)
        if due is not None and due.last <= last:
            sealed = due.number
            yield _seal(due)
            yield from _keys(keys, sealed + 1)
            due = next(checkpoints, None)
    while due is not None:  # a seal over entries that are no longer there
        sealed = due.number
        yield _seal(due)
        due = next(checkpoints, None)
    yield _line({"end": {"checkpoints": sealed, "hash": newest, "last": last}})


def _seal(row: Checkpoint) -> bytes:
    return _line({"checkpoint": checkpoint_body(row), "signature": row.signature})


def _keys(keys: Iterable[SigningKey], since: int) -> Iterator[bytes]:
    for key in keys:
        if key.since == since:
            body = key_body(key.public, key.by, key.since)
            yield _line({"key": body, "signature": key.signature})


def algorithm() -> str:
    """Return the hash that chains this journal."""
    chosen = Head.objects.values_list("algorithm", flat=True).first()
    return chosen or verifier.ALGORITHMS[0]


def entries() -> Iterator[tuple[Any, ...]]:
    """Yield the entries in the order of the chain."""
    rows = Entry.objects.order_by("sequence").values_list(*COLUMNS)
    return rows.iterator(chunk_size=CHUNK)


def line_of(row: tuple[Any, ...]) -> bytes:
    """Return the line of one entry, its body put together from the columns."""
    sequence, previous, own, at, actor, verb, kind, number, name, mark, place, *values = row
    before, after, facts = values
    body = rules.body_of(
        at=at,
        actor=actor,
        verb=verb,
        subject=(kind, number, name, mark),
        place=place,
        before=before,
        after=after,
        facts=facts,
    )
    start = f'{{"sequence":{sequence},"previous":"{previous}","hash":"{own}","entry":'
    return start.encode() + body + b"}\n"


def _line(value: dict[str, Any]) -> bytes:
    return verifier.canonical(value) + b"\n"


def altered_personal_values() -> Iterator[PersonalValue]:
    """Yield the personal values that do not fit the commitment in their entry."""
    for value in PersonalValue.objects.select_related("entry").iterator(chunk_size=CHUNK):
        entry = value.entry
        kept = getattr(entry, value.side, {}).get(value.field)
        due = kept.get(COMMITTED) if isinstance(kept, dict) else entry.name_commitment
        if due != commitment(value.salt, value.value):
            yield value
