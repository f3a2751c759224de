"""A running installation for the tests: what `tongxin demo` serves, and a way back to its start."""

import contextlib
import http.client
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = str(Path(sys.executable).parent / "tongxin")
PASSWORD = "a-password-for-the-tests"
STARTS_WITHIN = 240


class Installation:
    """The demo in a folder of its own, served by its own command on a free port."""

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="tongxin-browser-"))
        self.database = self.home / "tongxin.sqlite3"
        self.kept = self.home / "kept.sqlite3"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = (self.home / "log.txt").open("w", encoding="utf-8")
        self.process = None
        self.sessions = {}
        """The cookies of each role, once it has come in."""

    def start(self):
        """Load the demo and serve it; return when it answers."""
        home = ["--home", str(self.home), "--port", str(self.port)]
        self.process = subprocess.Popen(
            [COMMAND, "demo", *home], env=_environment(), stdout=self.log, stderr=self.log
        )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                message = f"the demo did not start:\n{self.words()}"
                raise RuntimeError(message)
            time.sleep(0.1)  # the only pause: there is nothing yet that could tell us

    def stop(self):
        """Stop the server and take its folder away."""
        if self.process is not None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=10)
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def words(self):
        """Return what the server has printed."""
        return (self.home / "log.txt").read_text(encoding="utf-8")

    def keep(self):
        """Remember the database as it is now."""
        _copy(self.database, self.kept)

    def restore(self):
        """Put the database back to what was kept; the server goes on running."""
        _copy(self.kept, self.database)

    def rows(self, statement, *values):
        """Return the rows of a question to the database, asked beside the server."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return connection.execute(statement, values).fetchall()

    def count(self, table):
        """Return how many rows a table holds."""
        return self.rows(f'SELECT count(*) FROM "{table}"')[0][0]

    def _answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with contextlib.closing(connection), contextlib.suppress(OSError):
            connection.request("GET", "/account/login/")
            return connection.getresponse().status == http.HTTPStatus.OK
        return False


def _copy(source, target):
    """Copy a database page by page in one transaction, while others may have it open."""
    with (
        contextlib.closing(sqlite3.connect(source, timeout=20)) as read,
        contextlib.closing(sqlite3.connect(target, timeout=20)) as written,
    ):
        read.backup(written)


def _environment():
    """Return the environment of a new user, with a password that the tests know."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "TONGXIN_DEMO_PASSWORD": PASSWORD, "PYTHONUNBUFFERED": "1"}


def _free_port():
    with contextlib.closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
