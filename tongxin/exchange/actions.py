"""Receiving a workbook, applying it as a whole, undoing it as a whole, putting it away."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.many import insert
from tongxin.core.steps import begun
from tongxin.core.words import gettext as _
from tongxin.core.words import listed
from tongxin.files.rules import clean_name
from tongxin.journal.actions import action, record, unchanged
from tongxin.programmes.models import Programme
from tongxin.registers.declaration import Register
from tongxin.registers.permissions import may_enter
from tongxin.registers.screening import blocked_in_text
from tongxin.sheets.book import Book
from tongxin.sheets.reading import check_outside, read

from . import summaries, uploads
from .choices import Outcome, State
from .effects import LINE, take_back, write_rows
from .models import NAME_LENGTH, Batch, Line
from .preflight import preflight
from .queries import (
    UNDONE_WITHIN,
    asker_of,
    built_on,
    fingerprint,
    overdue,
    register_of,
    wishes_of,
)
from .report import Report
from .summaries import Summary

NAMED = 5
BULKY = 500_000
"""A file of more bytes than this is not opened while the page is waited for."""


def receive(
    register: Register, *, by: Any, programme: Programme | None, name: str, content: bytes
) -> Batch:
    """Keep a workbook that was sent; raise Unreadable for one that is not read, NotYours.

    A bulky one is opened later: nobody waits for that, and its rows are not counted yet.
    """
    put_away_overdue()
    check_outside(name, len(content))
    stored = uploads.keep(content)
    try:
        bulky = len(content) > BULKY
        facts = {
            "file_name": clean_name(name),
            "stored": stored,
            "sha256": hashlib.sha256(content).hexdigest(),
            "rows": 0 if bulky else rows_of(read(uploads.path_of(stored), name)),
        }
        return _receive(register, by=by, programme=programme, facts=facts)
    except BaseException:
        uploads.discard(stored)
        raise


@action
def _receive(
    register: Register, *, by: Any, programme: Programme | None, facts: Mapping[str, Any]
) -> Batch:
    if by is not None and not may_enter(by, register):
        raise NotYours
    batch = Batch.objects.create(register=register.key, programme=programme, account=by, **facts)
    record(by, "exchange.received", batch, register=register.key, sha256=batch.sha256)
    return batch


def rows_of(book: Book) -> int:
    """Return how many rows the sheets have that somebody sees."""
    return sum(len(sheet.rows) for sheet in book.sheets if not sheet.hidden)


def open_book(batch: Batch) -> Book:
    """Return what stands in the workbook of a batch; raise Unreadable, FileNotFoundError."""
    begun("read")
    return read(uploads.path_of(batch.stored), batch.file_name)


def look_through(batch: Batch, book: Book | None = None) -> Report:
    """Return the pre-flight of a batch as the register stands now. It writes nothing."""
    if book is None:
        book = open_book(batch)
    asker = asker_of(batch.account, batch.programme)
    return preflight(register_of(batch), book, asker, wishes_of(batch))


def settle(batch: Batch, wishes: Mapping[str, Any]) -> Batch:
    """Keep what was decided about a draft: it is paper on a desk, and no record changes."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state == State.DRAFT:
            uploads.discard(batch.looked)
            batch.wishes, batch.looked = {**batch.wishes, **wishes}, ""
            batch.save(update_fields=["wishes", "looked"])
    return batch


def look_closely(batch: Batch) -> Batch:
    """Look a batch through and keep what was found, for pages that must not wait for it."""
    book, wishes = open_book(batch), batch.wishes
    found = summaries.keep(look_through(batch, book))
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state == State.DRAFT and batch.wishes == wishes:
            found, batch.looked, batch.rows = batch.looked, found, rows_of(book)
            batch.save(update_fields=["looked", "rows"])
    uploads.discard(found)
    return batch


def refuse_applying(
    batch: Batch, *, name: str, reason: str, without_errors: bool, seen: str
) -> None:
    """Refuse at once what would be refused later, from what was kept of a large workbook.

    Raises Outdated, Refused.
    """
    if not batch.looked:
        raise Outdated(batch)
    summary = summaries.kept(batch.looked)
    if seen != summary.seen:
        raise Outdated(batch)
    refuse_if(_against(summary, name.strip(), reason.strip(), without_errors=without_errors))


