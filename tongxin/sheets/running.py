"""A file is read by a child process, so that whatever it does to the reader ends there.

The child gets the open file and a small environment; it gives lines back through a pipe. The
parent counts bytes and time, and takes the end of the child, of whatever kind, as an answer.
"""

import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import suppress
from typing import BinaryIO

from .limits import MOST_ANSWER, WALL_FACTOR, cpu_seconds

logger = logging.getLogger(__name__)

CHILD = ("-I", "-m", "tongxin.sheets.child")
PIECE = 1 << 18
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
TOO_SLOW = {-signal.SIGXCPU, -signal.SIGKILL}


class Ended(Exception):
    """The child ended, or was ended, before it was done: `code` is slow, broke or long."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def lines(
    verb: str, file: BinaryIO, size: int, extra: BinaryIO | None = None
) -> Generator[bytes, None, None]:
    """Yield what the child says about a file, line by line; raise Ended when it does not end well.

    Yields everything after the last line break as one more line, if there is something. Who does
    not listen to the end closes it: the child lives no longer than this.
    """
    seconds = cpu_seconds(size)
    process = _started(verb, seconds, file, extra)
    try:
        yield from _heard(process, time.monotonic() + seconds * WALL_FACTOR)
    finally:
        _end(process)


def _started(
    verb: str, seconds: int, file: BinaryIO, extra: BinaryIO | None
) -> "subprocess.Popen[bytes]":
    passed = (extra.fileno(),) if extra else ()
    return subprocess.Popen(  # noqa: S603  our own interpreter and module, numbers as arguments
        [sys.executable, *CHILD, verb, str(seconds), *map(str, passed)],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        pass_fds=passed,
        process_group=0,
    )


def _heard(process: "subprocess.Popen[bytes]", until: float) -> Generator[bytes, None, None]:
    assert process.stdout  # noqa: S101  asked for above
    pipe = process.stdout.fileno()
    poll = select.poll()
    poll.register(pipe, select.POLLIN | select.POLLHUP)
    kept: list[bytes] = []
    heard = 0
    while True:
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1_000):
            raise Ended("slow")
        piece = os.read(pipe, PIECE)
        if not piece:
            break
        heard += len(piece)
        if heard > MOST_ANSWER:
            raise Ended("long")
        *whole, rest = piece.split(b"\n")
        if whole:
            kept.append(whole[0])
            yield b"".join(kept)
            yield from whole[1:]
            kept = []
        kept.append(rest)
    _check_end(process, until)
    if any(kept):
        yield b"".join(kept)


def _check_end(process: "subprocess.Popen[bytes]", until: float) -> None:
    """Wait for the child and see how it ended: by itself and with nothing amiss, or not."""
    try:
        code = process.wait(max(until - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        raise Ended("slow") from None
    if code:
        logger.warning("sheets.child_ended", extra={"returncode": code})
        raise Ended("slow" if code in TOO_SLOW else "broke")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Leave nothing of the child, whatever it started."""
    if process.stdout:
        process.stdout.close()
    # Once it is waited for, its number may be another's.
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
