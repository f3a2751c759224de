"""Lists and templates as tables, for workbooks, csv and JSON: what goes out reads back the same."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.core.steps import counted_of
from tongxin.journal.queries import Printed
from tongxin.registers.choices import PlaceState
from tongxin.registers.declaration import Register
from tongxin.registers.forms import Asker
from tongxin.sheets.book import Value
from tongxin.sheets.tables import Table, TableColumn
from tongxin.sheets.writing import write_csv, write_xlsx

from .asking import House, rows_form
from .choices import Kind
from .columns import NUMBER, NUMBER_LABEL, Column, columns_of
from .matching import links_of
from .showing import cell_of, place_labels
from .tables import EXPORTED, REGISTER

CHUNK = 2_000
TAKING = "take"
"""How the part of the work is called that counts the rows taken out."""
FEW_PLACES = 200
WIDEST, NARROWEST = 36, 10
TABLE_KINDS = {Kind.DATE: "date", Kind.WHOLE: "number", Kind.NUMBER: "number", Kind.AMOUNT: "money"}
STAMPED_AS, VERSION = "kind", "1"


@dataclass(frozen=True, slots=True)
class Extract:
    """A list that is taken out: its rows, what it covers in words, when, and the journal's head."""

    register: Register
    rows: QuerySet[Any]
    programme: Any
    day: dt.date
    scope: str
    taken_at: dt.datetime
    head: Printed
    count: int

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the register's form, with the number of the record before them."""
        house = Asker(House(), self.programme, self.day)
        form = rows_form(self.register, house)
        number = Column(NUMBER, NUMBER_LABEL, Kind.WHOLE)
        return (number, *columns_of(self.register, form, options=False))


def template_of(register: Register, asker: Asker) -> bytes:
    """Return an empty workbook of a register: lists to choose from, and a row as an example."""
    form = rows_form(register, asker)
    columns = columns_of(register, form)
    places = tuple(form.place_options())
    table = Table(
        name=str(register.title),
        columns=tuple(_template_column(column, places) for column in columns),
        rows=[_example(columns, places)],
        head=(
            _("%(title)s（导入模板）") % {"title": register.title},
            _("带 * 的必填。示例行可以留着，导入时会跳过；空着的格子不会清掉已有的内容"),
        ),
        example=True,
    )
    stamp = {REGISTER: register.key, STAMPED_AS: "template", "version": VERSION}
    return write_xlsx([table], stamp=stamp)


def _template_column(column: Column, places: Sequence[str]) -> TableColumn:
    options = column.options
    if column.kind is Kind.PLACE and len(places) <= FEW_PLACES:
        options = tuple(places)
    return TableColumn(
        title=str(column.label),
        kind="date" if column.kind is Kind.DATE else "text",
        width=_width(column),
        choices=options,
        note=str(column.hint),
        required=column.required,
    )


def _example(columns: Sequence[Column], places: Sequence[str]) -> list[Value]:
    """Return a row that shows how each column is filled; its first cell says that it is one."""
    cells: list[Value] = [_example_of(column, places) for column in columns]
    cells[0] = _("（示例）%(text)s") % {"text": cells[0] or ""}
    return cells


def _example_of(column: Column, places: Sequence[str]) -> Value:
    if column.kind is Kind.PLACE:
        return places[0] if places else None
    if column.options:
        return column.options[0]
    examples: dict[Kind, Value] = {
        Kind.DATE: dt.date(2017, 3, 1),
        Kind.WHOLE: "30",
        Kind.NUMBER: "30",
        Kind.AMOUNT: "2000万元",
        Kind.TEXT: str(column.label) if column.required else None,
        Kind.RECORD: str(column.label),
    }
    return examples.get(column.kind)


def workbook_of(extract: Extract) -> bytes:
    """Return a list as a workbook: scope, day and journal's head above it, a stamp within."""
    stamp = {
        REGISTER: extract.register.key,
        STAMPED_AS: "export",
        "version": VERSION,
        EXPORTED: extract.taken_at.isoformat(),
    }
    return write_xlsx([_table(extract)], stamp=stamp)


