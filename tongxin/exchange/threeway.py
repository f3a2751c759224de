"""What the file says, what the record says, and what both said the last time.

A record may have been changed since this workbook was taken out, or since its account last brought
it in. The journal knows: the first act since then keeps what a field said before. Where only the
record moved, or both did, the record stays as it is unless somebody decides otherwise; nobody takes
back the work of others with last month's file without having seen it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.journal.models import Entry
from tongxin.registers.declaration import Check, Register

from .choices import Outcome, Severity, Side, State
from .columns import Column
from .matching import CHUNK
from .models import Batch, Line
from .report import Conflict, Message, Row
from .showing import plain_text, text_of
from .tables import Wishes
from .wording import messages

PLACED = frozenset({"division", "place_text", "place_state"})
KEPT, BOTH, TAKEN = "exchange.kept", "exchange.both_changed", "exchange.changed_since"
UNKNOWN = object()


@dataclass(slots=True)
class ThreeWay:
    """Compares the changes of one workbook with what happened to their records since."""

    register: Register
    account: Any
    columns: Sequence[Column]
    check: Check
    wishes: Wishes
    exported: dt.datetime | None
    day: dt.date
    _since: dict[int, list[Entry]] = field(default_factory=dict)

    def weigh(self, rows: Iterable[Row]) -> None:
        """Find what was changed on both sides, and let each row do what was decided."""
        changed = [
            row
            for row in rows
            if row.outcome == Outcome.CHANGED and row.record is not None and not row.restores
        ]
        if changed:
            self._look_up([row.record.pk for row in changed])
            for row in changed:
                self._weigh(row)

    def _look_up(self, numbers: Sequence[int]) -> None:
        """Fetch for each record the acts since it and this workbook last agreed."""
        for at in range(0, len(numbers), CHUNK):
            chunk = numbers[at : at + CHUNK]
            brought_in = self._brought_in(chunk)
            if self.exported is None and not brought_in:
                continue
            acts = Entry.objects.filter(
                subject_type=self.register.model._meta.label_lower, subject_id__in=chunk
            ).exclude(verb__endswith=".read")
            for entry in acts.select_related("actor").order_by("sequence"):
                last = brought_in.get(entry.subject_id)
                later = last is not None and entry.sequence > last
                after = self.exported is not None and entry.at > self.exported
                # With two marks the later one counts: since then nothing must have happened.
                known = [each for each in (last, self.exported) if each is not None]
                if known and (last is None or later) and (self.exported is None or after):
                    self._since.setdefault(entry.subject_id, []).append(entry)

    def _brought_in(self, numbers: Sequence[int]) -> dict[int, int]:
        """Return for each record the entry with which its account last brought it in."""
        lines = Line.objects.filter(
            batch__account=self.account,
            batch__register=self.register.key,
            batch__state=State.APPLIED,
            subject_id__in=numbers,
        )
        pairs = dict(lines.order_by("batch_id").values_list("subject_id", "batch_id"))
        told = Entry.objects.filter(
            subject_type=Batch._meta.label_lower,
            subject_id__in=set(pairs.values()),
            verb="exchange.applied",
        )
        sequences = dict(told.values_list("subject_id", "sequence"))
        return {n: sequences[batch] for n, batch in pairs.items() if batch in sequences}

    def _weigh(self, row: Row) -> None:
        acts = self._since.get(row.record.pk, [])
        found = {
            column.field: conflict
            for column in self.columns
            if (conflict := self._conflict(row, column, acts)) is not None
        }
        if not found:
            return
        row.conflicts = tuple(found.values())
        row.side = self.wishes.side_of(row.sheet, row.row)
        if row.side == Side.FILE:
            row.messages += tuple(self._said(row, found, Severity.WARNING))
            return
        self._keep(row, set(found))
        row.messages += tuple(self._said(row, found, Severity.NOTE))

    def _conflict(self, row: Row, column: Column, acts: Sequence[Entry]) -> Conflict | None:
        """Return what was changed in one field since, if the row would change it too."""
        name, record = column.field, row.record
        if name not in row.values or row.values[name] == getattr(record, name):
            return None
        told = [act for act in acts if name in act.before or name in act.after]
        if not told:
            return None
        told_before = told[0].before.get(name)
        return Conflict(
            label=column.label,
            name=name,
            base=self._words(record, name, told_before),
            file=text_of(record, name, row.values[name], self.day),
            now=text_of(record, name, getattr(record, name), self.day),
            who=str(told[-1].actor or ""),
            on=timezone.localtime(told[-1].at).strftime("%Y-%m-%d %H:%M"),
            file_is_as_before=self._same(record, name, told_before, row.values[name]),
        )

    def _words(self, record: Any, name: str, told: Any) -> str:
        """Return what the journal keeps of a value in words; of a personal one it keeps none."""
        if isinstance(told, Mapping):
            return str(told.get("text", ""))
        known: Any = record._meta.get_field(name)
        return plain_text(known, known.to_python(told))

    def _same(self, record: Any, name: str, told: Any, value: Any) -> bool:
        if isinstance(told, Mapping):
            return bool(told.get("id") == getattr(value, "pk", UNKNOWN))
        known: Any = record._meta.get_field(name)
        return bool(not known.is_relation and known.to_python(told) == value)

    def _keep(self, row: Row, names: set[str]) -> None:
        """Leave the record as it is in some fields; ask the rules about what is left."""
        if names & PLACED:
            names = names | PLACED
        now = {n: getattr(row.record, n) for n in names & row.values.keys()}
        row.values = {**row.values, **now}
        labels = {str(each.label) for each in row.conflicts}
        row.changes = tuple(each for each in row.changes if str(each.label) not in labels)
        spoken = {"place" if name == "division" else name for name in names}
        row.messages = tuple(each for each in row.messages if each.field not in spoken)
        if all(getattr(row.record, n) == value for n, value in row.values.items()):
            row.outcome = Outcome.UNCHANGED
            return
        against = messages(lambda: self.check(row.values, row.record), sheet=row.sheet, row=row.row)
        if against:
            row.messages += against
            row.outcome = Outcome.ERROR

    def _said(
        self, row: Row, found: Mapping[str, Conflict], severity: Severity
    ) -> Iterator[Message]:
        for name, conflict in found.items():
            place = "place" if name == "division" else name
            yield from messages(
                partial(_problems, conflict, place, severity),
                severity=severity,
                sheet=row.sheet,
                row=row.row,
                column=row.places.get(place),
            )


def _problems(conflict: Conflict, place: str, severity: Severity) -> Iterator[Problem]:
    yield _problem(conflict, place, severity)


def _problem(conflict: Conflict, place: str, severity: Severity) -> Problem:
    facts = {
        "label": conflict.label,
        "base": conflict.base,
        "file": conflict.file or _("空"),
        "now": conflict.now or _("空"),
        "who": conflict.who or _("系统"),
        "on": conflict.on,
    }
    if severity == Severity.WARNING:
        words = _(
            "%(label)s：%(who)s 在 %(on)s 改成了“%(now)s”，按你的选择改回表里的“%(file)s”。"
            "在下面写明依据"
        )
        return Problem(TAKEN, words % facts, place)
    if conflict.file_is_as_before:
        words = _(
            "%(label)s：表里还是上次的“%(file)s”，%(who)s 在 %(on)s 改成了“%(now)s”。留台账的"
        )
        return Problem(KEPT, words % facts, place)
    words = _(
        "%(label)s：表里是“%(file)s”，%(who)s 在 %(on)s 改成了“%(now)s”，两边都改过。留台账的"
    )
    return Problem(BOTH, words % facts, place)
