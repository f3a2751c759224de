"""What the rows of a batch do to records, and how it is taken back: all rows in few statements.

Rows that were changed go together. Where something stands against that, nothing of it is kept and
they go one by one: each sees then what those before it have done, and a refusal says of which row
it speaks.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models

from tongxin.core.errors import Problem, Refused
from tongxin.core.steps import counted
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action
from tongxin.registers.actions import change, set_void
from tongxin.registers.bulk import enter_many
from tongxin.registers.bulk_changes import Wanted, change_many, void_many
from tongxin.registers.declaration import Register

from .choices import Outcome
from .models import Batch, Line
from .report import Row

LINE = ("batch_id", "sheet", "row", "outcome", "subject_id", "version", "before", "restored")
Told = tuple[Any, ...]
"""The values of a line, in the order of `LINE`."""


def write_rows(register: Register, batch: Batch, rows: Sequence[Row], by: Any) -> list[Told]:
    """Write the rows through the register's own actions, with their rules and their entries."""
    known = [row for row in rows if row.record is not None]
    lines = _change_all(register, batch, known, by) if known else []
    fresh = [row for row in rows if row.record is None]
    if not fresh:
        return lines
    try:
        made = enter_many(register, by=by, rows=[row.values for row in fresh])
    except IntegrityError as twins:
        words = _("有两行说的是同一条记录，台账只能有一条。核对代码和名称")
        raise Refused(Problem("exchange.twins", words)) from twins
    return lines + [_line(batch, row, subject) for row, subject in zip(fresh, made, strict=True)]


def _change_all(register: Register, batch: Batch, rows: Sequence[Row], by: Any) -> list[Told]:
    """Change the records of rows together; one by one where something stands against that."""
    before = [_before(row) for row in rows]
    try:
        made = change_together(register, rows, by)
    except (Refused, IntegrityError):
        made = [change_alone(register, row, by) for row in counted(rows, "change")]
    return [
        _line(batch, row, subject, was, restored=row.restores)
        for row, subject, was in zip(rows, made, before, strict=True)
    ]


@action
def change_together(register: Register, rows: Sequence[Row], by: Any) -> list[Any]:
    """Change the records of rows, bringing back first those that are void."""
    back = [row.record for row in rows if row.restores]
    restored = void_many(register, back, by=by, void=False) if back else []
    versions = {each.pk: each.version for each in restored}
    wanted = [
        Wanted(row.record, row.values, versions.get(row.record.pk, row.record.version))
        for row in rows
    ]
    return change_many(register, by=by, rows=wanted)


def change_alone(register: Register, row: Row, by: Any) -> Any:
    """Change one record, restoring it first where it is void; say of which row a refusal speaks."""
    made, version = row.record, row.record.version
    try:
        if row.restores:
            made = set_void(register, made, by=by, void=False)
            version = made.version
        return change(register, made, by=by, values=row.values, version=version)
    except Refused as refusal:
        raise _at(row, refusal) from refusal


def _before(row: Row) -> dict[str, Any]:
    """Return what a record says before its row is written, where it will say something else."""
    return {
        name: _kept(getattr(row.record, name))
        for name, value in row.values.items()
        if getattr(row.record, name) != value
    }


def _line(
    batch: Batch,
    row: Row,
    subject: Any,
    before: Mapping[str, Any] | None = None,
    *,
    restored: bool = False,
) -> Told:
    told = (row.sheet, row.row, row.outcome.value)
    return (batch.pk, *told, subject.pk, subject.version, before or {}, restored)


def _at(row: Row, refusal: Refused) -> Refused:
    """Say of which row a refusal speaks."""
    words = _("“%(sheet)s”第 %(row)d 行：%(words)s")
    return Refused(
        Problem(
            problem.code,
            words % {"sheet": row.sheet, "row": row.number, "words": problem.message},
        )
        for problem in refusal.problems
    )


def take_back(register: Register, lines: Sequence[Line], by: Any, reason: str) -> None:
    """Make new records void, and changed ones as they were, the last line first."""
    last_first, earlier = list(reversed(lines)), _earlier(register, lines)
    numbers = [line.subject_id for line in lines]
    records = register.model._default_manager.in_bulk(numbers)
    try:
        take_back_together(register, last_first, records, by, reason, earlier)
    except (Refused, IntegrityError):
        for line in last_first:
            take_back_alone(register, line, records[line.subject_id], by, reason, earlier)


@action
def take_back_together(  # noqa: PLR0913, PLR0917  what a line needs to be taken back
    register: Register,
    lines: Sequence[Line],
    records: Mapping[int, Any],
    by: Any,
    reason: str,
    earlier: Callable[[Line], dict[str, Any]],
) -> None:
    """Take back what lines did, all of them in few statements."""
    made = [records[line.subject_id] for line in lines if line.outcome == Outcome.NEW]
    if made:
        void_many(register, made, by=by, void=True, reason=reason)
    changed = [line for line in lines if line.outcome != Outcome.NEW]
    wanted = [
        Wanted(records[line.subject_id], earlier(line), line.version)
        for line in changed
        if line.before
    ]
    if wanted:
        change_many(register, by=by, rows=wanted)
    if back := [records[line.subject_id] for line in changed if line.restored]:
        void_many(register, back, by=by, void=True, reason=reason)


def take_back_alone(  # noqa: PLR0913, PLR0917  likewise
    register: Register,
    line: Line,
    made: Any,
    by: Any,
    reason: str,
    earlier: Callable[[Line], dict[str, Any]],
) -> None:
    """Take back what one line did."""
    if line.outcome == Outcome.NEW:
        set_void(register, made, by=by, void=True, reason=reason)
        return
    if line.before:
        made = change(register, made, by=by, values=earlier(line), version=line.version)
    if line.restored:
        set_void(register, made, by=by, void=True, reason=reason)


def _kept(value: Any) -> Any:
    """Return a value as a line keeps it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _earlier(register: Register, lines: Sequence[Line]) -> Callable[[Line], dict[str, Any]]:
    """Return what gives the values before a line; what they refer to is looked up together."""
    meta = register.model._meta
    related: dict[str, Mapping[int, Any]] = {}
    for field in meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            numbers = {line.before.get(field.name) for line in lines} - {None}
            other: Any = field.related_model
            related[field.name] = other._default_manager.in_bulk(numbers) if numbers else {}

    def value(name: str, kept: Any) -> Any:
        if name in related and kept is not None:
            return related[name][kept]
        field: Any = meta.get_field(name)
        return field.to_python(kept)

    def earlier(line: Line) -> dict[str, Any]:
        return {name: value(name, kept) for name, kept in line.before.items()}

    return earlier
