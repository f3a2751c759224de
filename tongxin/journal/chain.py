"""Adding entries to the end of the chain."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from tongxin.core.steps import counted

from . import rules, verifier
from .choices import Side
from .models import Entry, Head, PersonalValue

COMMITTED = "committed"
SALT_BYTES = 32
HEAD = 1


@dataclass(slots=True)
class Draft:
    """An entry that is not written yet, and the personal values to be kept beside it."""

    entry: Entry
    personal: list[PersonalValue] = field(default_factory=list)


def draft_of(entry: Entry, personal: frozenset[str]) -> Draft:
    """Put an entry's values into the form in which they stay, personal ones apart."""
    draft = Draft(entry)
    for side in (Side.BEFORE, Side.AFTER, Side.FACTS):
        values = rules.plain(getattr(entry, side.value), DjangoJSONEncoder)
        for name in personal & values.keys():
            if values[name] not in (None, ""):
                values[name] = {COMMITTED: _apart(draft, side, name, values[name])}
        setattr(entry, side.value, values)
    if "subject_name" in personal and entry.subject_name:
        entry.name_commitment = _apart(draft, Side.NAME, "subject_name", entry.subject_name)
        entry.subject_name = ""
    return draft


def _apart(draft: Draft, side: Side, name: str, value: Any) -> str:
    salt = secrets.token_hex(SALT_BYTES)
    draft.personal.append(PersonalValue(side=side, field=name, salt=salt, value=value))
    return rules.commitment(salt, value)


def append(drafts: Sequence[Draft]) -> None:
    """Number, chain and write entries under the lock of the head. One transaction is under way."""
    if not drafts:
        return
    head = locked_head()
    digest = verifier.hasher(head.algorithm)
    now = timezone.now()
    for draft in counted(drafts, "seal"):
        entry = draft.entry
        entry.at, entry.sequence, entry.previous = now, head.sequence + 1, head.hash
        entry.hash = verifier.entry_hash(digest, entry.sequence, entry.previous, body_of(entry))
        head.sequence, head.hash = entry.sequence, entry.hash
    Entry.objects.bulk_create([draft.entry for draft in drafts])
    head.save(update_fields=["sequence", "hash"])
    PersonalValue.objects.bulk_create(_personal(drafts))


def _personal(drafts: Iterable[Draft]) -> list[PersonalValue]:
    for draft in drafts:
        for value in draft.personal:
            value.entry = draft.entry
    return [value for draft in drafts for value in draft.personal]


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
