"""Keys, seals, exports and verification of the journal, as an operator types them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import DatabaseError, connection
from rich.console import Console

from tongxin.journal import export, signing, verifier
from tongxin.journal.models import SigningKey

SECONDS = 60
PATIENCE = 10
errors = Console(stderr=True)
console = Console()


def keygen(file: Path, by: Path | None) -> None:
    """Make a key and enrol it; an earlier key has to sign for it."""
    try:
        old = signing.read_key(by) if by else None
        key = signing.make_key(file)
    except FileExistsError:
        _stop(f"There is a file {file} already. It is left as it is.")
    except (OSError, ValueError) as problem:
        _stop(f"The key cannot be read or written: {problem}")
    try:
        signing.enrol(key, by=old)
    except signing.Unsound as problem:
        file.unlink()
        _stop(f"{problem}. Give that key with --by.")
    _say(f"公钥 Public key: {signing.public_of(key)}")
    _say("把公钥抄下来，存在别处。 Keep a copy of the public key elsewhere, on paper too.")


def sign(file: Path, every: int, parent: int) -> None:
    """Seal what waits; with `every`, again and again until the parent is gone."""
    try:
        key = signing.read_key(file)
    except (OSError, ValueError) as problem:
        _stop(f"The key cannot be read: {problem}")
    while True:
        words = _sealed(key)
        if words and not every:
            _stop(words)
        if not every:
            return
        for _second in range(every):
            time.sleep(1)
            if parent and os.getppid() != parent:
                return


def _sealed(key: Ed25519PrivateKey) -> str:
    """Seal what waits; return what went wrong. The next round tries again."""
    try:
        made = signing.seal_all(key, export.algorithm())
    except signing.Unsound as problem:
        words = f"NOT SEALED: {problem}"
    except DatabaseError as problem:
        connection.close()
        words = f"NOT SEALED, the database refused: {problem}"
    else:
        if made:
            _say(f"Sealed: {made} checkpoints")
        return ""
    errors.print(words, highlight=False, soft_wrap=True)
    return words


@contextmanager
def signer() -> Iterator[None]:
    """Run the signer beside the server of a single machine; its key is made when there is none."""
    file = settings.SIGNING_KEY
    if not SigningKey.objects.exists() and not file.exists():
        signing.enrol(signing.make_key(file))
    if not os.access(file, os.R_OK):
        # Another user holds the key and runs the signer, as it should be.
        yield
        return
    command = [sys.executable, "-m", "tongxin.command", "sign", "--key", str(file)]
    command += ["--home", str(settings.HOME), "--every", str(SECONDS), "--parent", str(os.getpid())]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    try:
        yield
    finally:
        child.terminate()
        child.wait(PATIENCE)


def write_export(file: Path) -> None:
    """Write the export, whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    with part.open("wb") as out:
        out.writelines(export.export())
    part.replace(file)
    errors.print(f"{file}: {file.stat().st_size:,} bytes", highlight=False)


def verify(file: Path | None, key: str, head: str) -> None:
    """Check a file, or the home: its chain, seals, and personal values."""
    try:
        if file is not None:
            with file.open("rb") as lines:
                whole, words = verifier.check(lines, key, head)
        else:
            whole, words = verifier.check(export.export(), key, head)
    except (OSError, ValueError, DatabaseError) as problem:
        _stop(str(problem))
    _say(words)
    altered = [] if file is not None else list(export.altered_personal_values())
    for value in altered:
        _say(
            f"断裂 BROKEN: personal value {value.field} of entry {value.entry.sequence} was altered"
        )
    if altered or not whole:
        raise typer.Exit(1)


def _say(words: str) -> None:
    console.print(words, highlight=False, soft_wrap=True, markup=False)


def _stop(words: str) -> NoReturn:
    errors.print(words, highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(2)
