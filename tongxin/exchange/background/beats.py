"""Signs of life: small files in the home that say how far a job has come, and which worker lives.

They are files because on SQLite one writer has the database for itself: while a batch is applied,
the worker could not write how far it is, nor anybody see it. PostgreSQL takes the same way. Only
their age and three numbers matter, and a file that was lost does no harm.
"""

import contextlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

BEAT = 2.0
"""Seconds between two signs of life."""
LEASE = 15.0
"""Seconds without one after which a worker counts as gone."""
TOLD_EVERY = 0.4
FORGOTTEN = 24 * 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come: which part of it, how many steps are done, of how many."""

    part: str = ""
    done: int = 0
    total: int = 0


def folder() -> Path:
    """Return the folder of signs of life."""
    place = Path(settings.HOME) / "progress"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _of_job(number: int, attempt: int) -> Path:
    """Return the file of a job; each attempt has its own, so that a late one says nothing."""
    return folder() / f"job-{number}-{attempt}"


def progress_of(number: int, attempt: int) -> Progress:
    """Return how far a job has come, as far as its worker has told."""
    try:
        part, done, total = json.loads(_of_job(number, attempt).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Progress()
    return Progress(str(part), int(done), int(total))


def age_of(number: int, attempt: int) -> float | None:
    """Return the seconds since the last sign of life of a job; None where there was none."""
    return _age(_of_job(number, attempt))


def a_worker_lives() -> bool:
    """Whether some worker has given a sign of life within the lease."""
    ages = [_age(path) for path in folder().glob("worker-*")]
    return any(age is not None and age < LEASE for age in ages)


def _age(path: Path) -> float | None:
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except OSError:
        return None


@contextmanager
def of_worker() -> Iterator[None]:
    """Give signs of life of a worker for as long as the block runs."""
    with _beating(folder() / f"worker-{secrets.token_hex(8)}", lambda: ""):
        yield


@dataclass(slots=True)
class Pulse:
    """What a job tells of itself; a thread beside it writes that down, so that telling is cheap."""

    now: tuple[str, int, int] = ("", 0, 0)

    def __call__(self, part: str, done: int, total: int) -> None:
        """Remember how far it is."""
        self.now = (part, done, total)


@contextmanager
def of_job(number: int, attempt: int) -> Iterator[Pulse]:
    """Give signs of life of a job, with what it tells of itself, for as long as the block runs."""
    pulse = Pulse()
    with _beating(_of_job(number, attempt), lambda: json.dumps(pulse.now)):
        yield pulse


@contextmanager
def _beating(path: Path, words: Callable[[], str]) -> Iterator[None]:
    """Write a file again and again from a thread; it goes with the block."""
    over = threading.Event()

    def beat() -> None:
        last, written = "", 0.0
        while True:
            said, now = words(), time.monotonic()
            if said != last or now - written >= BEAT:
                _write(path, said)
                last, written = said, now
            if over.wait(TOLD_EVERY):
                return

    _write(path, words())
    thread = threading.Thread(target=beat, name=path.name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        path.unlink(missing_ok=True)


def _write(path: Path, words: str) -> None:
    """Write a file as a whole. A full disk must not end the work that it only tells of."""
    part = path.with_name(f".{path.name}")
    with contextlib.suppress(OSError):
        part.write_text(words, encoding="utf-8")
        part.replace(path)


def sweep() -> None:
    """Take away the files of workers that were cut off long ago."""
    for path in folder().iterdir():
        age = _age(path)
        if age is not None and age > FORGOTTEN:
            path.unlink(missing_ok=True)
