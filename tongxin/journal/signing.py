"""Keys and seals: what the signer does, apart from the web process that must not hold the key."""

import os
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.utils import timezone

from . import rules, verifier
from .actions import action, record
from .chain import body_of
from .models import Checkpoint, Entry, SigningKey

AT_MOST = 1000
"""How many entries one checkpoint seals; a break in a sealed range is located to its range."""


class Unsound(Exception):
    """What is to be sealed does not hang together; the signer seals nothing."""


def make_key(file: Path) -> Ed25519PrivateKey:
    """Write a new key into a file that only its owner reads. Raises FileExistsError."""
    key = Ed25519PrivateKey.generate()
    body = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(body)
    return key


def read_key(file: Path) -> Ed25519PrivateKey:
    """Read a key; raises OSError, or ValueError for a file that holds none of ours."""
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        message = f"{file} holds no Ed25519 key"
        raise ValueError(message)  # noqa: TRY004  the file's content is wrong, not the call
    return key


def public_of(key: Ed25519PrivateKey) -> str:
    """Return the public half in hexadecimal, as it is handed out."""
    return key.public_key().public_bytes_raw().hex()


@action
def enrol(key: Ed25519PrivateKey, *, by: Ed25519PrivateKey | None = None) -> SigningKey:
    """Let a key sign the checkpoints from the next one on.

    The first key signs itself; every later one is signed by the key before it, given as `by`.
    Raises Unsound when `by` is not that key.
    """
    before = SigningKey.objects.order_by("-id").first()
    known, given = before.public if before else "", public_of(by) if by else ""
    if known != given:
        message = f"the log expects the key {known or '(none)'} to sign the new one"
        raise Unsound(message)
    body = key_body(public_of(key), known, (_newest_number() or 0) + 1)
    signature = (by or key).sign(b"tongxin key\n" + verifier.canonical(body)).hex()
    made = SigningKey.objects.create(
        public=body["public"], by=known, since=body["from"], signature=signature
    )
    record(None, "journal.key_added", made, after={"public": made.public, "by": known})
    return made


def key_body(public: str, by: str, since: int) -> dict[str, Any]:
    """Return what the key before signs of a key."""
    return {"by": by, "from": since, "public": public}


def checkpoint_body(row: Checkpoint) -> dict[str, Any]:
    """Return what the key signs of a checkpoint."""
    return {
        "algorithm": row.algorithm,
        "at": rules.moment(row.at),
        "first": row.first,
        "head": row.head,
        "key": row.key.public,
        "last": row.last,
        "number": row.number,
        "previous": row.previous,
        "root": row.root,
    }


def seal_all(key: Ed25519PrivateKey, algorithm: str) -> int:
    """Seal everything that waits; return how many checkpoints that took."""
    made = 0
    while seal(key, algorithm) is not None:
        made += 1
    return made


@transaction.atomic
def seal(key: Ed25519PrivateKey, algorithm: str) -> Checkpoint | None:
    """Check the oldest entries that wait, and sign a checkpoint over them; None if none waits.

    Two signers at once are kept apart by the number of the checkpoint, which is there but once.
    Raises Unsound where an entry does not follow the one before, or the key is not the log's.
    """
    newest = SigningKey.objects.order_by("-id").first()
    if newest is None or newest.public != public_of(key):
        raise Unsound("this key is not the newest of the log")
    before = Checkpoint.objects.select_related("key").first()
    first = before.last + 1 if before else 1
    hashes = _checked(algorithm, first, before.head if before else verifier.NOTHING)
    if not hashes:
        return None
    digest = verifier.hasher(algorithm)
    row = Checkpoint(
        number=before.number + 1 if before else 1,
        previous=_name_of(before, digest) if before else "",
        first=first,
        last=first + len(hashes) - 1,
        root=verifier.merkle_root(digest, hashes),
        head=hashes[-1],
        algorithm=algorithm,
        at=timezone.now(),
        key=newest,
    )
    row.signature = key.sign(
        b"tongxin checkpoint\n" + verifier.canonical(checkpoint_body(row))
    ).hex()
    row.save(force_insert=True)
    return row


def _name_of(checkpoint: Checkpoint, digest: verifier.Digest) -> str:
    return verifier.checkpoint_hash(digest, checkpoint_body(checkpoint), checkpoint.signature)


def _checked(algorithm: str, first: int, previous: str) -> list[str]:
    """Return the hashes of the next entries, each computed anew from what the row says."""
    digest, hashes = verifier.hasher(algorithm), []
    rows = Entry.objects.filter(sequence__gte=first).order_by("sequence")[:AT_MOST]
    for number, entry in enumerate(rows, first):
        due = verifier.entry_hash(digest, number, previous, body_of(entry))
        if (entry.sequence, entry.previous, entry.hash) != (number, previous, due):
            message = f"entry {number} is not as it was written; nothing from it on is sealed"
            raise Unsound(message)
        hashes.append(due)
        previous = due
    return hashes


def _newest_number() -> int | None:
    return Checkpoint.objects.values_list("number", flat=True).first()
