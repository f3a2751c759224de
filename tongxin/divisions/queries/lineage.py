"""How divisions came to be: successions, and the whole history of one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from tongxin.core.dates import Span
from tongxin.divisions.models import Alias, Change, Code, Division, Reach, Succession, Version
from tongxin.divisions.rules import Descent, Heir, Holding, Standing

from .trees import Names

MOST_CHANGES = 200
ONE_DAY = dt.timedelta(days=1)
Shares = list[tuple[int, Decimal]]


@dataclass(frozen=True, slots=True)
class Event:
    """A change with the names of those it touched: before, and from that day on."""

    change: Change
    before: tuple[tuple[Division, str], ...]
    after: tuple[tuple[Division, str], ...]


@dataclass(frozen=True, slots=True)
class History:
    """Everything dated that is known of one division, oldest first."""

    division: Division
    versions: tuple[Version, ...]
    codes: tuple[Code, ...]
    aliases: tuple[Alias, ...]
    events: tuple[Event, ...]

    @property
    def life(self) -> Span:
        """From the first day it existed to the day it ceased."""
        if not self.versions:
            return Span()
        return Span(self.versions[0].since, self.versions[-1].until)


def read_heirs() -> list[Heir]:
    """All successions: a few for each event, so they are read whole."""
    rows = Succession.objects.order_by("change__effective_on", "id").values_list(
        "predecessor_id", "successor_id", "share", "change__effective_on"
    )
    return [Heir(*row) for row in rows]


def _descent(ids: Iterable[int]) -> Descent:
    """The lives and successions that can matter to these divisions, in two queries."""
    heirs = read_heirs()
    wanted = {*ids, *(heir.predecessor for heir in heirs)}
    above = Reach.objects.filter(descendant_id__in=wanted).order_by().values("ancestor_id")
    rows = Version.objects.filter(division_id__in=above).values_list(
        "division_id", "parent_id", "since", "until"
    )
    return Descent((Standing(row[0], row[1], Span(row[2], row[3])) for row in rows), heirs)


def _pairs(held: Iterable[Holding]) -> Shares:
    return [(holding.division, holding.share) for holding in held]


def successors_on(division_id: int, day: dt.date) -> Shares:
    """Who has followed a division by a day, with shares, through any chain; itself while it lives.

    Empty for one that ended and whose successor nobody has stated.
    """
    return _pairs(_descent([division_id]).successors(division_id, day))


def map_onto(day_from: dt.date, day_to: dt.date, ids: Iterable[int]) -> dict[int, Shares]:
    """Where facts counted under the map of one day lie on the map of another.

    Each division leads to those that hold its facts, with shares that add up to one; to the
    division above it when it ended without a stated successor; and to nothing when the changes
    do not say (a merged unit cannot be taken apart again): such a figure is to be reported so.
    """
    wanted = list(ids)
    descent = _descent(wanted)
    return {
        division_id: _pairs(descent.holders(division_id, day_from, day_to))
        for division_id in wanted
    }


def history_of(division: Division) -> History:
    """The versions, codes, aliases and latest changes of a division; as many queries for any."""
    touching = Succession.objects.filter(Q(predecessor=division) | Q(successor=division))
    changes = list(
        Change.objects.filter(pk__in=touching.values("change_id"))
        .prefetch_related("successions__predecessor", "successions__successor")
        .order_by("-effective_on", "-id")[:MOST_CHANGES]
    )[::-1]
    by_start = ("since", "id")
    return History(
        division,
        tuple(sorted(division.versions.select_related("parent"), key=_begins)),
        tuple(sorted(division.codes.order_by("system", *by_start), key=_begins)),
        tuple(division.aliases.order_by("name", *by_start)),
        tuple(_told(changes)),
    )


def _begins(row: Version | Code) -> dt.date:
    return row.since or dt.date.min


def _told(changes: list[Change]) -> Iterable[Event]:
    """Name the divisions of each change as they were called on either side of it."""
    touched = {
        division_id
        for change in changes
        for succession in change.successions.all()
        for division_id in (succession.predecessor_id, succession.successor_id)
    }
    names = Names(touched)
    for change in changes:
        rows = change.successions.all()
        eve = change.effective_on - ONE_DAY
        yield Event(
            change,
            tuple({row.predecessor: names.on(row.predecessor_id, eve) for row in rows}.items()),
            tuple(
                {
                    row.successor: names.on(row.successor_id, change.effective_on) for row in rows
                }.items()
            ),
        )
