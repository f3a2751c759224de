"""Adding entries to the end of the chain."""

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from tongxin.core.jsons import given_back
from tongxin.core.many import Json, insert, numbers_for
from tongxin.core.steps import counted

from . import rules, verifier
from .choices import Side
from .models import Entry, Head, PersonalValue

COMMITTED = "committed"
SALT_BYTES = 32
HEAD = 1
SIDES = (Side.BEFORE, Side.AFTER, Side.FACTS)
COLUMNS = (
    "id",
    "sequence",
    "previous",
    "hash",
    "at",
    "actor_id",
    "verb",
    "subject_type",
    "subject_id",
    "place_id",
    "subject_name",
    "name_commitment",
    "before",
    "after",
    "facts",
)


class About(NamedTuple):
    """What many entries share: who did what to which kind of record."""

    actor: int | None
    verb: str
    kind: str


@dataclass(slots=True)
class Draft:
    """An entry that is not written yet, and the personal values to be kept beside it.

    One of many at once has no `entry`: it is written straight from its texts.
    """

    about: About
    number: int
    name: str
    place: int | None
    texts: rules.Texts
    commitment: str = ""
    personal: list[PersonalValue] = field(default_factory=list)
    entry: Entry | None = None


def draft_of(  # noqa: PLR0913, PLR0917  the facts of an entry
    about: About,
    number: int,
    name: str,
    place: int | None,
    told: Mapping[Side, Mapping[str, Any]],
    personal: frozenset[str],
) -> tuple[Draft, dict[Side, dict[str, Any]]]:
    """Put an entry's values into the form in which they stay, personal ones apart; return both."""
    kept = {side: given_back(told[side], str) if told[side] else {} for side in SIDES}
    apart: list[PersonalValue] = []
    commitment = ""
    if personal:
        for side, values in kept.items():
            for each in personal & values.keys():
                if values[each] not in (None, ""):
                    values[each] = {COMMITTED: _apart(apart, side, each, values[each])}
        if "subject_name" in personal and name:
            commitment, name = _apart(apart, Side.NAME, "subject_name", name), ""
    texts = rules.Texts(*(rules.text_of(values) if values else "{}" for values in kept.values()))
    return Draft(about, number, name, place, texts, commitment, apart), kept


def _apart(personal: list[PersonalValue], side: Side, name: str, value: Any) -> str:
    salt = secrets.token_hex(SALT_BYTES)
    personal.append(PersonalValue(side=side, field=name, salt=salt, value=value))
    return rules.commitment(salt, value)


def append(drafts: Sequence[Draft]) -> None:
    """Number, chain and write entries under the lock of the head. One transaction is under way."""
    if not drafts:
        return
    head = locked_head()
    now = timezone.now()
    first, links = head.sequence + 1, list(_chained(drafts, head, now))
    if all(draft.entry is not None for draft in drafts):
        numbers = _write_entries(drafts, first, links, now)
    else:
        numbers = _write_rows(drafts, first, links, now)
    head.save(update_fields=["sequence", "hash"])
    personal = [value for draft in drafts for value in draft.personal]
    for draft, number in zip(drafts, numbers, strict=True):
        for value in draft.personal:
            value.entry_id = number
    PersonalValue.objects.bulk_create(personal)


def _chained(drafts: Sequence[Draft], head: Head, now: dt.datetime) -> Iterator[tuple[str, str]]:
    """Move the head over all entries; yield for each the hash before it, and its own."""
    digest, at = verifier.hasher(head.algorithm), rules.moment(now)
    frames: dict[About, tuple[str, str, str]] = {}
    for draft in counted(drafts, "seal"):
        about = draft.about
        frame = frames.get(about)
        if frame is None:
            frame = frames[about] = rules.frame_of(about.actor, at, about.verb, about.kind)
        subject = (draft.number, draft.name, draft.commitment)
        body = rules.body_with(frame, subject, draft.place, draft.texts)
        head.sequence, previous = head.sequence + 1, head.hash
        head.hash = verifier.entry_hash(digest, head.sequence, previous, body)
        yield previous, head.hash


def _write_entries(
    drafts: Sequence[Draft], first: int, links: Sequence[tuple[str, str]], now: dt.datetime
) -> list[int]:
    """Write entries that somebody holds in his hand; return their numbers in the table."""
    entries = [draft.entry for draft in drafts if draft.entry is not None]
    for at, entry in enumerate(entries):
        entry.at, entry.sequence = now, first + at
        entry.previous, entry.hash = links[at]
    Entry.objects.bulk_create(entries)
    return [entry.pk for entry in entries]


def _write_rows(
    drafts: Sequence[Draft], first: int, links: Sequence[tuple[str, str]], now: dt.datetime
) -> list[int]:
    """Write many entries straight from their texts; return their numbers in the table."""
    numbers = numbers_for(Entry, len(drafts))
    rows = (
        (
            number,
            first + at,
            *links[at],
            now,
            *draft.about,
            draft.number,
            draft.place,
            draft.name,
            draft.commitment,
            *map(Json, draft.texts),
        )
        for at, (number, draft) in enumerate(zip(numbers, drafts, strict=True))
    )
    insert(Entry, COLUMNS, rows)
    for at, (number, draft) in enumerate(zip(numbers, drafts, strict=True)):
        if draft.entry is not None:
            entry = draft.entry
            entry.pk, entry.at, entry.sequence = number, now, first + at
            entry.previous, entry.hash = links[at]
            entry._state.adding = False  # noqa: SLF001  as `save` does
    return numbers


def locked_head() -> Head:
    """Return the end of the chain, locked; its first row chooses the algorithm for good."""
    head = Head.objects.select_for_update().filter(pk=HEAD).first()
    if head is not None:
        return head
    start = {"hash": verifier.NOTHING, "algorithm": settings.JOURNAL_HASH}
    Head.objects.get_or_create(pk=HEAD, defaults=start)
    return Head.objects.select_for_update().get(pk=HEAD)


def body_of(entry: Entry) -> bytes:
    """Return the bytes that the hash of an entry covers."""
    return rules.body_of(
        at=entry.at,
        actor=entry.actor_id,
        verb=entry.verb,
        subject=(
            entry.subject_type,
            entry.subject_id,
            entry.subject_name,
            entry.name_commitment,
        ),
        place=entry.place_id,
        before=entry.before,
        after=entry.after,
        facts=entry.facts,
    )
