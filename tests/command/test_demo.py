"""The command as it is typed: a home is made, served again at once, and answers."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tongxin.demo.people import PEOPLE

PROGRAM = Path(sys.executable).with_name("tongxin")
PATIENCE = 240


def environment(home):
    """Return the environment of somebody who has set nothing: an embedded database at home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN_")}
    return {**kept, "TONGXIN_PLAIN_STATIC": "1", "COLUMNS": "200", "HOME": str(home)}


def typed(home, *words):
    """Run the command and return how it went."""
    command = [PROGRAM, *words, "--home", home]
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        env=environment(home),
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make a home once, whichever worker comes first; return it with what was said."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    home, said = root / "home", root / "said.txt"
    try:
        home.mkdir()
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not said.exists() and time.monotonic() < end:
            time.sleep(0.1)
    else:
        done = typed(home, "demo", "--no-serve")
        said.with_suffix(".new").write_bytes(done.stdout + done.stderr)
        said.with_suffix(".new").rename(said)
    return home, said.read_text(encoding="utf-8")


def test_the_demo_says_where_it_is_who_can_sign_in_and_where_its_data_lies(made):
    home, said = made

    assert "http://127.0.0.1:8000/" in said
    assert str(home) in said
    for person in PEOPLE:
        assert re.search(
            rf"^{person.username}\s+{re.escape(str(person.label))}", said, re.MULTILINE
        )


def test_the_password_is_noted_for_the_owner_only(made):
    home, said = made
    notes = home / "demo-accounts.json"

    assert json.loads(notes.read_text())["password"] in said
    assert notes.stat().st_mode & 0o777 == 0o600


def test_a_second_run_changes_nothing_and_says_the_same(made):
    home, said = made

    again = typed(home, "demo", "--no-serve")

    assert (again.returncode, again.stdout.decode()) == (0, said)


def test_a_briefing_is_printed(made):
    done = typed(made[0], "briefing", "nantong-2017", "--format", "json")

    assert done.returncode == 0
    assert "regional_brands" in json.loads(done.stdout)["tables"]


def test_what_cannot_be_written_is_told_in_one_line(made):
    done = typed(made[0], "briefing", "nantong-2018")

    assert (done.returncode, done.stdout) == (2, b"")
    said = "There is no briefing 'nantong-2018' here. Known: nantong-2017."
    assert done.stderr.decode().splitlines() == [said]


def test_a_home_without_a_database_says_how_to_make_one(tmp_path):
    done = typed(tmp_path, "briefing", "nantong-2017")

    assert (done.returncode, done.stdout) == (2, b"")
    assert "Run: tongxin demo --no-serve" in done.stderr.decode()


def test_the_demo_answers_on_the_loopback(made):
    port = free_port()
    command = [PROGRAM, "demo", "--home", made[0], "--port", str(port)]
    server = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(made[0]),
        start_new_session=True,
    )
    try:
        page = answered(f"http://127.0.0.1:{port}/account/login/", server)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(PATIENCE)

    assert 'href="/demo/"' in page


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def answered(url, server):
    """Ask until the server answers, or has stopped, or patience is at its end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.2)
    pytest.fail("the server did not answer")
