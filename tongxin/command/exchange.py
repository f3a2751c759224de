"""Bringing workbooks in and taking lists out from the command line."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import typer
from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _
from django.utils.translation import override
from rich.console import Console

from tongxin.accounts.models import Account
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.exchange import actions
from tongxin.exchange.choices import Outcome, Side
from tongxin.exchange.models import Batch
from tongxin.exchange.preflight import preflight
from tongxin.exchange.queries import asker_of, fingerprint
from tongxin.exchange.report import MARKS, Report
from tongxin.exchange.tables import Wishes
from tongxin.exchange.taking import plan_of, take_out
from tongxin.exchange.writing import WRITERS
from tongxin.programmes.models import Programme
from tongxin.registers import declaration
from tongxin.registers.declaration import Register
from tongxin.registers.queries import Wish
from tongxin.sheets.book import Unreadable
from tongxin.sheets.reading import read

FORMATS = ("text", "json")
CLEAN, WITH_ERRORS, NOT_OPENED = 0, 1, 2
SHORT = {"zh-hans": "zh"}


def bring_in(  # noqa: PLR0913  what was typed
    key: str,
    file: Path,
    *,
    dry_run: bool,
    format_: str,
    username: str,
    programme: str,
    name: str,
    reason: str,
    blanks_erase: bool,
    side: str,
    without_errors: bool,
) -> None:
    """Look a workbook through, print all that is to be said, and apply it unless told otherwise."""
    if format_ not in FORMATS:
        _stop(f"There is no format {format_!r}. Choose one of: {', '.join(FORMATS)}.")
    if side not in Side.values:
        _stop(f"There is no side {side!r}. Choose one of: {', '.join(Side.values)}.")
    register, account, chosen = _asked(key, username, programme)
    if not file.is_file():
        _stop(f"There is no file {file}.")
    wishes = Wishes(blanks_erase=blanks_erase, side=side)
    try:
        book = read(file, file.name)
        report = preflight(register, book, asker_of(account, chosen), wishes)
        problems: list[str] = []
        clean = not report.has_errors and not report.unmapped
        wanted = not dry_run and bool(report.applicable) and (clean or without_errors)
        if wanted:
            content = file.read_bytes()
            batch = actions.receive(
                register, by=account, programme=chosen, name=file.name, content=content
            )
            actions.settle(batch, {"blanks_erase": blanks_erase, "side": side})
            problems = _apply(
                batch,
                name or file.stem,
                reason,
                without_errors=without_errors,
                seen=fingerprint(report),
            )
    except Unreadable as refusal:
        _not_opened(refusal, file, format_)
    except NotYours:
        _stop(f"{username} may not enter records of {key}.")
    except (OperationalError, ProgrammingError):
        _stop("This home has no database yet. Give --home.")
    _print(register, file, report, format_, applied=wanted and not problems, problems=problems)
    raise typer.Exit(CLEAN if clean and not problems else WITH_ERRORS)


def _apply(batch: Batch, name: str, reason: str, *, without_errors: bool, seen: str) -> list[str]:
    """Apply a batch if it does what was printed; return why it was not."""
    try:
        actions.apply(
            batch,
            by=batch.account,
            name=name,
            reason=reason,
            without_errors=without_errors,
            seen=seen,
        )
    except Outdated:
        actions.put_away(batch, by=batch.account)
        return [_("核对以后台账又变了，没有写入。再运行一次")]
    except Refused as refusal:
        actions.put_away(batch, by=batch.account)
        return [str(problem) for problem in refusal.problems]
    return []


def take(  # noqa: PLR0913  what was typed
    key: str, *, format_: str, output: Path | None, username: str, programme: str, with_void: bool
) -> None:
    """Write a register to a file or to standard output."""
    if format_ not in WRITERS:
        _stop(f"There is no format {format_!r}. Choose one of: {', '.join(WRITERS)}.")
    register, account, chosen = _asked(key, username, programme)
    fixed = {register.within: chosen} if register.within else None
    try:
        wish = Wish(fixed=fixed, with_void=with_void)
        plan = plan_of(register, by=account, programme=chosen, wish=wish)
        content, _extract = take_out(plan, format_)
    except (OperationalError, ProgrammingError):
        _stop("This home has no database yet. Give --home.")
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as failure:
        _stop(f"{output} cannot be written: {failure.strerror}.")


def _asked(key: str, username: str, programme: str) -> tuple[Register, Any, Any]:
    """Find the register, the account ("" for the house itself) and the programme that are meant."""
    try:
        register = declaration.get(key)
    except KeyError:
        keys = ", ".join(each.key for each in declaration.every())
        _stop(f"There is no register {key!r}. Choose one of: {keys}.")
    try:
        account = Account.objects.filter(username=username).first() if username else None
        programmes = Programme.objects.order_by("-begins", "key")
        chosen = programmes.filter(key=programme).first() if programme else programmes.first()
    except (OperationalError, ProgrammingError):
        _stop("This home has no database yet. Give --home.")
    if username and account is None:
        _stop(f"There is no account {username!r} here.")
    if programme and chosen is None:
        _stop(f"There is no programme {programme!r} here.")
    if register.within and chosen is None:
        _stop(f"{key} belongs to a programme, and this home has none yet.")
    return register, account, chosen


def _print(  # noqa: PLR0913
    register: Register,
    file: Path,
    report: Report,
    format_: str,
    *,
    applied: bool,
    problems: Iterable[str],
) -> None:
    if format_ == "json":
        content = {
            "register": register.key,
            "file": file.name,
            "applied": applied,
            "counts": report.counts,
            "messages": [
                {
                    "sheet": message.sheet,
                    "cell": message.cell,
                    "severity": message.severity.value,
                    "code": message.code,
                    "text": {SHORT.get(code, code): text for code, text in message.words.items()},
                }
                for message in report.messages
            ],
            "left_out": [
                {
                    "sheet": each.sheet,
                    "row": each.number,
                    "reason": each.reason.value if each.reason else _sheet_reason(each.hidden),
                }
                for each in report.left_out
            ],
            "heads_not_recognised": [
                {"sheet": sheet, "cell": cell, "text": text} for sheet, cell, text in report.unknown
            ],
            "sheets_without_a_head": [each.sheet for each in report.unmapped],
            "not_applied_because": list(problems),
        }
        print(json.dumps(content, ensure_ascii=False, indent=1))  # noqa: T201
        return
    _print_text(report, applied=applied, problems=problems)


def _sheet_reason(hidden: bool) -> str:  # noqa: FBT001
    return "hidden_sheet" if hidden else "no_table"


def _print_text(report: Report, *, applied: bool, problems: Iterable[str]) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    counts = report.counts
    console.print("  ".join(f"{MARKS[each]} {each.label} {counts[each]}" for each in Outcome))
    for message in report.messages:
        place = "!".join(part for part in (message.sheet, message.cell) if part)
        console.print(f"{place} {message.severity} {message.code}: {message.text}")
        with override("en"):
            console.print(f"    {message.text}")
    for each in report.unmapped:
        console.print(f"{each.sheet}: no head was recognised")
    for sheet, cell, text in report.unknown:
        console.print(f"{sheet}!{cell} left out: {text}")
    for problem in problems:
        console.print(problem)
    console.print("applied" if applied else "nothing was written")


def _not_opened(refusal: Unreadable, file: Path, format_: str) -> NoReturn:
    texts = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            texts[SHORT.get(code, code)] = str(refusal.words)
    if format_ == "json":
        content = {"file": file.name, "error": {"code": refusal.code, "text": texts}}
        print(json.dumps(content, ensure_ascii=False, indent=1))  # noqa: T201
    else:
        for text in texts.values():
            Console(stderr=True).print(text, highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(NOT_OPENED)


def _stop(words: str) -> NoReturn:
    Console(stderr=True).print(words, highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(NOT_OPENED)
