"""The pre-flight: every row is asked the same as the form asks, and nothing is written.

The number of queries depends on how many records and places a file names, by the 500, and on how
many odd ways there are to write a place; not on the number of its rows.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem
from tongxin.core.steps import counted
from tongxin.core.words import gettext as _
from tongxin.core.words import in_source_language
from tongxin.registers import declaration
from tongxin.registers.declaration import Register
from tongxin.registers.forms import Asker
from tongxin.sheets.book import Book, address

from .asking import rows_form
from .choices import Kind, Severity
from .columns import NUMBER, Column, columns_of
from .matching import Existing, existing, keys_of, parents
from .report import Message, Report, Row
from .rows import Judge
from .rules import reading_of
from .showing import place_labels
from .tables import EXPORTED, REGISTER, Found, Raw, Typed, Wishes, tables_in
from .threeway import ThreeWay
from .wording import messages

MOST_ROWS = 100_000


def preflight(register: Register, book: Book, asker: Asker, wishes: Wishes = Wishes()) -> Report:  # noqa: B008  frozen
    """Find out what a workbook would do to a register."""
    other = book.stamp.get(REGISTER, register.key)
    if other != register.key:
        return Report(problems=messages(lambda: _wrong_register(other)))
    form = rows_form(register, asker)
    columns = columns_of(register, form)
    found = tables_in(register, columns, book, wishes)
    problems = [*_of_heads(columns, found)]
    if len(found.rows) > MOST_ROWS:
        problems += messages(_too_many)
    rows = [] if problems else _Flight(register, asker, form, columns, book, wishes).fly(found)
    if rows:
        problems += _missing_columns(form, columns, found, rows)
    if not found.rows and not found.unmapped and not problems:
        problems += messages(_nothing_in_it, severity=Severity.WARNING)
    for each in found.unmapped:
        problems += messages(_no_head, sheet=each.sheet)
    return Report(
        tuple(rows),
        tuple(found.left_out),
        tuple(problems),
        tuple(found.unmapped),
        tuple(found.unknown),
    )


@dataclass(slots=True)
class _Flight:
    """One pre-flight: everything is loaded first, then each row is judged."""

    register: Register
    asker: Asker
    form: Any
    columns: Sequence[Column]
    book: Book
    wishes: Wishes

    def fly(self, found: Found) -> list[Row]:
        """Judge all rows, in their order."""
        kinds = {column.name: column.kind for column in self.columns} | {NUMBER: Kind.WHOLE}
        with in_source_language():
            typed = [_typed(raw, kinds) for raw in found.rows]
            self._foresee(typed)
            known = self._look_up(typed)
        doubles = _doubles(typed, known)
        judge = Judge(
            self.register,
            self.asker,
            self.form,
            self.columns,
            self.wishes,
            known,
            self._places(known),
        )
        judge.foresee(typed)
        rows = [judge.row(each, doubles.get(at)) for at, each in enumerate(counted(typed, "judge"))]
        ThreeWay(
            self.register,
            getattr(self.asker.user, "pk", None),
            self.columns,
            judge.check,
            self.wishes,
            self._exported(),
            self.form.day,
        ).weigh(rows)
        return rows

    def _foresee(self, typed: Sequence[Typed]) -> None:
        """Let the form look up in bulk what all the rows name."""
        if self.form.asks_place:
            self.form.foresee_places({each.texts.get("place", "") for each in typed})
        self.form.foresee(
            {
                column.name: {each.texts.get(column.name, "") for each in typed} - {""}
                for column in self.columns
            }
        )

    def _look_up(self, typed: Sequence[Typed]) -> Existing:
        link = self.register.parent
        above = (
            parents(self.register, self.asker, {each.texts.get(link, "") for each in typed})
            if link
            else {}
        )
        for each in typed:
            candidates = above.get(each.texts.get(link, ""), []) if link else []
            each.parent = candidates[0] if len(candidates) == 1 else None
            number = each.texts.get(NUMBER, "")
            each.number = int(number) if number.isdecimal() and len(number) < 19 else None  # noqa: PLR2004
            each.keys = keys_of(self.register, self._key_values(each))
        keys = [key for each in typed for key in each.keys]
        numbers = [each.number for each in typed if each.number is not None]
        known = existing(self.register, self.asker, keys, numbers)
        known.parents = above
        return known

    def _key_values(self, each: Typed) -> dict[str, Any]:
        """Return the values of the fields by which the record is known, where they can be read."""
        asked = {name for names in self.register.known_by for name in names}
        values = dict.fromkeys(asked & {column.field for column in self.columns}, "")
        for name, value in self.form.standing_values().items():
            values["division" if name == "place" else name] = value
        for column in self.columns:
            if column.field not in asked or not each.texts.get(column.name):
                continue
            if column.name == self.register.parent:
                values[column.field] = each.parent
                continue
            said = self.form.said(column.name, each.texts[column.name])
            if not said.problems:
                values[column.field] = said.value
            else:
                del values[column.field]
        return values

    def _places(self, known: Existing) -> Mapping[int, str]:
        """Return how the places of the records that rows mean are written."""
        records = [*known.by_number.values(), *(r for rs in known.by_key.values() for r in rs)]
        numbers = {each.division_id for each in records if hasattr(each, "division_id")}
        return place_labels(numbers, self.form.day) if numbers else {}

    def _exported(self) -> dt.datetime | None:
        """Return when the workbook was taken out of this house, if it says so."""
        try:
            moment = dt.datetime.fromisoformat(self.book.stamp.get(EXPORTED, ""))
        except ValueError:
            return None
        return moment if timezone.is_aware(moment) else None


def _typed(raw: Raw, kinds: Mapping[str, Kind]) -> Typed:
    """Read the cells of a row, each once."""
    typed, units = Typed(raw), raw.units
    for name, value in raw.values.items():
        if name in kinds:
            reading = reading_of(value, kinds[name], unit=units.get(name, ""))
            typed.texts[name] = reading.text
            if reading.problem is not None:
                typed.odd.append(name)
    return typed


def _doubles(typed: Sequence[Typed], known: Existing) -> dict[int, list[str]]:
    """Return for each row that names the same record as another the cells of the others."""
    seen: dict[Any, list[int]] = {}
    for at, each in enumerate(typed):
        named: set[Any] = set(each.keys[:1])
        if (record := known.sole(each.number, each.keys)) is not None:
            named = {record.pk}
        for name in named:
            seen.setdefault(name, []).append(at)
    doubles: dict[int, list[str]] = {}
    for places in seen.values():
        if len(places) > 1:
            for at in places:
                others = [typed[other].raw for other in places if other != at]
                doubles[at] = [_place(raw) for raw in others]
    return doubles


def _place(raw: Raw) -> str:
    first = min(raw.places.values(), default=0)
    cell = address(raw.row, first)
    return f"{raw.sheet}!{cell}" if raw.sheet else cell


def _of_heads(columns: Sequence[Column], found: Found) -> Iterator[Message]:
    """Say which heads have to be told apart before anything else."""
    labels = {column.name: column.label for column in columns}
    for sheet, row, first, second, name in found.twice:

        def ask(at: str = address(row, first), name: str = name) -> Iterator[Problem]:
            words = _("这一列和 %(cell)s 都像“%(label)s”。指定用哪一列")
            facts = {"cell": at, "label": labels.get(name, name)}
            yield Problem("exchange.two_columns", words % facts, name)

        yield from messages(ask, sheet=sheet, row=row, column=second)


def _missing_columns(
    form: Any, columns: Sequence[Column], found: Found, rows: Sequence[Row]
) -> Iterator[Message]:
    """Say once, at the head, that a column is missing which new records need."""
    for sheet, table in found.tables:
        if not any(row.sheet == sheet and row.record is None for row in rows):
            continue
        for column in columns:
            if column.required and column.name not in table.places and not _stands(form, column):

                def ask(column: Column = column) -> Iterator[Problem]:
                    words = _("表里没有“%(label)s”这一列，新记录要填。加上这一列，或指定是哪一列")
                    yield Problem(
                        "exchange.no_column", words % {"label": column.label}, column.name
                    )

                yield from messages(ask, sheet=sheet, row=table.last)


def _stands(form: Any, column: Column) -> bool:
    """Whether a new record has something in a field without being told."""
    return column.name in form.standing_values()


def _wrong_register(key: str) -> Iterator[Problem]:
    try:
        title = declaration.get(key).title
    except KeyError:
        title = key
    words = _("这是“%(title)s”的表。到那个台账里导入")
    yield Problem("exchange.other_register", words % {"title": title})


def _too_many() -> Iterator[Problem]:
    words = _("一次最多 %(most)d 行。拆成几份，分别上传")
    yield Problem("exchange.too_many", words % {"most": MOST_ROWS})


def _no_head() -> Iterator[Problem]:
    words = _("没有认出表头。把各列的名称写在数据上面一行，或指定每一列是什么")
    yield Problem("exchange.no_head", words)


def _nothing_in_it() -> Iterator[Problem]:
    yield Problem("exchange.empty", _("表头下面没有要导入的行。填好再上传"))
