"""The background worker beside the server of a single machine."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

AGAIN_AFTER = 1.0
PATIENCE = 10


@contextmanager
def worker() -> Iterator[None]:
    """Run a worker as a process of its own; one that ends is started again.

    It does not share the interpreter with the pages, and what kills it leaves them alone. In the
    end it may bring its job to an end for a while; what is cut off then is taken up again later.
    """
    over = threading.Event()
    running = [_started()]

    def keep_running() -> None:
        while not over.is_set():
            running[0].wait()
            if not over.wait(AGAIN_AFTER):
                running[0] = _started()

    threading.Thread(target=keep_running, name="tongxin-worker", daemon=True).start()
    try:
        yield
    finally:
        over.set()
        running[0].terminate()
        try:
            running[0].wait(PATIENCE)
        except subprocess.TimeoutExpired:
            running[0].kill()
            running[0].wait()


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tongxin.command", "worker"]
    command += ["--home", str(settings.HOME), "--parent", str(os.getpid())]
    # In a session of its own: Ctrl+C reaches the server, which then tells the worker to stop.
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603  our own command
