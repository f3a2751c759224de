"""How much of a workbook is taken, and what its reading may cost."""

MOST_BYTES = 20_000_000
MOST_CELLS = 2_000_000
# Rows times columns from the first to the last filled cell: the reader makes room for all of them.
MOST_SPAN = 5_000_000
MOST_ROWS = 300_000
MOST_SHEETS = 100
# What Excel itself allows in one cell.
MOST_CELL_TEXT = 32_767
# Bytes of one shared text, formats within it included.
MOST_SHARED_TEXT = 600_000
# Texts of all cells together: one text may be shared by many.
MOST_TEXT = 100_000_000
MOST_NOTES = 1_000

MEMORY = 1_000_000_000
# What the child may say: each cell costs a few characters besides its text.
MOST_ANSWER = 100_000_000
CPU_SECONDS = 2
CPU_SECONDS_PER_MEGABYTE = 1.5
# A busy machine lets a child wait: wall time is counted more generously, and is the last border.
WALL_FACTOR = 3


def cpu_seconds(size: int) -> int:
    """Return what the reading of a file of some bytes may cost.

    >>> cpu_seconds(10_000), cpu_seconds(8_000_000)
    (2, 14)
    """
    return int(CPU_SECONDS + size / 1_000_000 * CPU_SECONDS_PER_MEGABYTE)