@action
def apply(  # noqa: PLR0913  what was seen and decided
    batch: Batch,
    *,
    by: Any,
    name: str,
    reason: str = "",
    without_errors: bool = False,
    seen: str | None = None,
) -> Batch:
    """Write every row of a batch, or none.

    `without_errors` leaves the rows with errors out, which is asked for and never assumed. `seen`
    is the fingerprint of the report that was looked at: raises Outdated when it is another by now.
    Applied again, nothing happens. Raises NotYours, Refused.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.account_id != (by.pk if by is not None else None):
        raise NotYours
    if batch.state == State.APPLIED:
        unchanged()
        return batch
    register = register_of(batch)
    if batch.state != State.DRAFT:
        raise Refused(Problem("exchange.put_away", _("这份表已经放弃或撤销。重新上传一次")))
    book = open_book(batch)
    report = look_through(batch, book)
    if seen is not None and seen != fingerprint(report):
        raise Outdated(batch)
    name, reason = name.strip()[:NAME_LENGTH], reason.strip()[:300]
    summary = summaries.summary_of(report)
    refuse_if(_against(summary, name, reason, without_errors=without_errors))
    lines = write_rows(register, batch, report.applicable, by)
    insert(Line, LINE, lines)
    gone = (batch.stored, batch.looked)
    batch.state, batch.name, batch.reason = State.APPLIED, name, reason
    batch.rows = rows_of(book)
    batch.applied_at, batch.counts = timezone.now(), report.counts
    batch.stored = batch.looked = ""
    batch.save(
        update_fields=[
            *("state", "name", "reason", "rows", "applied_at", "stored", "looked", "counts")
        ]
    )
    record(
        by,
        "exchange.applied",
        batch,
        after={"name": name, "counts": report.counts, "file": batch.file_name},
        reason=reason,
        register=register.key,
    )
    transaction.on_commit(lambda: _discard(*gone))
    return batch


def _against(report: Summary, name: str, reason: str, *, without_errors: bool) -> Iterator[Problem]:
    """Say why a batch is not applied as it was asked."""
    if not name:
        yield Problem("exchange.no_name", _("给这次导入起个名称，例如“2017 年底名册”"), "name")
    yield from blocked_in_text(f"{name} {reason}", _("名称和说明"), "name")
    if report.unmapped or any(problem.is_error for problem in report.problems):
        yield Problem("exchange.head", _("表头还没有对上。先指定每一列是什么"))
    elif report.counts[Outcome.ERROR] and not without_errors:
        words = _("还有 %(count)d 行有错误。改好，或勾选“有错误的行先不导入”")
        facts = {"count": report.counts[Outcome.ERROR]}
        yield Problem("exchange.errors", words % facts, "without_errors")
    elif not report.applicable:
        yield Problem("exchange.nothing", _("没有新增和变化，不用导入"))
    if report.asks_reason and not reason:
        yield Problem("exchange.no_reason", _("有提醒的行要写一句说明"), "reason")


def refuse_undoing(batch: Batch) -> None:
    """Refuse at once what needs no look at the records: it was not applied, or too long ago."""
    refuse_if(_too_late(batch))


@action
def undo(batch: Batch, *, by: Any) -> Batch:
    """Take a batch back as a whole: new records become void, changed ones as they were.

    Raises NotYours, and Refused when it is too late or something was built on it.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.account_id != (by.pk if by is not None else None):
        raise NotYours
    if batch.state == State.UNDONE:
        unchanged()
        return batch
    register, lines = register_of(batch), list(batch.lines.all())
    refuse_if(_too_late(batch))
    refuse_if(_built_on(batch, register, lines))
    reason = _("撤销导入“%(name)s”") % {"name": batch.name}
    take_back(register, lines, by, reason)
    batch.state, batch.undone_at = State.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    facts: dict[str, Any] = {"register": register.key, "count": len(lines)}
    record(by, "exchange.undone", batch, before={"name": batch.name}, **facts)
    return batch


def _too_late(batch: Batch) -> Iterator[Problem]:
    if batch.state != State.APPLIED or batch.applied_at is None:
        yield Problem("exchange.not_applied", _("这份表没有导入过，不用撤销"))
        return
    if timezone.now() >= batch.applied_at + UNDONE_WITHIN:
        words = _("导入超过 %(days)d 天，不能整体撤销。逐条修改或作废")
        yield Problem("exchange.too_late", words % {"days": UNDONE_WITHIN.days})


def _built_on(batch: Batch, register: Register, lines: list[Line]) -> Iterator[Problem]:
    names = list(dict.fromkeys(built_on(batch, register, lines)))
    if names:
        words = _("导入以后又有改动，不能整体撤销：%(names)s。逐条修改或作废")
        shown = listed([*names[:NAMED], *(["…"] if len(names) > NAMED else [])])
        yield Problem("exchange.built_on", words % {"names": shown})


@action
def put_away(batch: Batch, *, by: Any) -> Batch:
    """Put a draft away; its file goes at once. Raises NotYours."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.account_id != (by.pk if by is not None else None):
        raise NotYours
    if batch.state != State.DRAFT:
        unchanged()
        return batch
    gone = (batch.stored, batch.looked)
    batch.stored, batch.looked, batch.state, batch.wishes = "", "", State.DISCARDED, {}
    batch.save(update_fields=["stored", "looked", "state", "wishes"])
    record(by, "exchange.put_away", batch, register=batch.register)
    transaction.on_commit(lambda: _discard(*gone))
    return batch


def _discard(*stored: str) -> None:
    for name in stored:
        uploads.discard(name)


def put_away_overdue() -> int:
    """Put away the drafts that nobody applied within a week; return how many."""
    late = list(overdue())
    for batch in late:
        put_away(batch, by=batch.account)
    uploads.sweep()
    return len(late)
