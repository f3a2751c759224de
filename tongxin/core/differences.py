"""What changed between two texts, as a reader would mark it."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

# A word of letters or digits is one piece; so is each Chinese character, and each mark.
PIECE = re.compile(r"[0-9A-Za-z]+|\s+|.", re.DOTALL)
AT_MOST = 4_000
KEPT = 12
SHORT = 2
GAP = "…"
Marked = tuple[str, str]
"""`same`, `gone` or `new`, and the words."""


def differences(before: str, after: str) -> tuple[Marked, ...] | None:
    """Return the pieces of two texts in the order of reading; None where they have little alike.

    Long passages that stayed are shortened to what stands beside a change.
    """
    old, new = PIECE.findall(before), PIECE.findall(after)
    if max(len(old), len(new)) > AT_MOST:
        return None
    match = SequenceMatcher(None, old, new, autojunk=False)
    if match.ratio() < 0.5:  # noqa: PLR2004  half of it is another text
        return None
    return tuple(_shortened(list(_joined(_marks(match, old, new)))))


def _marks(match: "SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[Marked]:
    for kind, a, b, c, d in match.get_opcodes():
        if kind == "equal" and b - a > SHORT:
            yield "same", "".join(old[a:b])
            continue
        if b > a:
            yield "gone", "".join(old[a:b])
        if d > c:
            yield "new", "".join(new[c:d])


def _joined(marks: Iterator[Marked]) -> Iterator[Marked]:
    """Put what was taken out between two passages together, and what came in its place."""
    gone = new = ""
    for kind, text in marks:
        if kind == "same":
            yield from _change(gone, new)
            gone = new = ""
            yield kind, text
        elif kind == "gone":
            gone += text
        else:
            new += text
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Marked]:
    if gone:
        yield "gone", gone
    if new:
        yield "new", new


def _shortened(marks: list[Marked]) -> Iterator[Marked]:
    for at, (kind, text) in enumerate(marks):
        if kind != "same" or len(text) <= 2 * KEPT + 1:
            yield kind, text
            continue
        head = text[:KEPT] if at else ""
        tail = text[-KEPT:] if at < len(marks) - 1 else ""
        yield kind, f"{head}{GAP}{tail}"
