"""How sheets of offices are read: where the table is, and what a cell says."""

from .cells import Reading, reading_of
from .finding import Line, Table, bare, find_table, lines_of, unit_in

__all__ = (
    "Line",
    "Reading",
    "Table",
    "bare",
    "find_table",
    "lines_of",
    "reading_of",
    "unit_in",
)
