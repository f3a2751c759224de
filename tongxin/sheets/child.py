"""The child process: looks into one file, reads it, says what it holds. Started by `running`.

It is a program of its own, without Django, settings or database. It limits itself before it
reads a byte. What it says are lines of JSON: the head, for each sheet its head, batches of rows,
its notes, and at last that this was all. A file that it does not read is told by a code.
"""

import gc
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import Any

from tongxin.core.packages import Unfit
from tongxin.core.sniffing import OLD_OFFICE, PACKAGE, PAGE, TEXT, sniff

from . import csvs
from .counting import count
from .limits import MEMORY, MOST_NOTES
from .refusing import Declined

LOCKED = "EncryptedPackage".encode("utf-16-le")
MACROS = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))
OLD_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
NUL = "\\u0000"
BATCH = 500
Said = dict[str, Any] | list[list[Any]]


def main() -> None:
    """Read the file at standard input; the arguments are what to do and the seconds it may cost."""
    verb, seconds = sys.argv[1], int(sys.argv[2])
    limit(seconds)
    gc.disable()  # this process is short, and makes nothing that refers to itself
    with os.fdopen(os.dup(0), "rb") as file:
        content = file.read()
    try:
        if verb == "annotate":
            annotate(content, int(sys.argv[3]))
        else:
            for said in read(content):
                say(said)
    except Declined as declined:
        say({"declined": declined.code, "facts": declined.facts})
    except Unfit as unfit:
        say({"declined": unfit.code, "facts": {}})
    except MemoryError:
        say({"declined": "memory", "facts": {}})


def limit(seconds: int) -> None:
    """Set the borders of this process: memory, processor, no file written, no image of a crash."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(content: bytes) -> Iterator[Said]:
    """Yield what a file holds, by what it is and not by what it is called."""
    kind, remarkable = kind_of(content)
    if kind == "csv":
        yield from read_csv(content)
    else:
        yield {"kind": kind, "encoding": ""}
        yield from read_workbook(content, remarkable)
    yield {"end": True}


def kind_of(content: bytes) -> tuple[str, set[str]]:
    """Return xlsx, xls or csv, after the gate for each; raise for anything else.

    With it come the parts of an xlsx of which there may be something to note.
    """
    found = sniff(content)
    if found == PACKAGE:
        counted = count(content)
        if counted.kind != "xlsx":
            raise Declined("kind")
        return "xlsx", counted.remarkable
    if found == OLD_OFFICE:
        _check_old(content)
        return "xls", set()
    if found == PAGE:
        raise Declined("page")
    if found == TEXT or content.startswith(csvs.UTF_16):
        return "csv", set()
    raise Declined("kind")


def _check_old(content: bytes) -> None:
    """Look into the directory of an old workbook, whose names are written in it as they are."""
    if LOCKED in content:
        raise Declined("locked")
    if any(sign in content for sign in MACROS):
        raise Declined("macros")
    if not any(sign in content for sign in OLD_BOOKS):
        raise Declined("kind")


def read_workbook(content: bytes, remarkable: set[str]) -> Iterator[Said]:
    """Yield the sheets; whatever the parser stumbles over is a damaged file."""
    from python_calamine import PasswordError  # noqa: PLC0415  a csv does not wait for it

    from . import workbooks  # noqa: PLC0415

    try:
        yield from workbooks.read_workbook(content, remarkable)
    except PasswordError:
        raise Declined("locked") from None
    except (Declined, Unfit, MemoryError):
        raise
    except BaseException as broken:  # noqa: BLE001  the parser panics with what is no Exception
        if "password" in str(broken).lower():
            raise Declined("locked") from None
        raise Declined("damaged") from None


def read_csv(content: bytes) -> Iterator[Said]:
    """Yield a csv as a workbook with one sheet."""
    text, encoding = csvs.decoded(content)
    yield {"kind": "csv", "encoding": encoding}
    yield {"sheet": "", "hidden": False, "merged": []}
    notes: list[list[Any]] = []
    shortened = csvs.SHORTENED.fullmatch if "E+" in text else None
    batch: list[list[Any]] = []
    empty = 0
    for number, row in enumerate(csvs.rows_of(text)):
        while row and row[-1] is None:
            row.pop()
        if not row:
            empty += 1
            continue
        batch += [[] for _row in range(empty)]
        empty = 0
        batch.append(row)
        if shortened:
            notes += [
                [number, at, "digits"] for at, value in enumerate(row) if value and shortened(value)
            ]
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
    yield {"notes": notes[:MOST_NOTES]}


def annotate(content: bytes, comments: int) -> None:
    """Write the same workbook with comments, which come as JSON through a file of their own."""
    from .comments import commented  # noqa: PLC0415

    if kind_of(content)[0] != "xlsx":
        raise Declined("comments")
    with os.fdopen(comments, "rb") as file:
        asked = [(sheet, row, column, text) for sheet, row, column, text in json.load(file)]
    written = commented(content, asked)
    say({"size": len(written)})
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


def say(said: Said) -> None:
    """Write one line; a character that no database takes is left out."""
    line = json.dumps(said, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if NUL in line:
        line = json.dumps(_without_nul(said), ensure_ascii=False)
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()


def _without_nul(said: Any) -> Any:
    if isinstance(said, list):
        return [_without_nul(each) for each in said]
    return said.replace("\0", "") or None if isinstance(said, str) else said


if __name__ == "__main__":
    main()
