"""How an entry is put into bytes, and a personal value into a commitment."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from .verifier import canonical

quoted = json.encoder.encode_basestring

PATIENCE = dt.timedelta(hours=4)
"""How long entries may wait for a checkpoint before money and acceptance stop."""


def moment(at: dt.datetime) -> str:
    """Return a time as the chain keeps it: UTC, to the microsecond."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Texts(NamedTuple):
    """What an entry tells, in canonical texts."""

    before: str
    after: str
    facts: str


def text_of(value: Any) -> str:
    """Return the canonical text of a JSON value."""
    return canonical(value).decode()


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


def frame_of(actor: int | None, at: str, verb: str, kind: str) -> tuple[str, str, str]:
    """Return what the bodies of many entries share: their beginning, their moment, their end."""
    return (
        f'{{"actor":{text_of(actor)},"after":',
        f',"at":{text_of(at)},"before":',
        f',"subject_type":{text_of(kind)},"verb":{text_of(verb)}}}',
    )


def body_with(
    frame: tuple[str, str, str], subject: tuple[int, str, str], place: int | None, texts: Texts
) -> bytes:
    """Return the same bytes as `body_of`, put together from texts that were made already.

    `subject` is the number, the name, and the commitment of a name that is personal.
    """
    begin, then, end = frame
    number, name, commitment = subject
    return (
        f"{begin}{texts.after}{then}{texts.before}"
        f',"facts":{texts.facts},"name_commitment":{quoted(commitment)}'
        f',"place":{"null" if place is None else int(place)},"subject_id":{int(number)}'
        f',"subject_name":{quoted(name)}{end}'
    ).encode()


def commitment(salt: str, value: Any) -> str:
    """Return what stands in the chain for a value: without its salt it tells nothing of it."""
    return hashlib.sha256(b"\x03" + bytes.fromhex(salt) + canonical(value)).hexdigest()


def stopped(oldest_unsealed: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether entries have waited too long for a checkpoint."""
    return oldest_unsealed is not None and now - oldest_unsealed > PATIENCE
