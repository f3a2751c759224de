"""The virus scanner: asked over its socket, believed when clear, and missed when it is away."""

import socket
import struct
import threading
from contextlib import contextmanager

import pytest

from tests.files import samples
from tongxin.core.errors import Refused
from tongxin.files.gate import inspect
from tongxin.files.gate.clamd import scan


def read_exactly(peer, count):
    got = b""
    while len(got) < count:
        more = peer.recv(count - len(got))
        if not more:
            break
        got += more
    return got


def taken(peer):
    """Read one INSTREAM request as the daemon does: the word, pieces with their length, a zero."""
    word = read_exactly(peer, len(b"zINSTREAM\0"))
    content = b""
    while length := struct.unpack(">I", read_exactly(peer, 4))[0]:
        content += read_exactly(peer, length)
    return word, content


@contextmanager
def daemon(folder, answer):
    """A daemon on a socket that answers once; gives the address, and what it was sent."""
    address, heard = str(folder / "clamd.socket"), []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(address)
        door.listen(1)

        def serve():
            peer, _whence = door.accept()
            with peer:
                if answer is not None:
                    heard.extend(taken(peer))
                    peer.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield address, heard
        thread.join(5)


def refused(content, address):
    try:
        scan(content, address)
    except Refused as refusal:
        return refusal.problems[0]
    return None


def test_a_clean_file_is_sent_whole_and_passes(tmp_path):
    content = samples.PDF + bytes(600_000) + b"%%EOF\n"

    with daemon(tmp_path, b"stream: OK\0") as (address, heard):
        passed = inspect("批文.pdf", "", content, scanner=address)

    assert passed.content == content
    assert heard == [b"zINSTREAM\0", content]


def test_a_file_with_a_virus_is_refused_by_its_name(tmp_path):
    with daemon(tmp_path, b"stream: Win.Test.EICAR_HDB-1 FOUND\0") as (address, _heard):
        problem = refused(b"x", address)

    assert problem.code == "files.virus"
    assert "“Win.Test.EICAR_HDB-1”" in str(problem)


@pytest.mark.parametrize(
    "answer",
    [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: O", b"OK\0", b"\xff" * 9_000, None],
)
def test_any_other_answer_is_none(tmp_path, answer):
    with daemon(tmp_path, answer) as (address, _heard):
        problem = refused(b"x", address)

    assert problem.code == "files.scanner_away"
    assert "过几分钟再上传" in str(problem)


def test_without_its_scanner_an_installation_takes_nothing(tmp_path):
    problem = refused(b"x", str(tmp_path / "nobody"))

    assert problem.code == "files.scanner_away"


def test_what_is_scanned_is_what_was_sent_with_all_its_notes(tmp_path):
    with daemon(tmp_path, b"stream: OK\0") as (address, heard):
        inspect("照片.jpg", "", samples.jpg(), scanner=address)

    assert samples.PLACE_OF_THE_SHOT in heard[1]
