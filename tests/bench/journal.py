"""What the journal costs: writing an entry, and checking an export of many without the platform."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from tests import factories as make
from tongxin.accounts.models import Office
from tongxin.journal import export, rules, signing, verifier
from tongxin.journal.actions import action, record
from tongxin.journal.models import Checkpoint, Entry, SigningKey

from . import meter

TOGETHER = 100
FAR = 10**12
"""Entries of the peer are numbered from here on, far behind the chain; the home is thrown away."""
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BARE = """
import hashlib, sys
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        hashlib.new(sys.argv[2], line).hexdigest()
"""


def writing(times: int) -> Iterator[dict[str, Any]]:
    """Yield what entries cost against rows of the same table, inserted as Django does it.

    The peer has the same columns, indexes, guard and transaction, and no hash, chain or head.
    """
    office = Office.objects.first() or make.office(make.tree().city)
    for together in (1, TOGETHER):
        mine, theirs = _entries(office, together), _rows(office, together)
        taken = meter.compare(meter.timed(mine), meter.timed(theirs), times)
        name = "one entry" if together == 1 else f"{together} entries in one action"
        per_second = round(1_000 * together / taken.cost)
        yield {"what": "entries", "page": name, "per_second": per_second, **asdict(taken)}


def _entries(office: Office, together: int) -> Callable[[], None]:
    @action
    def note() -> None:
        for number in range(together):
            record(None, "offices.renamed", office, **_values(number), place=office.division_id)

    return note


def _rows(office: Office, together: int) -> Callable[[], None]:
    numbers = count(FAR * together)

    def insert() -> None:
        with transaction.atomic():
            rows = [
                Entry(
                    sequence=next(numbers),
                    previous=verifier.NOTHING,
                    hash=verifier.NOTHING,
                    at=AT,
                    verb="offices.renamed",
                    subject_type="accounts.office",
                    subject_id=office.pk,
                    subject_name=str(office),
                    place_id=office.division_id,
                    **_values(number),
                )
                for number in range(together)
            ]
            Entry.objects.bulk_create(rows)

    return insert


def _values(number: int) -> dict[str, dict[str, str]]:
    return {"before": {"name": f"旧名{number}"}, "after": {"name": f"虹桥街道办公室{number}"}}


def checking(entries: int, algorithms: tuple[str, ...] = ("sha256", "sm3")) -> Iterator[dict]:
    """Yield what the verifier of one file costs in a process of its own, for each hash.

    Beside it stands a process that only reads the same lines and hashes each.
    """
    with TemporaryDirectory(prefix="tongxin-bench-journal-") as folder:
        for algorithm in algorithms:
            file = Path(folder) / f"{algorithm}.jsonl"
            public, head = write_export(file, entries, algorithm)
            call = (verifier.__file__, str(file), "--key", public, "--head", head)
            bare = cpu_of("-c", BARE, str(file), algorithm)
            for name, flags in (("", ()), (", standard library only", ("-I", "-S"))):
                spent = cpu_of(*flags, *call)
                yield {
                    "what": "verifying",
                    "page": f"{algorithm}{name}",
                    "entries": entries,
                    "bytes": file.stat().st_size,
                    "cost": spent * 1_000,
                    "against": bare * 1_000,
                    "ratio": spent / max(bare, 0.001),  # the clock ticks in hundredths
                }
            file.unlink()


def cpu_of(*arguments: str) -> float:
    """Run Python on this and return the CPU seconds that it took; it has to end well."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    spent = after.children_user - before.children_user
    return spent + after.children_system - before.children_system


def write_export(file: Path, entries: int, algorithm: str) -> tuple[str, str]:
    """Write an export of so many entries, chained and sealed as the product does it.

    Returns the public key and the head that a witness of it holds.
    """
    key = Ed25519PrivateKey.generate()
    last = b""
    with file.open("wb") as out:
        for last in _export(key, entries, algorithm):
            out.write(last)
    newest = json.loads(last)["end"]["hash"]
    return signing.public_of(key), f"{entries} {verifier.digits_of(newest)}"


def _export(key: Ed25519PrivateKey, entries: int, algorithm: str) -> Iterator[bytes]:
    digest = verifier.hasher(algorithm)
    signer = SigningKey(public=signing.public_of(key), by="", since=1)
    yield _line({"tongxin_journal": verifier.FORMAT, "algorithm": algorithm})
    yield _signed(key, "key", signing.key_body(signer.public, "", 1))[0]
    newest, name, hashes, sealed = verifier.NOTHING, "", [], 0
    for sequence in range(1, entries + 1):
        row = _row(sequence)
        text = rules.body_of(**row)
        previous, newest = newest, verifier.entry_hash(digest, sequence, newest, text)
        hashes.append(newest)
        yield export.line_of((sequence, previous, newest, *_columns(row)))
        if len(hashes) == signing.AT_MOST or sequence == entries:
            sealed += 1
            seal = Checkpoint(
                number=sealed,
                previous=name,
                first=sequence - len(hashes) + 1,
                last=sequence,
                root=verifier.merkle_root(digest, hashes),
                head=newest,
                algorithm=algorithm,
                at=AT,
                key=signer,
            )
            told = signing.checkpoint_body(seal)
            line, mark = _signed(key, "checkpoint", told)
            yield line
            name, hashes = verifier.checkpoint_hash(digest, told, mark), []
    yield _line({"end": {"checkpoints": sealed, "hash": newest, "last": entries}})


def _signed(key: Ed25519PrivateKey, what: str, body: dict[str, Any]) -> tuple[bytes, str]:
    mark = key.sign(f"tongxin {what}\n".encode() + verifier.canonical(body)).hex()
    return _line({what: body, "signature": mark}), mark


def _row(number: int) -> dict[str, Any]:
    site = f"虹桥街道示范点{number % 5_000}"
    return {
        "at": AT + dt.timedelta(seconds=number),
        "actor": number % 400 + 1,
        "verb": "sites.changed",
        "subject": ("sites.site", number % 5_000 + 1, site, ""),
        "place": number % 200 + 1,
        "before": {"name": f"旧名{number}"},
        "after": {"name": site},
        "facts": {},
    }


def _columns(row: dict[str, Any]) -> tuple[Any, ...]:
    kept = ("place", "before", "after", "facts")
    return (row["at"], row["actor"], row["verb"], *row["subject"], *(row[name] for name in kept))


def _line(value: dict[str, Any]) -> bytes:
    return verifier.canonical(value) + b"\n"
