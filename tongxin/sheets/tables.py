"""What is to be written: tables with typed columns, as a room above declares them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .book import Value

Kind = Literal["text", "number", "money", "date"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its title, what its cells hold, how wide it is in characters.

    `choices` may be picked from a list in the cell; `note` is shown beside the title; a required
    column is marked. Text columns are formatted as text, so that a code typed into them stays.
    """

    title: str
    kind: Kind = "text"
    width: int = 14
    choices: tuple[str, ...] = ()
    note: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: lines above the header, the header, rows. With `example`, the first row is one.

    A row is a sequence of values in the order of the columns; a shorter one leaves cells empty.
    """

    name: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Sequence[Value]] = ()
    head: tuple[str, ...] = ()
    example: bool = False

    @property
    def header_row(self) -> int:
        """The row of the titles, from 0."""
        return len(self.head)

    @property
    def first_row(self) -> int:
        """The row below the titles, from 0: the example, if there is one."""
        return self.header_row + 1
