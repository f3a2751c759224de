"""Batches as their account sees them, and what was built on the records of one."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils import timezone

from tongxin.files.models import Attachment
from tongxin.journal.models import Entry
from tongxin.programmes.models import Programme
from tongxin.registers import declaration
from tongxin.registers.declaration import Register
from tongxin.registers.forms import Asker
from tongxin.registers.models import Record

from .asking import House
from .choices import Outcome, Side, State
from .models import Batch, Line
from .report import Report
from .tables import Wishes
from .uploads import KEPT

UNDONE_WITHIN = dt.timedelta(days=7)
SHOWN = 20
CHUNK = 500


def own_batches(account: Any, register: Register) -> models.QuerySet[Batch]:
    """Return the workbooks that an account brought into a register, the newest first."""
    return Batch.objects.filter(account=account, register=register.key)


def asker_of(account: Any, programme: Programme | None) -> Asker:
    """Return who asks: an account, or the house itself, in a programme on its day's map."""
    day = programme.day if programme else timezone.localdate()
    return Asker(account if account is not None else House(), programme, day)


def wishes_of(batch: Batch) -> Wishes:
    """Return what was decided about a workbook."""
    kept = batch.wishes
    return Wishes(
        heads=kept.get("heads", {}),
        mended=kept.get("mended", {}),
        blanks_erase=bool(kept.get("blanks_erase")),
        side=kept.get("side", Side.DATABASE),
        sides=kept.get("sides", {}),
    )


def may_still_be_undone(batch: Batch) -> bool:
    """Whether a batch was applied within the days in which it can be undone."""
    applied = batch.applied_at
    return (
        batch.state == State.APPLIED
        and applied is not None
        and timezone.now() < applied + UNDONE_WITHIN
    )


def overdue() -> models.QuerySet[Batch]:
    """Return the drafts whose file has lain too long."""
    return Batch.objects.filter(state=State.DRAFT, received_at__lt=timezone.now() - KEPT).exclude(
        stored=""
    )


def built_on(batch: Batch, register: Register, lines: Iterable[Line]) -> Iterator[str]:
    """Name what stands on the records of a batch, and so in the way of undoing it."""
    lines = list(lines)
    versions = {line.subject_id: line.version for line in lines}
    fresh = [line.subject_id for line in lines if line.outcome == Outcome.NEW]
    rows: Any = register.model._default_manager
    for chunk in _chunks(sorted(versions)):
        for record in rows.filter(pk__in=chunk):
            if record.version != versions.pop(record.pk):
                yield str(record)
    yield from _decided_since(batch, register, [line.subject_id for line in lines])
    for chunk in _chunks(fresh):
        for other in _leaning_on(register, chunk):
            yield str(other)


def _decided_since(batch: Batch, register: Register, numbers: list[int]) -> Iterator[str]:
    """Name the records about which the journal tells an act after the batch: an acceptance too."""
    told = Entry.objects.filter(subject_type=batch._meta.label_lower, subject_id=batch.pk)
    applied = told.filter(verb="exchange.applied").values_list("sequence", flat=True).first()
    if applied is None:
        return
    kind = register.model._meta.label_lower
    for chunk in _chunks(sorted(numbers)):
        acts = Entry.objects.filter(
            subject_type=kind, subject_id__in=chunk, sequence__gt=applied
        ).exclude(verb__endswith=".read")
        rows: Any = register.model._default_manager
        for record in rows.filter(pk__in=acts.order_by().values("subject_id")):
            yield str(record)


def _leaning_on(register: Register, numbers: list[int]) -> Iterator[Any]:
    """Return what refers to new records: other records in force, rows about them, files."""
    links: Any = register.model._meta.get_fields(include_hidden=True)
    for link in links:
        if not link.auto_created or link.concrete:
            continue
        related: Any = link.related_model
        rows = related._default_manager.filter(**{f"{link.field.name}__in": numbers})
        if issubclass(related, Record):
            rows = rows.filter(void=False)
        yield from rows[:SHOWN]
    yield from Attachment.objects.filter(register=register.key, subject_id__in=numbers, void=False)[
        :SHOWN
    ]


def fingerprint(report: Report) -> str:
    """Return a short text that differs when a report would do something else."""
    digest = hashlib.sha256()
    for row in report.rows:
        version = row.record.version if row.record is not None else 0
        number = row.record.pk if row.record is not None else 0
        digest.update(f"{row.sheet}|{row.row}|{row.outcome}|{number}|{version};".encode())
        if row.conflicts:
            digest.update(f"{row.side}|{[each.name for each in row.conflicts]}".encode())
    return digest.hexdigest()[:16]


def register_of(batch: Batch) -> Register:
    """Return the register that a batch belongs to."""
    return declaration.get(batch.register)


def _chunks(items: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(items), CHUNK):
        yield items[at : at + CHUNK]