def csv_of(extract: Extract) -> bytes:
    """Return a list as a csv: its heads and rows, and nothing that a program trips over."""
    return write_csv(_table(extract))


def json_of(extract: Extract) -> bytes:
    """Return a list as JSON: the same columns by the names of their fields."""
    columns = extract.columns
    content = {
        "register": extract.register.key,
        "title": str(extract.register.title),
        "scope": extract.scope,
        "map_on": extract.day.isoformat(),
        "taken_at": extract.taken_at.isoformat(),
        "journal": {"number": extract.head.sequence, "digits": extract.head.digits},
        "columns": [
            {"name": column.name, "label": str(column.label), "unit": column.unit}
            for column in columns
        ],
        "rows": [
            dict(zip([column.name for column in columns], map(_plain, row), strict=True))
            for row in rows_of(extract, columns)
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


WRITERS = {
    "xlsx": (workbook_of, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (csv_of, "text/csv; charset=utf-8"),
    "json": (json_of, "application/json"),
}


def _table(extract: Extract) -> Table:
    columns = extract.columns
    moment = timezone.localtime(extract.taken_at).strftime("%Y-%m-%d %H:%M")
    return Table(
        name=str(extract.register.title),
        columns=tuple(
            TableColumn(
                title=column.head,
                kind=TABLE_KINDS.get(column.kind, "text"),  # type: ignore[arg-type]
                width=_width(column),
            )
            for column in columns
        ),
        rows=rows_of(extract, columns),
        head=(
            str(extract.register.title),
            extract.scope,
            _("地名按 %(day)s 的区划；导出时间 %(moment)s")
            % {"day": extract.day.isoformat(), "moment": moment},
            _("操作日志头：第 %(number)d 号，%(digits)s")
            % {"number": extract.head.sequence, "digits": extract.head.digits},
        ),
    )


def rows_of(extract: Extract, columns: Sequence[Column]) -> Iterator[list[Value]]:
    """Yield the rows of a list as values of cells, some thousands at a time."""
    places: dict[int, str] = {}
    cells = [_cell(extract.register, column, places) for column in columns]
    shown = _links_shown(extract.register, columns)
    rows = extract.rows.select_related(None)
    if shown:  # without a name it would follow all
        rows = rows.select_related(*shown)
    counted = counted_of(rows.iterator(chunk_size=CHUNK), TAKING, extract.count)
    records = iter(counted)
    while chunk := list(islice(records, CHUNK)):
        numbers = {record.division_id for record in chunk if hasattr(record, "division_id")}
        places |= place_labels(numbers - places.keys(), extract.day)
        for record in chunk:
            yield [cell(record) for cell in cells]


def _links_shown(register: Register, columns: Sequence[Column]) -> list[str]:
    """Return the links whose records stand in a column; a place is known by its number."""
    shown = {column.name for column in columns if column.kind is not Kind.PLACE}
    return [name for name in links_of(register) if name in shown]


def _cell(register: Register, column: Column, places: Mapping[int, str]) -> Callable[[Any], Value]:
    """Return what reads the cell of a column from a record; `places` has the names of places."""
    if column.name == NUMBER:
        return lambda record: Decimal(record.pk)
    if column.kind is Kind.PLACE:
        return lambda record: _place_of(record, places)
    field = register.model._meta.get_field(column.name)
    write, read = cell_of(column, field), attrgetter(column.name)
    return lambda record: write(read(record))


def _place_of(record: Any, places: Mapping[int, str]) -> str | None:
    open_yet = record.place_state == PlaceState.NOT_STATED
    return None if open_yet else places[record.division_id]


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _width(column: Column) -> int:
    return max(NARROWEST, min(WIDEST, (column.limit or NARROWEST * 2) // 2 + 4))
