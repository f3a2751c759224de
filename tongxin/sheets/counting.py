"""The count before a parser sees a workbook: cells, the span they lie in, texts they share.

It reads markup as Excel and WPS write it, and is quick because it only compares bytes. What is
written in another way may escape it; then the limits of the child process hold.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from tongxin.core.packages import look_into

from .limits import MOST_CELLS, MOST_ROWS, MOST_SHARED_TEXT, MOST_SPAN, MOST_TEXT
from .refusing import Declined

SHEETS = "xl/worksheets/"
SHARED_TEXTS = "xl/sharedstrings.xml"
OTHER_CELLS = (b"<c>", b":c ", b":c>")
LETTERS = 26
# Only filled cells are looked for: an empty one closes itself.
ROW = re.compile(rb'<row r="(\d{1,7})"[^>/]*>')
ANY_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d{1,7})["'][^>/]*>""")
# Cells that say they stand further down than any row that is taken.
FAR = re.compile(rb'<c r="[A-Z]{1,3}(?:\d{7,}|[3-9]\d{5})"[^>/]*>')
WIDE = re.compile(rb'<c r="([A-Z]{2,3})\d+"[^>/]*>')
SHARES = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d+)<""")
END_OF_SHARED = b"</si>"
# Formulas and errors: such a part is read once more, for notes.
# Patterns that begin with plain signs are searched for much faster than others.
REMARKABLE = (re.compile(rb"<f[ >/]"), re.compile(rb":f[ >/]"), re.compile(rb't="e"'))
LONG = 1_000
# The parser makes room for as many texts or styles as a part says that it has.
BOASTS = re.compile(rb"""ount\s*=\s*["']\s*\+?0*[1-9]\d{7,}""")


@dataclass(slots=True)
class Count:
    """What was counted of a workbook, part by part; called with each piece of text."""

    cells: int = 0
    kind: str | None = None
    remarkable: set[str] = field(default_factory=set)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    long: dict[int, int] = field(default_factory=dict)
    texts: int = 0
    open: int = 0

    def __call__(self, part: str, text: bytes) -> None:
        """Count one piece; raise Declined as soon as there is too much."""
        if not part.startswith(SHEETS) and BOASTS.search(text):
            raise Declined("cells")
        if part.casefold() == SHARED_TEXTS:
            self._count_texts(text)
            return
        self.cells += text.count(b"<c ") or sum(map(text.count, OTHER_CELLS))
        if self.cells > MOST_CELLS:
            raise Declined("cells")
        if any(sign.search(text) for sign in REMARKABLE):
            self.remarkable.add(part)
        self._measure(part, text)

    def _measure(self, part: str, text: bytes) -> None:
        rows, columns = self.spans.get(part, (1, LETTERS))
        # Offices format rows to the end of a sheet: what lies below the last value is left out.
        filled = text[: max(text.rfind(b"</v>"), text.rfind(b"</t>"), 0)]
        found = ROW.findall(filled) or (ANY_ROW.findall(filled) if b"row" in filled else ())
        rows = max(rows, max(map(int, found), default=1))
        if WIDE.search(text):
            columns = max(columns, *map(_number, set(WIDE.findall(text))))
        if rows > MOST_ROWS or FAR.search(text):
            raise Declined("rows")
        if rows * columns > MOST_SPAN:
            raise Declined("span")
        self.spans[part] = rows, columns

    def _count_texts(self, text: bytes) -> None:
        *ended, going_on = map(len, text.split(END_OF_SHARED))
        for size in ended:
            self._open(size)
            if self.open > LONG:
                self.long[self.texts] = self.open
            self.texts += 1
            self.open = 0
        self._open(going_on)

    def _open(self, size: int) -> None:
        self.open += size
        if self.open > MOST_SHARED_TEXT:
            raise Declined("text")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number


def count(content: bytes) -> Count:
    """Return what was counted in a package, and which office document it is.

    Raises Unfit as every gate does, Declined for a workbook with too much in it.
    """
    counted = Count()
    counted.kind = look_into(content, counted)
    longest = max(counted.long.values(), default=0)
    if longest * counted.cells > MOST_TEXT:
        _check_shared(content, counted.long)
    return counted


def _check_shared(content: bytes, long: dict[int, int]) -> None:
    """Add up the long texts, each as often as cells show it."""
    shown: Counter[int] = Counter()

    def watch(_part: str, text: bytes) -> None:
        shown.update(index for index in map(int, SHARES.findall(text)) if index in long)

    look_into(content, watch)
    if sum(long[index] * times for index, times in shown.items()) > MOST_TEXT:
        raise Declined("text")
