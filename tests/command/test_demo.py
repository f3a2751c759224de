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
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tongxin.demo.people import PEOPLE

pytestmark = pytest.mark.embedded
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


@contextmanager
def served(home):
    """Serve a home, and give the port."""
    port = free_port()
    command = [PROGRAM, "demo", "--home", home, "--port", str(port)]
    server = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(home),
        start_new_session=True,
    )
    try:
        yield port, answered(f"http://127.0.0.1:{port}/account/login/", server)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(PATIENCE)


HEAD = b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\n"
SECOND = b"GET /second/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
UNCLEAR = {
    "two lengths": b"Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello",
    "less than nothing": b"Content-Length: -1\r\n\r\n",
    "an unknown way of cutting": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a space before the colon": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a line end in a head": b"X-A: a\rb\r\n\r\n",
}
BOTH = b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"


def told(port, message):
    """The states of all answers to one message, until the server closes or falls silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(message)
        answer = b""
        # Closed with something unread, a line breaks off; that refuses as well as words do.
        with suppress(TimeoutError, ConnectionError):
            while more := line.recv(65536):
                answer += more
                line.settimeout(2)
    return re.findall(rb"HTTP/1\.1 (\d+)", answer)


def test_the_demo_answers_on_the_loopback_and_refuses_messages_whose_end_is_unclear(made):
    with served(made[0]) as (port, page):
        answers = {why: told(port, HEAD + rest) for why, rest in UNCLEAR.items()}
        both = told(port, HEAD + BOTH + SECOND)

    assert 'href="/demo/"' in page
    assert {why: each for why, each in answers.items() if each not in ([b"400"], [])} == {}
    # Chunks come before a length; what follows a message of both kinds is not read at all.
    assert both == [b"403"]


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
