"""What the commands do that take names out of a home."""

from pathlib import Path
from typing import NoReturn

import typer
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError
from rich.console import Console

from tongxin.accounts.models import Account
from tongxin.core import erasures
from tongxin.core.errors import Refused
from tongxin.participants import actions

console = Console()
errors = Console(stderr=True)


def erase_account(username: str) -> None:
    """Erase one account holder, and say what is left of the name."""
    try:
        account = Account.objects.filter(username=username).first()
    except (OperationalError, ProgrammingError):
        _stop("This home has no database yet. Give --home.")
    if account is None:
        _stop(f"There is no account {username!r} here.")
    try:
        erased = actions.erase_account(account, by=None)
    except Refused as refusal:
        _stop("\n".join(str(problem) for problem in refusal.problems))
    erasures.sweep()
    console.print(f"{username} -> {erased.username}", highlight=False)


def reapply(source: Path | None) -> None:
    """Bring a restored database up to its tables, and apply the list of erasures to it."""
    if source is not None and not source.exists():
        _stop(f"There is no file {source}.")
    call_command("migrate", verbosity=0, interactive=False)
    again, added = actions.reapply(source)
    erasures.sweep()
    console.print(f"erased again: {again}; added to the list: {added}", highlight=False)


def _stop(words: str) -> NoReturn:
    errors.print(words, highlight=False, soft_wrap=True)
    raise typer.Exit(2)
