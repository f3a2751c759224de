"""The folders of files that wait: random names, no web server serves them, nothing stays long."""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

KEPT = timedelta(days=7)
GRACE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the home whose files go by themselves once they are older than `kept`."""

    name: str
    kept: timedelta

    def place(self) -> Path:
        """Return the folder; it is made when there is none."""
        place = Path(settings.HOME) / self.name
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return place

    def keep(self, content: bytes) -> str:
        """Keep a file; return its name, in which nothing that a user typed has a part."""
        name = secrets.token_hex(16)
        (self.place() / name).write_bytes(content)
        return name

    def path_of(self, stored: str) -> Path:
        """Return where a file lies."""
        return self.place() / Path(stored).name

    def size_of(self, stored: str) -> int:
        """Return the bytes of a file; none where there is none."""
        path = self.path_of(stored)
        return path.stat().st_size if stored and path.is_file() else 0

    def sweep(self) -> None:
        """Take away what a process left behind that was cut off: nothing lies longer than this."""
        for path in self.place().iterdir():
            if time.time() - path.stat().st_mtime > self.kept.total_seconds():
                path.unlink(missing_ok=True)

    def discard(self, stored: str) -> None:
        """Take a file away; none is left where there was none."""
        if stored:
            self.path_of(stored).unlink(missing_ok=True)


WORKBOOKS = Folder("uploads", KEPT + GRACE)
"""Workbooks that wait to be applied, and what was found out about the large ones."""
folder, keep, path_of = WORKBOOKS.place, WORKBOOKS.keep, WORKBOOKS.path_of
size_of, sweep, discard = WORKBOOKS.size_of, WORKBOOKS.sweep, WORKBOOKS.discard
