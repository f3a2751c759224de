"""How a text is looked up in the index of pieces: by a rare one, or walking what is common."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tongxin.core.text import next_after, pieces_wanted

from .declaration import Register
from .models import Piece

FEW = 2_000
"""So many records may be named one by one, and sorted without harm; more are walked in order."""


@dataclass(frozen=True, slots=True)
class Sought:
    """How a text is looked up: the few records that hold its first rare piece, the other pieces."""

    pieces: tuple[str, ...]
    few: tuple[int, ...] | None = None


def sought(register: Register, text: str) -> Sought:
    """Return how to look up a text. One query for each piece up to the first rare one.

    A text of up to six characters has one piece, and is found by it alone.
    """
    pieces = tuple(pieces_wanted(text))
    for piece in pieces:
        held = pieces_held(register, piece).values_list("subject_id", flat=True)[: FEW + 1]
        found = tuple(held)
        if len(found) <= FEW:
            others = tuple(each for each in pieces if each != piece)
            return Sought(others, tuple(dict.fromkeys(found)))
    return Sought(pieces)


def found_by(register: Register, rows: QuerySet[Any], wanted: Sought) -> QuerySet[Any]:
    """Return the rows whose name or pinyin initials hold what is sought, by the index of pieces.

    The few that hold a rare piece are fetched by number. Where every piece is common, the rows
    are walked in their own order, and left when a page is full.
    """
    if wanted.few is not None:
        rows = rows.filter(pk__in=wanted.few)
    for piece in wanted.pieces:
        rows = rows.filter(Exists(pieces_held(register, piece).filter(subject_id=OuterRef("pk"))))
    return rows


def first_found(register: Register, rows: QuerySet[Any], text: str, number: int) -> list[Any]:
    """Return so many of the rows that hold a text, whichever: for a page that shows a few of them.

    Among the records that the index names first there are enough in sight, unless the sight is
    narrow: then all are looked for. Two queries, and those of a search where they do not do.
    """
    first, *others = pieces_wanted(text) or ("",)
    if first:
        held = list(pieces_held(register, first).values_list("subject_id", flat=True)[: 2 * number])
        near = Sought(tuple(others), tuple(dict.fromkeys(held)))
        found = list(found_by(register, rows, near)[:number])
        if len(found) == number or len(held) < 2 * number:
            return found
    return list(found_by(register, rows, sought(register, text))[:number])


def pieces_held(register: Register, piece: str) -> QuerySet[Piece]:
    """Return the pieces of a register that begin with a text: one range of the index."""
    return Piece.objects.filter(register=register.key, text__gte=piece, text__lt=next_after(piece))
