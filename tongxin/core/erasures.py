"""The list of erasures beside the database: a copy that is brought back knows nothing of them.

One line of JSON for each: whose kind, a key that names nobody, and when. Lines are only added.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

NAME = "erasures.jsonl"


def path() -> Path:
    """Where the list lies: in the home, to be kept apart from the copies of the database."""
    return Path(settings.HOME) / NAME


def write(subject: str, key: str) -> None:
    """Add a line, and wait until the disk has it."""
    line = json.dumps({"at": timezone.now().isoformat(), "subject": subject, "key": key})
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


def listed(source: Path | None = None) -> Iterator[tuple[str, str]]:
    """Return the kind and key of each erasure; a last line cut off by a crash is passed over."""
    source = source or path()
    if not source.exists():
        return
    for line in source.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
            yield str(row["subject"]), str(row["key"])
        except (ValueError, KeyError, TypeError):
            continue


def sweep() -> bool:
    """Take what was deleted out of the files of the database; False when somebody is in the way.

    SQLite overwrites deleted rows (secure_delete), but earlier pages lie in the file beside it
    until they are written back and that file is cut. PostgreSQL keeps dead rows in its pages, and
    all changes in its own log: tables are written anew here, the log ages by itself.
    """
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_pages) = cursor.fetchone() or (1,)
            return not busy
        try:
            for table in WITH_NAMES:
                cursor.execute(f"VACUUM FULL {table}")
        except DatabaseError:
            return False
    return True


WITH_NAMES = ("participants_participant", "accounts_account", "journal_personalvalue")
