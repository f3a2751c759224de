"""The hidden sheet of our templates: what they are for, and the lists of their choices."""

from collections.abc import Mapping

from .book import Sheet

STAMP_SHEET = "_tongxin"
MOST_LINES = 50
NAME_AND_VALUE = 2


def stamp_of(sheet: Sheet) -> Mapping[str, str]:
    """Return what the hidden sheet says: names in its first column, values in the second."""
    return {
        str(row[0]): str(row[1])
        for row in sheet.rows[:MOST_LINES]
        if len(row) >= NAME_AND_VALUE and row[0] is not None and row[1] is not None
    }
