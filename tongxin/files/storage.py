"""The shelf: contents under random names, in a folder that no web server serves."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils import timezone

SHELF = "attachments"
CHUNK = 256_000
STALE = timedelta(hours=1)


class Shelf(FileSystemStorage):
    """Files of the disk, flushed to it before anybody is told that they are kept."""

    def url(self, name: str | None) -> str:
        """Refuse: no address leads to a content but the view that asks first."""
        message = f"{name} has no address"
        raise ValueError(message)

    def _save(self, name: str, content: Any) -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]
        path = Path(self.path(kept))
        for place in (path, path.parent):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return kept


def shelf() -> Storage:
    """Return the place of contents; another kind of storage is a setting."""
    return storages[SHELF]


def put(content: bytes) -> str:
    """Keep a content; return its name, in which nothing that a user typed has a part."""
    name = secrets.token_hex(16)
    return shelf().save(f"{name[:2]}/{name}", ContentFile(content))


def discard(stored: str) -> None:
    """Take a content away that no row names."""
    shelf().delete(stored)


def checksum_of(stored: str) -> str | None:
    """Return the checksum of a content as it lies on the shelf; None when it is not there."""
    digest = hashlib.sha256()
    try:
        with shelf().open(stored) as content:
            for chunk in content.chunks(CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return None
    return digest.hexdigest()


class Damaged(Exception):
    """A content is gone, or is not what was kept: it is given to nobody."""


def read(stored: str, sha256: str) -> bytes:
    """Return a content whose checksum is the one that was written down; raise Damaged."""
    try:
        with shelf().open(stored) as content:
            found = content.read()
    except FileNotFoundError as gone:
        raise Damaged(stored) from gone
    if hashlib.sha256(found).hexdigest() != sha256:
        raise Damaged(stored)
    return bytes(found)


def lying() -> Iterator[str]:
    """Return the names of all contents on the shelf."""
    yield from _lying(shelf(), "")


def _lying(place: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = place.listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        yield f"{folder}/{file}" if folder else file
    for each in folders:
        yield from _lying(place, f"{folder}/{each}" if folder else each)


def is_stale(stored: str) -> bool:
    """Whether a content lies long enough for its upload to have ended, one way or the other."""
    try:
        return timezone.now() - shelf().get_modified_time(stored) > STALE
    except FileNotFoundError:
        return False
