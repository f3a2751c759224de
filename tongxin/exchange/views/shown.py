"""What the pages of an import show of a report: counts, one page of rows, cells to mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tongxin.core.text import number_in
from tongxin.core.words import listed
from tongxin.exchange import actions, summaries, uploads
from tongxin.exchange.asking import rows_form
from tongxin.exchange.choices import Outcome
from tongxin.exchange.columns import Column, columns_of, heads_of
from tongxin.exchange.models import Batch
from tongxin.exchange.queries import asker_of, wishes_of
from tongxin.exchange.report import MARKS, Message, Report, Row
from tongxin.exchange.rules import find_table
from tongxin.exchange.rules.finding import LOOKED_AT
from tongxin.exchange.summaries import CONFLICT, GROUPS, ROWS, WARNED, Summary
from tongxin.exchange.tables import HEAD_ROWS_SHOWN
from tongxin.registers.declaration import Register
from tongxin.sheets.book import Sheet, column_name
from tongxin.sheets.reading import peek
from tongxin.sheets.words import unreadable

TEXTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of rows: its sign, words and number."""

    key: str
    mark: str
    label: Any
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be mended: its place as the form sends it, and the text that stands there."""

    number: int
    place: str
    message: Message
    label: Any
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A report as one page of it is shown; of a large workbook there is only what was kept."""

    summary: Summary
    report: Report | None
    tabs: Sequence[Tab]
    show: str
    rows: Sequence[tuple[Row, Sequence[Cell]]]
    page: int
    more: bool
    seen: str
    blanks_erase: bool
    side: str


def looked_through(request: HttpRequest, batch: Batch) -> Looked:
    """Look a batch through, or read what was found, and choose the rows of one page."""
    report = None if batch.looked else actions.look_through(batch)
    summary = summaries.kept(batch.looked) if report is None else summaries.summary_of(report)
    counts = summary.counts
    asked = request.GET.get("show", "")
    usual = next((each for each in (Outcome.ERROR, Outcome.CHANGED) if counts[each]), Outcome.NEW)
    show = asked if asked in GROUPS else usual.value
    tabs = [
        Tab(each.value, MARKS[each], each.label, counts[each], each.value == show)
        for each in Outcome
    ]
    if summary.conflicts:
        label = _("台账后来改过")
        tabs.append(Tab(CONFLICT, "⇄", label, summary.conflicts, show == CONFLICT))
    if summary.warned:
        tabs.append(Tab(WARNED, "?", _("提醒"), summary.warned, show == WARNED))
    more_of = {**counts, WARNED: summary.warned, CONFLICT: summary.conflicts}
    page = number_in(request.GET.get("page", "")) or 1
    end = page * ROWS
    if report is None:
        rows = summaries.page_kept(batch.looked, show, page)
    else:
        rows = summaries.group_of(report, show)[end - ROWS : end]
    return Looked(
        summary=summary,
        report=report,
        tabs=tabs,
        show=show,
        rows=_with_cells(rows, batch),
        page=page,
        more=more_of[show] > end,
        seen=summary.seen,
        blanks_erase=wishes_of(batch).blanks_erase,
        side=wishes_of(batch).side,
    )


def _with_cells(rows: Sequence[Row], batch: Batch) -> list[tuple[Row, list[Cell]]]:
    """Give each row the cells that are spoken of, numbered through the page."""
    mended = wishes_of(batch).mended
    number, shown = 0, []
    for row in rows:
        cells = []
        for message in row.messages:
            if message.column is None or not message.is_error:
                continue
            text = mended.get(row.sheet, {}).get(message.cell, row.texts.get(message.field, ""))
            place = f"{row.sheet}!{message.cell}"
            cells.append(Cell(number, place, message, message.field, text))
            number += 1
        shown.append((row, cells))
    return shown


@dataclass(frozen=True, slots=True)
class Heads:
    """The first rows of a sheet, and what is known of its columns."""

    sheet: str
    rows: Sequence[tuple[int, Sequence[str]]]
    letters: Sequence[str]
    columns: Sequence[Column]
    row: int
    chosen: Sequence[str]

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return len(self.letters)

    @property
    def choosers(self) -> list[tuple[int, str, str, list[str]]]:
        """Number, letters, field and first texts of each column."""
        pairs = zip(self.letters, self.chosen, strict=True)
        return [(at, letters, name, self._texts(at)) for at, (letters, name) in enumerate(pairs)]

    def _texts(self, column: int) -> list[str]:
        """Return the first texts of a column from the row of the head on."""
        texts = [row[column] for at, row in self.rows if at >= self.row and column < len(row)]
        return [text for text in texts if text][:TEXTS_SHOWN]

    @property
    def row_words(self) -> list[tuple[int, str]]:
        """Number and first texts of each row."""
        return [(at, listed(filter(None, row[:TEXTS_SHOWN]))) for at, row in self.rows]


def heads_shown(request: HttpRequest, register: Register, batch: Batch) -> Heads:
    """Return the sheet whose head is to be pointed out, as far as it is understood."""
    wanted = request.GET.get("sheet", "")
    path = uploads.path_of(batch.stored)
    sheet = peek(path, batch.file_name, wanted=wanted, most=LOOKED_AT + 1)
    if sheet is None:
        raise unreadable("empty", batch.file_name)
    form = rows_form(register, asker_of(batch.account, batch.programme))
    columns = columns_of(register, form, options=False)
    width = max(len(row) for row in sheet.rows)
    chosen, head = _understood(sheet, register, columns, width)
    return Heads(
        sheet=sheet.name,
        rows=[
            (at, ["" if value is None else str(value) for value in row])
            for at, row in enumerate(sheet.rows[:HEAD_ROWS_SHOWN])
        ],
        letters=[column_name(at) for at in range(width)],
        columns=columns,
        row=head,
        chosen=chosen,
    )


def _understood(
    sheet: Sheet, register: Register, columns: Sequence[Column], width: int
) -> tuple[list[str], int]:
    """Return which field each column seems to be, and the row of the head."""
    table = find_table(sheet, heads_of(register, columns))
    chosen = [""] * width
    if table is None:
        filled = [sum(value is not None for value in row) for row in sheet.rows[:HEAD_ROWS_SHOWN]]
        return chosen, filled.index(max(filled))
    for name, at in table.places.items():
        if at < width:
            chosen[at] = name
    return chosen, table.last
