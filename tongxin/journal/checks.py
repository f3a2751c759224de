"""What must hold of the journal's guard and key before anything is served."""

import os
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db import connections

from . import triggers
from .verifier import ALGORITHMS


@register(Tags.database)
def nothing_in_the_journal_can_be_changed(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Refuse to serve from a database whose guard over the journal is off."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        tables = connections[alias].introspection.table_names()
        if triggers.KEPT[-1] not in tables:
            continue
        if gone := triggers.missing(connections[alias]):
            hint = "Run: tongxin verify. Then `manage.py migrate journal 0003`, and `migrate`."
            words = f"The guard over the journal is off: {', '.join(gone)}."
            found.append(Error(words, hint, id="tongxin.E003"))
    return found


@register(Tags.security)
def the_key_is_out_of_reach(**_options: Any) -> list[CheckMessage]:
    """Say when this process could read the key that signs checkpoints."""
    if not os.access(settings.SIGNING_KEY, os.R_OK):
        return []
    words = f"This process can read the key that seals the journal: {settings.SIGNING_KEY}."
    hint = "Let another user own it and run `tongxin sign`. See docs/explanation/journal.md."
    return [Warning(words, hint, id="tongxin.W001")]


@register()
def the_hash_is_known(**_options: Any) -> list[CheckMessage]:
    """Refuse a name that is no hash of ours."""
    if settings.JOURNAL_HASH in ALGORITHMS:
        return []
    words = f"TONGXIN_JOURNAL_HASH is {settings.JOURNAL_HASH!r}."
    return [Error(words, f"Choose one of: {', '.join(ALGORITHMS)}.", id="tongxin.E004")]
