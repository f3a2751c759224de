"""Judging one row: what it would write, what it changes, and everything that stands against it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.core.words import in_source_language
from tongxin.registers.declaration import Check, Register
from tongxin.registers.forms import Asker
from tongxin.registers.lookups import as_it_becomes
from tongxin.registers.screening import asked_among, blocked_among, blocked_in, numbers_found
from tongxin.sheets.words import NOTES

from .choices import Kind, Outcome, Severity
from .columns import NUMBER, Column
from .matching import Existing, Key
from .report import Change, Message, Row
from .rules import reading_of
from .showing import plain_text, text_of
from .tables import Raw, Typed, Wishes
from .wording import LANGUAGES

UNSPOKEN = frozenset({"place_state"})
TELEPHONE, VOIDED = "registers.telephone", "exchange.voided"


@dataclass(slots=True)
class Judge:
    """Judges the rows of one workbook, with everything they need loaded before."""

    register: Register
    asker: Asker
    form: Any
    columns: Sequence[Column]
    wishes: Wishes
    known: Existing
    places: Mapping[int, str] = field(default_factory=dict)
    """How the places of existing records are written."""
    check: Check = field(init=False)
    fixed: dict[str, Any] = field(init=False)
    standing: dict[str, Any] = field(init=False)
    _by_name: dict[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        register = self.register
        self.fixed = {register.within: self.asker.programme} if register.within else {}
        self.standing = self.form.standing_values()
        self._by_name = {column.name: column for column in self.columns}
        self.check = register.problems

    def foresee(self, rows: Sequence[Typed]) -> None:
        """Look up in bulk what the rules of the register will ask for each row."""
        if self.register.check_rows is None:
            return
        with in_source_language():
            self.check = self.register.check_rows([self._foreseen(row) for row in rows])

    def _foreseen(self, row: Typed) -> dict[str, Any]:
        """Return what a record becomes by a row, as far as the row can be read."""
        said = {
            self._by_name[name].field: self.form.said(name, text).value
            for name, text in row.texts.items()
            if name in self.form.fields and text
        }
        above = {self.register.parent: row.parent} if row.parent is not None else {}
        return as_it_becomes(self.known.sole(row.number, row.keys), {**self.fixed, **said, **above})

    def row(self, typed: Typed, doubles: Sequence[str] | None) -> Row:
        """Judge a row; what is said is said in every language."""
        raw, texts = typed.raw, typed.texts
        row = Row(raw.sheet, raw.row, Outcome.UNCHANGED, texts=texts, places=raw.places)
        row.name = texts.get("name", "") or next((text for text in texts.values() if text), "")
        said = {}
        for code in LANGUAGES:
            with override(code):
                said[code] = [
                    (severity, problem, str(problem.message))
                    for severity, problem in self._judge(row, typed, doubles)
                ]
            if not said[code]:
                break
        else:
            row.messages = tuple(_worded(raw, said))
        if row.outcome == Outcome.ERROR or any(each.is_error for each in row.messages):
            row.outcome = Outcome.ERROR
        elif row.outcome == Outcome.CHANGED:
            row.changes = tuple(self._changes(row.record, row.values))
        return row

    def _judge(
        self, row: Row, told: Typed, doubles: Sequence[str] | None
    ) -> Iterator[tuple[Severity, Problem]]:
        """Fill in what the row does, and yield what is to be said of it."""
        raw = told.raw
        problems = list(self._of_cells(raw, told.odd)) if told.odd or raw.notes else []
        record = self._meant(row, told.keys, told.number, problems)
        parent = self._parent(row, record, problems)
        if doubles:
            words = _("这一行和 %(cells)s 说的是同一条记录。留下一行")
            facts = {"cells": _("、").join(doubles)}
            problems.append(Problem("exchange.twice_in_file", words % facts, self._key_field(row)))
        broken = {problem.field for problem in problems}
        typed, given = self._asked(row, record, broken)
        if record is not None and not (typed or problems or record.void):
            row.record, row.outcome = record, Outcome.UNCHANGED
            return
        values, against = self.form.read(
            typed, given, record or self.form.blank, whole=not problems
        )
        absent = self._by_name.keys() - raw.places.keys()
        problems += [each for each in against if each.field not in broken | absent]
        if record is None and any(each.field in absent for each in against):
            row.outcome = Outcome.ERROR
        if problems or against:
            row.outcome = Outcome.ERROR
            broken = {problem.field for problem in (*problems, *against)}
            problems += self._of_the_rest({**values, **self.fixed, **parent}, record, broken)
            yield from ((Severity.ERROR, problem) for problem in problems)
            return
        row.values = values if record is not None else {**values, **self.fixed, **parent}
        row.record = record
        yield from self._compared(row, record)

    def _of_the_rest(
        self, values: Mapping[str, Any], record: Any, broken: set[str]
    ) -> Iterator[Problem]:
        """Ask the rules about the fields that could be read, so that all is said at once."""
        broken = {*broken, "division"} if "place" in broken else broken
        for problem in [*blocked_in(self.register, values), *self.check(values, record)]:
            if problem.field not in broken:
                yield problem

    def _compared(self, row: Row, record: Any) -> Iterator[tuple[Severity, Problem]]:
        """See what would change, and ask the rules of the register about it."""
        changed = row.values
        if record is not None:
            changed = {n: v for n, v in row.values.items() if getattr(record, n) != v}
            row.restores = record.void
            row.outcome = Outcome.CHANGED if changed or record.void else Outcome.UNCHANGED
            if row.outcome == Outcome.UNCHANGED:
                return
            yield from self._of_record(record)
        else:
            row.outcome = Outcome.NEW
        asked = self.check(row.values, record)
        numbers = numbers_found(self.register, changed)
        for problem in [*blocked_among(numbers), *asked]:
            yield Severity.ERROR, problem
        for problem in asked_among(numbers):
            words = _("%(words)s。确认是单位公开的电话，在下面写明依据")
            short = str(problem.message).partition("。")[0]
            yield (
                Severity.WARNING,
                Problem(TELEPHONE, words % {"words": short}, problem.field),
            )

    def _of_record(self, record: Any) -> Iterator[tuple[Severity, Problem]]:
        """Say what is to be known before a record is changed."""
        if record.void:
            words = _("“%(name)s”以前作废过，导入会把它恢复。确认要恢复，在下面写明原因")
            yield Severity.WARNING, Problem(VOIDED, words % {"name": record}, "name")

    def _of_cells(self, raw: Raw, odd: Collection[str]) -> Iterator[Problem]:
        """Say which cells cannot be read as they stand, in the language of the moment."""
        for name, at in raw.places.items():
            column = self._by_name.get(name)
            if column is None:
                continue
            if code := raw.notes.get(at):
                yield Problem(f"exchange.{code}", str(NOTES[code]), name)
                continue
            if name not in odd:
                continue
            reading = reading_of(raw.values[name], column.kind, unit=raw.units.get(name, ""))
            if reading.problem is not None:
                yield Problem(reading.problem.code, reading.problem.message, name)

    def _meant(
        self, row: Row, keys: Sequence[Key], number: int | None, problems: list[Problem]
    ) -> Any:
        """Return the record that a row speaks of; None for a new one."""
        if row.texts.get(NUMBER):
            record = self.known.by_number.get(number or 0)
            if record is None:
                words = _("没有编号是 %(number)s 的记录。清空这一格，按名称登记")
                problems.append(
                    Problem("exchange.no_number", words % {"number": row.texts[NUMBER]}, NUMBER)
                )
                return None
        else:
            found = self.known.meant(keys)
            if len(found) > 1:
                words = _("台账里有 %(count)d 条这样的记录。导出台账，用里面的编号指明是哪一条")
                problems.append(
                    Problem(
                        "exchange.ambiguous", words % {"count": len(found)}, self._key_field(row)
                    )
                )
            record = found[0] if found else None
        allowed = self.known.may_change
        if record is not None and record.void:
            allowed = self.known.may_restore
        if record is not None and record.pk not in allowed:
            words = _("“%(name)s”你能看，不能改。删去这一行，或找管它的单位改")
            problems.append(Problem("exchange.not_yours", words % {"name": record}, "name"))
        return record

    def _parent(self, row: Row, record: Any, problems: list[Problem]) -> dict[str, Any]:
        """Return what a new row is entered under."""
        link = self.register.parent
        if not link:
            return {}
        text = row.texts.get(link, "")
        found = self.known.parents.get(text, [])
        label = self._by_name[link].label
        facts = {"text": text, "label": label, "count": len(found)}
        if record is not None and text == str(getattr(record, link)):
            return {}
        if not text:
            if record is None and link in row.places:
                problems.append(Problem("required", _("填写%(label)s") % facts, link))
            return {}
        if not found:
            words = _("没有你能登记的“%(text)s”。核对“%(label)s”的全称")
            problems.append(Problem("exchange.no_parent", words % facts, link))
        elif len(found) > 1:
            words = _("有 %(count)d 个“%(text)s”。写成“地区/名称”")
            problems.append(Problem("exchange.which_parent", words % facts, link))
        elif record is not None and getattr(record, f"{link}_id") != found[0].pk:
            words = _("这条记录不属于“%(text)s”。归属不能改；新建一条，作废原来的")
            problems.append(Problem("exchange.other_parent", words % facts, link))
        return {link: found[0]} if len(found) == 1 else {}

    def _asked(
        self, row: Row, record: Any, broken: set[str]
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """Return what was typed, and what stands where nothing was."""
        typed: dict[str, str] = {}
        given: dict[str, Any] = {}
        for name in self.form.fields:
            column = self._by_name.get(name)
            if column is None or name in broken:
                continue
            text = row.texts.get(name, "")
            if record is not None and text and text == self._shown(record, column):
                given[name] = getattr(record, column.field)
                continue
            erased = not text and name in row.places and self.wishes.blanks_erase
            if text or (record is None and name not in self.standing) or (record and erased):
                typed[name] = text
            elif record is None:
                given[name] = self.standing[name]
            else:
                given[name] = getattr(record, column.field)
        return typed, given

    def _shown(self, record: Any, column: Column) -> str:
        """Return what stands in a cell when a record is taken out: it stays as it is."""
        if column.kind is Kind.PLACE:
            return self.places.get(record.division_id, "")
        field = self.register.model._meta.get_field(column.field)
        return plain_text(field, getattr(record, column.field))

    def _changes(self, record: Any, values: Mapping[str, Any]) -> Iterator[Change]:
        labels = {column.field: column.label for column in self.columns}
        for name, after in values.items():
            before = getattr(record, name)
            if name in labels and before != after:
                yield Change(
                    labels[name],
                    text_of(record, name, before, self.form.day),
                    text_of(record, name, after, self.form.day),
                )
        if record.void:
            yield Change(_("已作废"), _("是"), _("否"))

    def _key_field(self, row: Row) -> str:
        """Return the column at which a message about the whole record stands."""
        for names in self.register.known_by:
            name = "place" if names[0] == "division" else names[0]
            if row.texts.get(name):
                return name
        return "name"


def _worded(
    raw: Raw, said: Mapping[str, Sequence[tuple[Severity, Problem, str]]]
) -> Iterator[Message]:
    """Put what was said in each language together, at its cell."""
    first, *others = LANGUAGES
    for at, (severity, problem, words) in enumerate(said[first]):
        texts = {first: words} | {code: said[code][at][2] for code in others}
        name = "place" if problem.field == "division" else problem.field
        yield Message(severity, problem.code, texts, raw.sheet, raw.row, raw.places.get(name), name)
