"""How an entry is put into bytes, and a personal value into a commitment."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from .verifier import canonical

PATIENCE = dt.timedelta(hours=4)
"""How long entries may wait for a checkpoint before money and acceptance stop."""


def moment(at: dt.datetime) -> str:
    """Return a time as the chain keeps it: UTC, to the microsecond."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(values: Any, encoder: type[json.JSONEncoder] | None) -> Any:
    """Return values as JSON will give them back, on every database; a fraction becomes words."""
    return json.loads(json.dumps(values, cls=encoder), parse_float=str)


def body_of(  # noqa: PLR0913  the facts of an entry
    *,
    at: dt.datetime,
    actor: int | None,
    verb: str,
    subject: tuple[str, int, str, str],
    place: int | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> bytes:
    """Return the bytes over which the hash of an entry is taken.

    `subject` is its type, number, name, and the commitment of a name that is personal.
    """
    kind, number, name, commitment = subject
    return canonical(
        {
            "actor": actor,
            "after": after,
            "at": moment(at),
            "before": before,
            "facts": facts,
            "name_commitment": commitment,
            "place": place,
            "subject_id": number,
            "subject_name": name,
            "subject_type": kind,
            "verb": verb,
        }
    )


def commitment(salt: str, value: Any) -> str:
    """Return what stands in the chain for a value: without its salt it tells nothing of it."""
    return hashlib.sha256(b"\x03" + bytes.fromhex(salt) + canonical(value)).hexdigest()


def stopped(oldest_unsealed: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether entries have waited too long for a checkpoint."""
    return oldest_unsealed is not None and now - oldest_unsealed > PATIENCE
