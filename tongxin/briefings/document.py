"""A briefing as a value: what every writer and page renders, and nothing else."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """What stands behind a piece of text: the records, or the figure, that a reader may open.

    `records` are pairs (register key, record number); `figure` is an address such as
    ``incubation.bases?level=county``.
    """

    records: tuple[tuple[str, int], ...] = ()
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence; with a source when it is a live figure."""

    text: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words without their sources."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a cell is text; the row's source is what its cells were composed of."""

    cells: tuple[str, ...]
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Table:
    """A table generated from records.

    `key` names it in the programme's data, `note` stands below it.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    note_source: Source = Source()
    widths: tuple[int, ...] = ()
    """Relative column widths; equal when empty."""

    def __post_init__(self) -> None:
        """A table that no writer could set fails where it is made."""
        across = len(self.columns)
        if not across or any(len(row.cells) != across for row in self.rows):
            message = f"table {self.key!r}: each row needs one cell for each of {across} columns"
            raise ValueError(message)
        if self.widths and (len(self.widths) != across or min(self.widths) <= 0):
            message = f"table {self.key!r}: {across} columns need as many widths above zero"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Section:
    """One pillar: a heading and its blocks in order."""

    heading: str
    blocks: tuple[Paragraph | Table, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """The head of the journal when a briefing was taken away: whoever keeps it is a witness."""

    number: int
    digits: str

    @property
    def text(self) -> str:
        """Number and digits, as `tongxin verify --head` and the verifier read them."""
        return f"{self.number} {self.digits}"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole briefing on the day its facts were read."""

    key: str
    title: str
    masthead: str
    issuer: str
    facts_on: dt.date
    sections: tuple[Section, ...] = field(default_factory=tuple)
    witness: Witness | None = None
    """Only in a file that is taken away: it differs each time, what is composed does not."""

    def __post_init__(self) -> None:
        """Tables are told apart by their keys wherever they are published."""
        keys = [table.key for table in self.tables]
        if len(keys) != len(set(keys)):
            message = f"document {self.key!r}: two tables share a key among {keys}"
            raise ValueError(message)

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables in reading order; their number in the text is their place here plus one."""
        return tuple(
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table)
        )
