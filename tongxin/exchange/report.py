"""What is found out about a workbook before anything is written: counts, rows, messages."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from tongxin.sheets.book import address

from .choices import Outcome, Severity, Side, Skipped

MARKS = {Outcome.NEW: "+", Outcome.CHANGED: "→", Outcome.UNCHANGED: "=", Outcome.ERROR: "!"}


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to be said of a cell, a row (no column) or the workbook (no row)."""

    severity: Severity
    code: str
    words: Mapping[str, str]
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    field: str = ""

    @property
    def cell(self) -> str:
        """The cell as people call it: B7, or 7 for a whole row."""
        if self.row is None:
            return ""
        return str(self.row + 1) if self.column is None else address(self.row, self.column)

    @property
    def text(self) -> str:
        """The words in the language of the moment."""
        return self.words.get(get_language() or "", self.words[settings.LANGUAGE_CODE])

    @property
    def is_warning(self) -> bool:
        """Whether it asks for a reason."""
        return self.severity == Severity.WARNING

    @property
    def is_error(self) -> bool:
        """Whether it keeps its row out."""
        return self.severity == Severity.ERROR

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose value differs: its label, the text before and the text now."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that was changed in the record since the workbook and it last agreed.

    `base` is what it said then, `file` what the row says, `now` what the record says, by whose hand
    and when.
    """

    label: Any
    name: str
    base: str
    file: str
    now: str
    who: str
    on: str
    file_is_as_before: bool


@dataclass(slots=True)
class Row:
    """What becomes of one row. `values` are what an action is given; `record` what it changes."""

    sheet: str
    row: int
    outcome: Outcome
    name: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()
    changes: tuple[Change, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    record: Any = None
    restores: bool = False
    conflicts: tuple[Conflict, ...] = ()
    side: Side = Side.DATABASE
    """Whose values stay in those fields."""

    @property
    def number(self) -> int:
        """The row as people count it."""
        return self.row + 1

    @property
    def mark(self) -> str:
        """The sign of its outcome."""
        return MARKS[self.outcome]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row or a sheet that holds no record, and why."""

    sheet: str
    row: int | None
    reason: Skipped | None
    """None for a hidden sheet, or one in which no table was found."""
    hidden: bool = False

    @property
    def number(self) -> int | None:
        """The row as people count it."""
        return None if self.row is None else self.row + 1


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A sheet whose head has to be pointed out by somebody."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of the pre-flight."""

    rows: tuple[Row, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Message, ...] = ()
    """What is said of the workbook or of a head as a whole."""
    unmapped: tuple[Unmapped, ...] = ()
    unknown: tuple[tuple[str, str, str], ...] = ()
    """Sheet, cell and text of heads that were not recognised: their columns are left out."""

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome.value: counted[outcome] for outcome in Outcome}

    @property
    def messages(self) -> Iterator[Message]:
        """Everything said, in the order of the workbook."""
        yield from self.problems
        for row in self.rows:
            yield from row.messages

    @property
    def has_errors(self) -> bool:
        """Whether something stands in the way of a row or of the whole."""
        return any(message.is_error for message in self.messages)

    @property
    def has_warnings(self) -> bool:
        """Whether a reason is asked for."""
        return any(message.is_warning for message in self.messages)

    @property
    def applicable(self) -> list[Row]:
        """The rows that would be written."""
        return [row for row in self.rows if row.outcome in {Outcome.NEW, Outcome.CHANGED}]
