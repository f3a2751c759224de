"""What stands below a division, day by day: its subtree, and the units it has succeeded."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tongxin.core.dates import Span

from .descent import Heir, Standing
from .lives import ends_on, joined

ALWAYS = Span()
Edges = Mapping[int, list[tuple[int, Span]]]


class ReachRow(NamedTuple):
    """For these days the ancestor answers for the descendant."""

    ancestor: int
    descendant: int
    since: dt.date | None
    until: dt.date | None


class LoopFound(ValueError):
    """A division stands, on some day, below itself; `members` are the identities on the way."""

    def __init__(self, members: tuple[int, ...]) -> None:
        self.members = members
        super().__init__("divisions stand below each other: " + " > ".join(map(str, members)))


def compose_reach(standings: Iterable[Standing], heirs: Iterable[Heir]) -> list[ReachRow]:
    """Compute, for every division, who stands above it or has taken its place, and when.

    A division is reached by itself and by its chain of parents while these exist. A unit that
    has ended is reached by whatever reaches its successors from the day of the change on, and
    one that left no successor by whatever reaches its last parent, so that no record is lost
    from sight. Each division climbs its own chain once: the work grows with the number of
    versions times the height of the tree. Raises LoopFound.
    """
    lives: dict[int, list[Standing]] = defaultdict(list)
    for standing in standings:
        lives[standing.division].append(standing)
    edges = _edges(lives, heirs)
    existing = {
        division: joined(standing.span for standing in rows) for division, rows in lives.items()
    }
    return [
        ReachRow(ancestor, division, met.since, met.until)
        for division in lives
        for ancestor, spans in _above(division, edges).items()
        for span in joined(spans)
        for life in existing.get(ancestor, ())
        if (met := span.meet(life))
    ]


def _edges(lives: Mapping[int, list[Standing]], heirs: Iterable[Heir]) -> Edges:
    """One step up from each division: to its parents, and after its end to its successors."""
    edges: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    ends = {division: ends_on(row.span for row in rows) for division, rows in lives.items()}
    inherited: dict[int, dt.date] = {}
    for heir in heirs:
        end = ends.get(heir.predecessor)
        # A unit that lives on after giving a part away keeps its own records.
        if end is None or heir.since < end or heir.successor == heir.predecessor:
            continue
        edges[heir.predecessor].append((heir.successor, Span(heir.since)))
        first = inherited.get(heir.predecessor)
        inherited[heir.predecessor] = min(first, heir.since) if first else heir.since
    for division, rows in lives.items():
        edges[division] += [(row.parent, row.span) for row in rows if row.parent is not None]
        end, last = ends[division], max(rows, key=lambda row: row.span.until or dt.date.max)
        orphaned = Span(end, inherited.get(division))
        if end is not None and last.parent is not None and orphaned:
            edges[division].append((last.parent, orphaned))
    return edges


def _above(division: int, edges: Edges) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for ancestor, span in _climb(division, ALWAYS, edges, ()):
        found[ancestor].append(span)
    return found


def _climb(
    division: int, span: Span, edges: Edges, way: tuple[int, ...]
) -> Iterator[tuple[int, Span]]:
    if division in way:
        raise LoopFound((*way[way.index(division) :], division))
    yield division, span
    for upper, held in edges.get(division, ()):
        if met := span.meet(held):
            yield from _climb(upper, met, edges, (*way, division))
