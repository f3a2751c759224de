"""What needs somebody today, and how the divisions below stand. A fixed number of queries each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value

from tongxin.core.figures import Figure
from tongxin.divisions.models import Alias, Division, Succession, Version
from tongxin.divisions.queries import on_day
from tongxin.indicators.catalogue import CATALOGUE, Indicator
from tongxin.indicators.queries import Asked, Spread, facts_of, spread, waiting
from tongxin.registers import declaration
from tongxin.registers.choices import PlaceState
from tongxin.registers.permissions import visible_to

MEASURES: tuple[Indicator, ...] = tuple(each for each in CATALOGUE.values() if each.on_map)
PLACED = ("sites", "bases", "brands", "recognitions", "projects", "trainings", "campaigns")
IN_DOUBT = (PlaceState.NOT_STATED, PlaceState.UNMATCHED)
DOUBTS_READ = 100
RECORDS_SHOWN = 30
TILE_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record whose place is not sure."""

    register: str
    pk: int
    name: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Child:
    """A division below, with its counts; a count of None means nothing is on record.

    `short` is its shortest known name, for a tile.
    """

    pk: int
    key: str
    name: str
    short: str
    former: bool
    counts: tuple[int | None, ...]
    row: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One division in every measure: children, its own, unplaced ones, totals, what waits."""

    children: tuple[Child, ...]
    own: tuple[int | None, ...]
    unplaced: tuple[int | None, ...]
    totals: tuple[int | None, ...]
    waiting: tuple[int | None, ...]
    spreads: Mapping[str, Spread]


def doubts(account: Any, programme: Any) -> list[Doubt]:
    """Return the records of a programme whose place is open or matches no unit. One query."""
    parts = [_doubts(account, declaration.get(key), programme) for key in PLACED]
    rows = parts[0].union(*parts[1:], all=True).order_by("register_key", "pk")[:DOUBTS_READ]
    return [Doubt(*row) for row in rows]


def _doubts(account: Any, register: declaration.Register, programme: Any) -> QuerySet[Any, Any]:
    rows = visible_to(account, register).filter(programme=programme, void=False).order_by()
    doubtful: QuerySet[Any, Any] = (
        rows.filter(place_state__in=IN_DOUBT)
        .annotate(register_key=Value(register.key, output_field=CharField()))
        .values_list("register_key", "pk", "name", "place_state", "place_text")
    )
    return doubtful


def unsupported(figures: Iterable[Figure]) -> list[Figure]:
    """Return the declared figures of which no record, or too few, are on the registers."""
    return [each for each in figures if each.declared and (each.short_by or 0) > 0]


def silent(figures: Iterable[Figure]) -> dict[str, list[str]]:
    """Return for each division that is missing somewhere the titles in which it is missing."""
    found: dict[str, list[str]] = {}
    for each in figures:
        for name in each.absent:
            found.setdefault(name, []).append(each.title)
    return found


def dashboard(asked: Asked) -> Dashboard:
    """Return how the children of a division stand in every measure.

    One query for each measure, one for all that waits, and four for children, names and the map.
    """
    children = [*_children(asked), *_former(asked)]
    short = _short_names(children)
    spreads = spread(asked, MEASURES, [pk for pk, *_rest in children])
    lying = [spreads[measure.key] for measure in MEASURES]
    open_ = waiting(asked, MEASURES)
    return Dashboard(
        tuple(
            Child(
                pk,
                key,
                name,
                short.get(pk, name),
                former,
                tuple(each.by_child.get(pk) for each in lying),
                row,
                column,
            )
            for pk, key, name, row, column, former in children
        ),
        tuple(each.own or None for each in lying),
        tuple(each.unplaced or None for each in lying),
        tuple(each.total or None for each in lying),
        tuple(open_.get((measure.key, "")) for measure in MEASURES),
        spreads,
    )


def _short_names(children: list[tuple[Any, ...]]) -> dict[int, str]:
    """Return a shorter known name for divisions whose own does not fit on a tile."""
    long = [pk for pk, _key, name, *_rest in children if len(name) > TILE_LETTERS]
    if not long:
        return {}
    rows = Alias.objects.filter(division_id__in=long).values_list("division_id", "name")
    return {pk: name for pk, name in rows if len(name) <= TILE_LETTERS}


def _children(asked: Asked) -> list[tuple[Any, ...]]:
    rows = Version.objects.filter(on_day(asked.map_on), parent_id=asked.division_id)
    rows = rows.order_by("division__position", "sort_key")
    tile = ("division__tile_row", "division__tile_column")
    found = rows.values_list("division_id", "division__key", "name", *tile)
    return [(*row, False) for row in found]


def _former(asked: Asked) -> list[tuple[Any, ...]]:
    """Units that were merged into this one before the day of the map: their records count here."""
    merged = Succession.objects.filter(
        successor_id=asked.division_id, change__effective_on__lte=asked.map_on
    ).exclude(predecessor_id=asked.division_id)
    standing = Version.objects.filter(on_day(asked.map_on))
    rows = Version.objects.filter(
        division_id__in=merged.values("predecessor_id"), until__lte=asked.map_on
    ).order_by("division__position", "-until")
    # One that gave only a part away and lives on keeps its records, and stands elsewhere.
    rows = rows.exclude(division_id__in=standing.values("division_id"))
    found: dict[int, tuple[Any, ...]] = {}
    for pk, key, name in rows.values_list("division_id", "division__key", "name"):
        found.setdefault(pk, (pk, key, name, None, None, True))
    return list(found.values())


def own_records(account: Any, asked: Asked, measure: Indicator) -> list[Any]:
    """Return the first records of a measure that lie in the division itself and may be seen."""
    rows = facts_of(asked, measure).filter(division_id=asked.division_id)
    rows = visible_to(account, declaration.get(measure.register), rows)
    rows = rows.exclude(place_state=PlaceState.NOT_STATED)
    return list(rows.order_by("id")[:RECORDS_SHOWN])


def division_by(key: str) -> Division | None:
    """Return a division by its key."""
    return Division.objects.filter(key=key).first()
