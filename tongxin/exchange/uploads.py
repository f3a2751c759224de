"""The folder of workbooks that wait to be applied: random names, and nothing stays for long."""

import secrets
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

KEPT = timedelta(days=7)
GRACE = timedelta(days=1)


def folder() -> Path:
    """Return the folder, which no web server serves."""
    place = Path(settings.HOME) / "uploads"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(content: bytes) -> str:
    """Keep a workbook; return its name, in which nothing that a user typed has a part."""
    name = secrets.token_hex(16)
    (folder() / name).write_bytes(content)
    return name


def path_of(stored: str) -> Path:
    """Return where a workbook lies."""
    return folder() / Path(stored).name


def sweep() -> None:
    """Take away what a process left behind that was cut off: nothing waits longer than a draft."""
    for path in folder().iterdir():
        if time.time() - path.stat().st_mtime > (KEPT + GRACE).total_seconds():
            path.unlink(missing_ok=True)


def discard(stored: str) -> None:
    """Take a workbook away; none is left where there was none."""
    if stored:
        path_of(stored).unlink(missing_ok=True)
