"""What the machine at hand offers to the tests: a PostgreSQL server, a browser."""

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

POSTGRES = "postgresql://postgres@127.0.0.1:5432/tongxin"
CHROMIUM = "/usr/bin/chromium"
PACKAGES = ("chromium", "fonts-noto-cjk")
SECONDS = 3


def postgres_asked_for() -> bool:
    """Whether somebody named a server, so that its silence is a failure."""
    return bool(os.environ.get("TONGXIN_TEST_POSTGRES"))


def postgres_url() -> str:
    """Return the server's address with a database name of this run.

    Two runs at once on one server must not share a test database.
    """
    named = urlsplit(os.environ.get("TONGXIN_TEST_POSTGRES") or POSTGRES)
    return named._replace(path=f"/tongxin_{os.getpid()}").geturl()


def postgres_silence() -> str:
    """Return why PostgreSQL cannot be used; empty when it answers."""
    url = urlsplit(postgres_url())
    try:
        with psycopg.connect(url._replace(path="/postgres").geturl(), connect_timeout=SECONDS):
            return ""
    except psycopg.OperationalError:
        return f"nothing answers at {url.hostname}:{url.port or 5432}"


def chromium() -> str:
    """Return the path of the browser."""
    return os.environ.get("TONGXIN_TEST_CHROMIUM") or CHROMIUM


def install_browser(log: Path) -> None:
    """Install Chromium and a Chinese font where this is Debian and we are root; else do nothing."""
    if Path(chromium()).exists() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {' and '.join(PACKAGES)} for the browser tests", flush=True)
    log.parent.mkdir(exist_ok=True)
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("w", encoding="utf-8") as out:
        # The package lists of a fresh machine are empty; those of an old one are out of date.
        for command in (install, ["apt-get", "update", "-q"], install):
            done = subprocess.run(command, env=quiet, stdout=out, stderr=out, check=False)
            if Path(chromium()).exists():
                return
            if command[1] == "update" and done.returncode:
                break
    print(f"apt-get could not install them; its own words are in {log.name}", flush=True)
