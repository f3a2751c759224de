"""Figures: counted from records, beside what was declared, with all that stands behind them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, Q, QuerySet, Sum

from tongxin.core.figures import Figure, Statement
from tongxin.core.quantities import Qualifier, Quantity
from tongxin.divisions.models import Reach
from tongxin.divisions.queries import below, names_on, on_day
from tongxin.divisions.queries.children import children_on

from .catalogue import CATALOGUE, Indicator
from .models import Observation


@dataclass(frozen=True, slots=True)
class Asked:
    """Where and when figures are asked for: a programme, a division, the day of facts, the map."""

    programme: Any
    division_id: int
    on: dt.date
    map_on: dt.date

    @property
    def whole(self) -> bool:
        """Whether the division is the one that leads the programme."""
        return bool(self.division_id == self.programme.division_id)


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


def records_of(asked: Asked, indicator: Indicator, part: str = "") -> QuerySet[Any]:
    """Return the records behind a counted figure."""
    rows = indicator.records(asked.programme, asked.on)
    if part:
        rows = rows.filter(**{indicator.split: part})
    return rows.filter(division_id__in=below([asked.division_id], asked.map_on))


def figures(asked: Asked, indicators: Iterable[Indicator]) -> list[Figure]:
    """Return the figures of some indicators, part by part.

    One query for each indicator, one for all declarations, and two for names.
    """
    stated = _statements(asked)
    scope = names_on([asked.division_id], asked.map_on)[asked.division_id]
    children = children_on(asked.division_id, asked.map_on) if asked.whole else {}
    made = []
    for indicator in indicators:
        counts = _counts(asked, indicator)
        absent = _absent(asked, indicator, children)
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
        address=address_of(indicator),
    )


def by_child(asked: Asked, indicator: Indicator, children: Iterable[int]) -> dict[int, int]:
    """Return for each child division how many records lie in it under the map; absent: none.

    Records are grouped by their own division first; the few groups are then mapped upwards.
    Records of a unit that was split between two children belong to neither: nobody knows which,
    so they stay with the parent. Two queries.
    """
    children = set(children)
    rows = indicator.records(asked.programme, asked.on).order_by()
    here = Q(division_id__in=below(children, asked.map_on)) | Q(division_id__in=children)
    own = dict(rows.filter(here).values_list("division_id").annotate(n=Count("pk")))
    reach = Reach.objects.filter(
        on_day(asked.map_on), ancestor__in=children, descendant__in=own.keys() - children
    )
    holders = {place: {place} for place in own.keys() & children}
    for child, place in reach.values_list("ancestor_id", "descendant_id"):
        holders.setdefault(place, set()).add(child)
    sums: dict[int, int] = {}
    for place, (child, *others) in holders.items():
        if not others:
            sums[child] = sums.get(child, 0) + own[place]
    return sums


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared for a division, by indicator and part, and the scopes in words."""

    figures: Mapping[tuple[str, str], Statement]
    scopes: Mapping[tuple[str, str], str]


def _statements(asked: Asked) -> Declared:
    rows = Observation.objects.filter(
        programme=asked.programme, division_id=asked.division_id, void=False
    )
    found, scopes = {}, {}
    for row in rows:
        place = (row.indicator, row.part)
        indicator = CATALOGUE.get(row.indicator)
        unit = indicator.unit if indicator else ""
        quantity = Quantity(row.value, unit, Qualifier(row.qualifier))
        found[place] = Statement(row.pk, quantity, row.stated_as, row.source)
        scopes[place] = row.scope_text
    return Declared(found, scopes)


def _counts(asked: Asked, indicator: Indicator) -> dict[str, tuple[Quantity | None, int]]:
    """Return value and number of records for each part; nothing where there is no record.

    A measure that no record fills in stays unknown: the sum of nothing reported is not zero.
    """
    rows = records_of(asked, indicator).order_by()
    value = Sum(indicator.measure) if indicator.measure else Count("pk")
    if indicator.split:
        found = rows.values_list(indicator.split).annotate(value=value, records=Count("pk"))
    else:
        totals = rows.aggregate(value=value, records=Count("pk"))
        found = [("", totals["value"], totals["records"])]
    return {
        part: (None if value is None else Quantity(Decimal(value), indicator.unit), records)
        for part, value, records in found
        if records
    }


def _absent(asked: Asked, indicator: Indicator, children: Mapping[int, str]) -> tuple[str, ...]:
    if not indicator.everywhere or not asked.whole:
        return ()
    present = by_child(asked, indicator, children)
    return tuple(name for child, name in children.items() if child not in present)
