"""What the commands do once Django is up."""

import io
import json
import os
import secrets
import sys
from pathlib import Path
from typing import NoReturn

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from tongxin.accounts.jobs import forget_expired_sessions
from tongxin.briefings.actions import take_away
from tongxin.briefings.models import Briefing
from tongxin.briefings.writers import WRITERS
from tongxin.calendars.actions import seed
from tongxin.demo.actions import load
from tongxin.demo.incubating import extend
from tongxin.demo.people import PEOPLE
from tongxin.exchange.actions import put_away_overdue
from tongxin.files.actions import sweep
from tongxin.files.models import Revision
from tongxin.files.queries import amiss
from tongxin.participants.actions import reapply
from tongxin.participants.jobs import end_expired_consents
from tongxin.public_notices.actions import take_down
from tongxin.public_notices.jobs import take_names_down
from tongxin.standards.actions import seed as seed_standards

from .seals import signer
from .working import worker

NOTES = "demo-accounts.json"
errors = Console(stderr=True)
console = Console()


def prepare() -> None:
    """Migrate the database, check that it keeps its word, and collect static files.

    The official working days of years that the calendar lacks are loaded, and the standards that
    come with the product.
    Contents that an upload left behind when it was cut off are taken away, and workbooks that
    nobody applied within a week.
    A database that was brought back from a copy is freed of what had been erased since, and of
    names in public notices whose day has come.
    """
    call_command("migrate", verbosity=0, interactive=False)
    seed()
    seed_standards()
    reapply()
    take_down(timezone.localdate())
    put_away_overdue()
    call_command("check", databases=["default"], stdout=io.StringIO())
    if not settings.PLAIN_STATIC:
        call_command("collectstatic", verbosity=0, interactive=False)


def load_demo(home: Path) -> None:
    """Load the facts once; the accounts' password is made here and noted in the home folder."""
    notes = home / NOTES
    password = os.environ.get("TONGXIN_DEMO_PASSWORD") or secrets.token_urlsafe(9)
    if not load(password):
        return
    handle = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"password": password}, file)


def load_samples() -> None:
    """Load the invented programme beside the facts, once."""
    extend()


def greet(home: Path, port: int) -> None:
    """Say where the demo is, who can sign in, and where its data lies."""
    notes = home / NOTES
    password = json.loads(notes.read_text(encoding="utf-8"))["password"] if notes.exists() else ""
    table = Table("用户名 Username", "角色 Role", box=None, pad_edge=False)
    for person in PEOPLE:
        table.add_row(person.username, str(person.label))
    console.print(table)
    console.print(f"\n密码 Password（全部相同 the same for all）: {password}", highlight=False)
    console.print(f"数据 Data: {home.resolve()}", highlight=False, soft_wrap=True)
    console.print(f"地址 Address: http://127.0.0.1:{port}/", highlight=False)


def serve(port: int) -> None:
    """Serve on the loopback until stopped, with the background worker and the signer beside."""
    forget_expired_sessions.enqueue()
    end_expired_consents.enqueue()
    take_names_down.enqueue()
    with signer(), worker():
        _serve(port)


def _serve(port: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415  only the server needs it
    from granian.server import Server  # noqa: PLC0415

    Server(
        "tongxin.config.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
    ).serve()


def write_briefing(key: str, name: str, output: Path | None) -> None:
    """Write one briefing in one format to a file, or to standard output."""
    if name not in WRITERS:
        _stop(f"There is no format {name!r}. Choose one of: {', '.join(WRITERS)}.")
    try:
        found = Briefing.objects.select_related("programme__division").filter(key=key).first()
    except (OperationalError, ProgrammingError):
        _stop("This home has no database yet. Run: tongxin demo --no-serve, or give --home.")
    if found is None:
        known = ", ".join(Briefing.objects.values_list("key", flat=True)) or "none"
        _stop(f"There is no briefing {key!r} here. Known: {known}.")
    if output is None and name == "docx" and sys.stdout.isatty():
        _stop("A Word file does not belong on a terminal. Give a file: -o briefing.docx")
    body = WRITERS[name].write(take_away(found, by=None, extension=name))
    if output is None:
        sys.stdout.buffer.write(body)
        return
    output.write_bytes(body)
    errors.print(f"{output}: {len(body):,} bytes", highlight=False)


def check_files(*, clear: bool = False) -> None:
    """Say of every content on the shelf that is not as its row says, and of every one without.

    Those without a row are taken away when asked to: never by itself, because the rows of an older
    copy of the database would not name what is newer.
    """
    try:
        count, found = Revision.objects.count(), list(amiss())
    except (OperationalError, ProgrammingError):
        _stop("This home has no database yet. Run: tongxin demo --no-serve, or give --home.")
    for each in found:
        of = each.revision
        where = f" {of.attachment.register}, attachment {of.attachment_id}, {of}" if of else ""
        console.print(f"{each.what} {each.stored}{where}", highlight=False, soft_wrap=True)
    bad = sum(each.revision is not None for each in found)
    console.print(f"{count:,} files, {bad:,} amiss, {len(found) - bad:,} unknown", highlight=False)
    if clear:
        console.print(f"{sweep():,} taken away", highlight=False)
    if bad:
        raise typer.Exit(1)


def _stop(words: str) -> NoReturn:
    errors.print(words, highlight=False, soft_wrap=True)
    raise typer.Exit(2)
