"""Figures: counted from records, beside what was declared, with all that stands behind them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import (
    CharField,
    Count,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast

from tongxin.core.figures import Figure, Statement
from tongxin.core.quantities import Qualifier, Quantity
from tongxin.divisions.models import Reach
from tongxin.divisions.queries import below, names_on, on_day
from tongxin.divisions.queries.children import children_on
from tongxin.registers import declaration
from tongxin.registers.choices import PlaceState
from tongxin.registers.models import ACCEPTED, STANDING, WAITING, Stages, counted
from tongxin.registers.permissions import unrestricted

from .catalogue import CATALOGUE, Indicator
from .models import Observation


@dataclass(frozen=True, slots=True)
class Asked:
    """Where and when figures are asked for: a programme, a division, the day of facts, the map."""

    programme: Any
    division_id: int
    on: dt.date
    map_on: dt.date
    with_restricted: bool = False
    """Whether restricted records count; where they do not, the page says so."""

    @property
    def whole(self) -> bool:
        """Whether the division is the one that leads the programme."""
        return bool(self.division_id == self.programme.division_id)


@dataclass(frozen=True, slots=True)
class Spread:
    """How the records of an indicator lie over a division: by child, in itself, nowhere said."""

    total: int
    by_child: Mapping[int, int]
    unplaced: int

    @property
    def own(self) -> int:
        """Those that lie in the division itself."""
        return self.total - self.unplaced - sum(self.by_child.values())


def address_of(indicator: Indicator, part: str = "") -> str:
    """Return the address of a figure, as briefings and pages write it."""
    return f"{indicator.key}?{urlencode({indicator.split: part})}" if part else indicator.key


def read_address(address: str) -> tuple[Indicator, str]:
    """Return indicator and part of an address; raises KeyError for one that leads nowhere."""
    key, _, query = address.partition("?")
    indicator = CATALOGUE[key]
    part = dict(parse_qsl(query)).get(indicator.split, "") if indicator.split else ""
    if part and part not in indicator.parts():
        raise KeyError(address)
    return indicator, part


def facts_of(asked: Asked, indicator: Indicator, stages: Stages = ACCEPTED) -> QuerySet[Any]:
    """Return the records of an indicator anywhere in the programme that the asker may know of."""
    if asked.with_restricted:
        return indicator.records(asked.programme, asked.on, stages)
    rows = (indicator.open_records or indicator.records)(asked.programme, asked.on, stages)
    return rows.filter(unrestricted(declaration.of(rows.model)))


def records_of(asked: Asked, indicator: Indicator, part: str = "") -> QuerySet[Any]:
    """Return the records behind a counted figure."""
    rows = facts_of(asked, indicator)
    if part:
        rows = rows.filter(**{indicator.split: part})
    return rows.filter(division_id__in=below([asked.division_id], asked.map_on))


def waiting(asked: Asked, indicators: Iterable[Indicator]) -> dict[tuple[str, str], int]:
    """Return for each indicator and part how many records would count once they are accepted.

    One query for all of them.
    """
    parts = [_waiting(asked, indicator) for indicator in indicators]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True)
    return {(key, part): number for key, part, number in rows if number}


def _waiting(asked: Asked, indicator: Indicator) -> QuerySet[Any, Any]:
    if indicator.open_records is None:
        rows = facts_of(asked, indicator, WAITING)
    else:
        # Other records decide with it, and any of them may be the one that waits.
        counts = facts_of(asked, indicator).filter(pk=OuterRef("pk"))
        rows = facts_of(asked, indicator, STANDING).filter(~Exists(counts.order_by()))
    rows = rows.filter(division_id__in=below([asked.division_id], asked.map_on)).order_by()
    text = CharField()
    part: Any = F(indicator.split) if indicator.split else Value("", output_field=text)
    kept = rows.annotate(of=Value(indicator.key, output_field=text), part=part)
    found: QuerySet[Any, Any] = kept.values("of", "part").annotate(number=Count("pk"))
    return found.values_list("of", "part", "number")


def figures(
    asked: Asked,
    indicators: Iterable[Indicator],
    known: Mapping[str, Spread] | None = None,
) -> list[Figure]:
    """Return the figures of some indicators, part by part.

    One query for all counts, one for all declarations, one for all that waits, two for names; and
    what `spread` asks for the indicators expected everywhere, unless it is already `known`.
    """
    indicators = list(indicators)
    stated = _statements(asked)
    scope = names_on([asked.division_id], asked.map_on)[asked.division_id]
    children = children_on(asked.division_id, asked.map_on) if asked.whole else {}
    expected = [each for each in indicators if each.everywhere] if children else []
    lying = spread(asked, expected, children) if known is None and expected else known or {}
    open_ = waiting(asked, indicators)
    every = _counts(asked, indicators)
    made = []
    for indicator in indicators:
        counts = every.get(indicator.key, {})
        absent = _absent(indicator, children, lying)
        made += [
            Figure(
                key=indicator.key,
                title=indicator.part_title(part),
                unit=indicator.unit,
                on=asked.on,
                map_on=asked.map_on,
                scope=stated.scopes.get((indicator.key, part)) or scope,
                counted=counts[part][0] if part in counts else None,
                declared=stated.figures.get((indicator.key, part)),
                records=counts[part][1] if part in counts else 0,
                absent=absent,
                waiting=open_.get((indicator.key, part), 0),
                address=address_of(indicator, part),
            )
            for part in indicator.parts()
        ]
    return made


def figure(asked: Asked, address: str) -> Figure:
    """Return one figure by its address; raises KeyError for an address that leads nowhere."""
    indicator, part = read_address(address)
    wanted = address_of(indicator, part)
    for each in figures(asked, [indicator]):
        if each.address == wanted:
            return each
    raise KeyError(address)


def total(asked: Asked, indicator: Indicator) -> Figure:
    """Return the figure over all parts of a split indicator: sums of counts, and of statements.

    A total is never stated: it has no statement of its own, and is unknown while a part is.
    """
    parts = figures(asked, [indicator])
    counts = [each.counted for each in parts if each.counted is not None]
    stated = [each.declared.quantity for each in parts if each.declared is not None]
    whole = sum(stated[1:], stated[0]) if len(stated) == len(parts) else None
    declared = None
    if whole is not None:
        words = "＋".join(each.declared.text for each in parts if each.declared is not None)
        declared = Statement(0, whole, "", words)
    return replace(
        parts[0],
        title=str(indicator.title),
        counted=sum(counts[1:], counts[0]) if counts else None,
        declared=declared,
        records=sum(each.records for each in parts),
        waiting=sum(each.waiting for each in parts),
        address=address_of(indicator),
    )


def spread(
    asked: Asked, indicators: Iterable[Indicator], children: Iterable[int]
) -> dict[str, Spread]:
    """Return how each indicator's records lie over the children of a division under the map.

    Records are grouped by their own division first; the few groups are then mapped upwards.
    Records of a unit that was split between two children belong to neither: nobody knows which,
    so they stay with the parent. One query for each indicator, and one for the map.
    """
    children = set(children)
    groups = {indicator.key: _groups(asked, indicator) for indicator in indicators}
    places = {place for rows in groups.values() for place in rows} - children
    reach = Reach.objects.filter(on_day(asked.map_on), ancestor__in=children, descendant__in=places)
    holders: dict[int, set[int]] = {child: {child} for child in children}
    for child, place in reach.values_list("ancestor_id", "descendant_id"):
        holders.setdefault(place, set()).add(child)
    only = {place: min(held) for place, held in holders.items() if len(held) == 1}
    return {key: _spread(rows, only) for key, rows in groups.items()}


def _groups(asked: Asked, indicator: Indicator) -> dict[int, tuple[int, int]]:
    """Return for each division its records, and how many lie there only for want of a place."""
    nowhere = Count("pk", filter=Q(place_state=PlaceState.NOT_STATED))
    rows = records_of(asked, indicator).order_by().values_list("division_id")
    return {place: (n, open_) for place, n, open_ in rows.annotate(n=Count("pk"), open=nowhere)}


def _spread(rows: Mapping[int, tuple[int, int]], only: Mapping[int, int]) -> Spread:
    sums: dict[int, int] = {}
    unplaced = 0
    for place, (number, nowhere) in rows.items():
        if place in only:
            sums[only[place]] = sums.get(only[place], 0) + number
        else:
            unplaced += nowhere
    return Spread(sum(number for number, _ in rows.values()), sums, unplaced)


def by_child(asked: Asked, indicator: Indicator, children: Iterable[int]) -> dict[int, int]:
    """Return for each child division how many records lie in it; absent: none."""
    return dict(spread(asked, [indicator], children)[indicator.key].by_child)


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared for a division, by indicator and part, and the scopes in words."""

    figures: Mapping[tuple[str, str], Statement]
    scopes: Mapping[tuple[str, str], str]


