"""Asking a virus scanner over its socket: the one place of the program that speaks to another."""

import socket
import struct

from tongxin.core.errors import Refused
from tongxin.core.words import gettext as _

from .refusing import refused

CHUNK = 256_000
SECONDS = 30
MOST_ANSWER = 4_096
CLEAN = b"stream: OK"
FOUND = b" FOUND"


def scan(content: bytes, address: str) -> None:
    """Return when the scanner at a socket found nothing; raise Refused when it did, or is away."""
    try:
        answer = _asked(content, address)
    except OSError as away:
        raise _away() from away
    if answer == CLEAN:
        return
    if answer.endswith(FOUND):
        name = answer.removeprefix(b"stream: ").removesuffix(FOUND).decode("ascii", "replace")
        words = _("查毒程序在这份文件里发现了“%(name)s”，没有接收。换一份干净的文件")
        raise refused("virus", words % {"name": name[:80]})
    raise _away()


def _asked(content: bytes, address: str) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as scanner:
        scanner.settimeout(SECONDS)
        scanner.connect(address)
        scanner.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), CHUNK):
            piece = content[at : at + CHUNK]
            scanner.sendall(struct.pack(">I", len(piece)) + piece)
        scanner.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER:
            more = scanner.recv(MOST_ANSWER)
            if not more:
                break
            answer += more
    return answer.strip(b"\0\n ")


def _away() -> Refused:
    return refused(
        "scanner_away",
        _("查毒程序现在没有回应，文件没有接收。过几分钟再上传；还是不行，告诉系统管理员"),
    )
