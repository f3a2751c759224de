"""The tree as it stands on a day: nodes, names, paths, and what stands below what."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tongxin.core.dates import Span
from tongxin.divisions.models import Reach, Version
from tongxin.divisions.rules import nearest

from .days import on_day


@dataclass(frozen=True, slots=True)
class Node:
    """A division as it is on a day. `id` is for good; all else holds for that day."""

    id: int
    key: str
    name: str
    level: str
    parent_id: int | None
    is_zone: bool
    position: int
    tile: tuple[int, int] | None
    sort_key: str
    initials: str

    def __str__(self) -> str:
        return self.name


def node_of(version: Version) -> Node:
    """The node that a version makes; its division must have been read with it."""
    division = version.division
    row, column = division.tile_row, division.tile_column
    return Node(
        id=division.pk,
        key=division.key,
        name=version.name,
        level=version.level,
        parent_id=version.parent_id,
        is_zone=version.is_zone,
        position=division.position,
        tile=None if row is None or column is None else (row, column),
        sort_key=version.sort_key,
        initials=version.initials,
    )


def nodes_of(versions: QuerySet[Version]) -> list[Node]:
    """The nodes that versions make, in one query."""
    return [node_of(version) for version in versions.select_related("division")]


@dataclass(frozen=True)
class Tree:
    """The divisions of one day, each below its parent; siblings in the office's own order."""

    day: dt.date
    nodes: Mapping[int, Node]

    @cached_property
    def _children(self) -> dict[int | None, tuple[Node, ...]]:
        below_whom: dict[int | None, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=_office_order):
            parent = node.parent_id if node.parent_id in self.nodes else None
            below_whom.setdefault(parent, []).append(node)
        return {parent: tuple(nodes) for parent, nodes in below_whom.items()}

    @property
    def roots(self) -> tuple[Node, ...]:
        """The divisions whose parent is not in this tree."""
        return self._children.get(None, ())

    def node(self, division_id: int) -> Node:
        """Return one division of the tree; KeyError when it is not there on this day."""
        return self.nodes[division_id]

    def children(self, division_id: int) -> tuple[Node, ...]:
        """The divisions right below one, in office order."""
        return self._children.get(division_id, ())

    def path(self, division_id: int) -> list[Node]:
        """The way from the root down to a division, itself last."""
        return climb(self.nodes, division_id)

    def subtree(self, division_id: int) -> list[int]:
        """A division and everything below it, parents before children, in office order."""
        found = [division_id]
        for child in self.children(division_id):
            found += self.subtree(child.id)
        return found

    def __contains__(self, division_id: object) -> bool:
        return division_id in self.nodes

    def __iter__(self) -> Iterator[Node]:
        for root in self.roots:
            for division_id in self.subtree(root.id):
                yield self.nodes[division_id]

    def __len__(self) -> int:
        return len(self.nodes)


def _office_order(node: Node) -> tuple[int, str, str]:
    return node.position, node.sort_key, node.key


def climb(nodes: Mapping[int, Node], division_id: int) -> list[Node]:
    """Walk up from a division as far as the nodes go; root first, empty when it is not there."""
    way: list[Node] = []
    at: int | None = division_id
    while at is not None and at in nodes:
        way.append(nodes[at])
        at = nodes[at].parent_id
    return way[::-1]


def tree_on(day: dt.date, root: int | None = None) -> Tree:
    """The tree on a day, or the part of it at and below one division; one query."""
    versions = Version.objects.filter(on_day(day))
    if root is not None:
        versions = versions.filter(division_id__in=below([root], day))
    return Tree(day, {node.id: node for node in nodes_of(versions)})


class Names:
    """All the names some divisions ever had, to be asked for any day without further queries."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._dated: dict[int, list[tuple[Span, str]]] = {}
        rows = Version.objects.filter(division_id__in=set(ids)).values_list(
            "division_id", "since", "until", "name"
        )
        for division_id, since, until, name in rows:
            self._dated.setdefault(division_id, []).append((Span(since, until), name))

    def on(self, division_id: int, day: dt.date) -> str:
        """The name on a day; for another day's division the last name before, else the first."""
        return nearest(self._dated.get(division_id, ()), day) or ""

    def all_on(self, day: dt.date) -> dict[int, str]:
        """The names of all these divisions on one day."""
        return {division_id: self.on(division_id, day) for division_id in self._dated}


def names_on(ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """The names of divisions on a day, in one query.

    For one that does not exist on that day, the last name before it, else the first after it.
    """
    return Names(ids).all_on(day)


def paths_on(ids: Iterable[int], day: dt.date) -> dict[int, list[Node]]:
    """For each division the way down to it from the root on a day; two queries for any number.

    A division that does not exist on that day has an empty path.
    """
    wanted = list(ids)
    above = Reach.objects.filter(on_day(day), descendant_id__in=wanted).values("ancestor_id")
    versions = Version.objects.filter(on_day(day), division_id__in=above)
    nodes = {node.id: node for node in nodes_of(versions)}
    return {division_id: climb(nodes, division_id) for division_id in wanted}


def path_on(division_id: int, day: dt.date) -> list[Node]:
    """The way from the root down to a division on a day, itself last; empty if not there then."""
    return paths_on([division_id], day)[division_id]


def below(ancestor_ids: Iterable[int], day: dt.date) -> QuerySet[Reach, Any]:
    """What these divisions answer for on a day, themselves included, as a subquery of ids.

    Use as `filter(division_id__in=below(ids, day))`. Units they have succeeded are among them,
    so records kept under a former unit stay in sight of whoever governs its place today.
    """
    rows = Reach.objects.filter(on_day(day), ancestor_id__in=ancestor_ids)
    return rows.order_by().values("descendant_id")


def above(descendant_ids: Any, day: dt.date) -> QuerySet[Reach, Any]:
    """What answers for any of these divisions on a day, themselves included; as `below`."""
    rows = Reach.objects.filter(on_day(day), descendant_id__in=descendant_ids)
    return rows.order_by().values("ancestor_id")


def reached(path: str, ancestor_ids: Iterable[int], day: dt.date) -> Exists:
    """The same as a condition that is asked of each row, whose `path` leads to its division.

    For wide scopes: a list is then read in its own order and ends when its page is full.
    """
    return Exists(
        Reach.objects.filter(
            on_day(day), descendant=OuterRef(f"{path}_id"), ancestor__in=ancestor_ids
        )
    )


def reaches(ancestor_ids: Iterable[int], division_id: int, day: dt.date) -> bool:
    """Whether one of these divisions answers for a division on a day."""
    return below(ancestor_ids, day).filter(descendant_id=division_id).exists()