def _statements(asked: Asked) -> Declared:
    rows = Observation.objects.filter(
        counted(), programme=asked.programme, division_id=asked.division_id
    )
    if not asked.with_restricted:
        rows = rows.filter(unrestricted(declaration.of(Observation)))
    found, scopes = {}, {}
    for row in rows:
        place = (row.indicator, row.part)
        indicator = CATALOGUE.get(row.indicator)
        unit = indicator.unit if indicator else ""
        quantity = Quantity(row.value, unit, Qualifier(row.qualifier))
        found[place] = Statement(row.pk, quantity, row.stated_as, row.source)
        scopes[place] = row.scope_text
    return Declared(found, scopes)


def _counts(
    asked: Asked, indicators: Iterable[Indicator]
) -> dict[str, dict[str, tuple[Quantity | None, int]]]:
    """Return by indicator and part its value and number of records; nothing where there is none.

    A measure that no record fills in stays unknown: the sum of nothing reported is not zero. One
    query for all of them.
    """
    asked_of = {indicator.key: indicator for indicator in indicators}
    parts = [_counted(asked, indicator) for indicator in asked_of.values()]
    found: dict[str, dict[str, tuple[Quantity | None, int]]] = {}
    for key, part, value, records in parts[0].union(*parts[1:], all=True) if parts else ():
        told = None if value is None else Quantity(_exact(value), asked_of[key].unit)
        if records:
            found.setdefault(key, {})[part] = (told, records)
    return found


def _counted(asked: Asked, indicator: Indicator) -> QuerySet[Any, Any]:
    """Return key, part, value and number of records of each part: columns alike for a union."""
    text = CharField()
    rows = records_of(asked, indicator).order_by()
    part: Any = F(indicator.split) if indicator.split else Value("", output_field=text)
    kept = rows.annotate(of=Value(indicator.key, output_field=text), part=part)
    measured = Sum(indicator.measure) if indicator.measure else Count("pk")
    value = Cast(measured, DecimalField(max_digits=30, decimal_places=2))
    found: QuerySet[Any, Any] = kept.values("of", "part").annotate(value=value, records=Count("pk"))
    return found.values_list("of", "part", "value", "records")


def _exact(value: Any) -> Decimal:
    """Return a number as it was counted: whole where it is whole."""
    number = Decimal(value)
    whole = number.to_integral_value()
    return whole if whole == number else number


def _absent(
    indicator: Indicator, children: Mapping[int, str], lying: Mapping[str, Spread]
) -> tuple[str, ...]:
    """Name the children of which nothing is on record where something is expected."""
    if not indicator.everywhere or not children:
        return ()
    present = lying[indicator.key].by_child
    return tuple(name for child, name in children.items() if child not in present)
