"""The four tables of a pilot's briefing, generated from records."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from tongxin.brands import queries as brands
from tongxin.brands.rules import cell
from tongxin.core.figures import Figure
from tongxin.divisions.models import Division
from tongxin.divisions.queries import names_on
from tongxin.incubation import queries as incubation
from tongxin.incubation.choices import BaseLevel
from tongxin.indicators.catalogue import ATTENDANCES, BASES, SESSIONS
from tongxin.indicators.queries import address_of
from tongxin.party_building import queries as party_building
from tongxin.programmes.queries import territory
from tongxin.sites import queries as sites

from .choices import TableKey
from .document import Row, Source, Table

Figures = Mapping[str, Figure]
Builder = Callable[[Any, dt.date, Figures], Table]
LEVEL_ROWS = {
    BaseLevel.CITY: "市级社会组织孵化基地",
    BaseLevel.COUNTY: "县级社会组织孵化基地",
    BaseLevel.TOWN: "镇(街道)级社会组织孵化基地",
    BaseLevel.COMMUNITY: "社区级社会组织孵化基地",
}
NEEDED: dict[str, list[str]] = {
    TableKey.INCUBATION_BASES: [
        *(address_of(BASES, level) for level in LEVEL_ROWS),
        SESSIONS.key,
        ATTENDANCES.key,
    ],
}


def build(key: str, programme: Any, on: dt.date, figures: Figures) -> Table:
    """Return a table by its key; `figures` holds at least those that `NEEDED` names for it."""
    return BUILDERS[key](programme, on, figures)


def _sites(programme: Any, on: dt.date, _figures: Figures) -> Table:
    rows = tuple(
        Row(
            (group, "、".join(name for _pk, name in found)),
            Source(tuple(("sites", pk) for pk, _name in found)),
        )
        for group, found in sites.by_group(programme, on)
    )
    return Table(
        TableKey.DEMONSTRATION_SITES,
        "各群体示范点",
        ("群体", "示范点(市县两级)"),
        rows,
        widths=(2, 5),
    )


def _bases(programme: Any, on: dt.date, figures: Figures) -> Table:
    known: dict[str, list[tuple[int, str]]] = {}
    found = incubation.bases(programme, on).filter(division_id__in=territory(programme))
    found = found.order_by("id")
    for level, pk, name in found.values_list("level", "id", "name"):
        known.setdefault(level, []).append((pk, name))
    rows = []
    for level, label in LEVEL_ROWS.items():
        figure = figures[address_of(BASES, level)]
        here = known.get(level, [])
        # A part of the names in brackets would read as all of them.
        whole = here and figure.quantity is not None and len(here) == figure.quantity.value
        names = f"({'、'.join(name for _pk, name in here)})" if whole else ""
        records = tuple(("bases", pk) for pk, _name in here)
        rows.append(Row((label, figure.text + names), Source(records, figure.address)))
    sessions, attendances = figures[SESSIONS.key], figures[ATTENDANCES.key]
    return Table(
        TableKey.INCUBATION_BASES,
        "各级孵化基地",
        ("各级孵化基地", "数量"),
        tuple(rows),
        note=f"共举办各级各类培训{sessions.text},培训人数{attendances.text}。",
        note_source=Source(figure=SESSIONS.key),
        widths=(3, 3),
    )


def _brands(programme: Any, on: dt.date, _figures: Figures) -> Table:
    works: dict[int, list[tuple[int, str]]] = {}
    for division, pk, work in brands.brands_in_order(programme):
        works.setdefault(division, []).append((pk, work))
    held = brands.held_by_division(programme, on)
    places = _in_office_order({*works, *held})
    names = names_on(places, on)
    rows = []
    for place in places:
        here, won = works.get(place, []), held.get(place, [])
        cells = (
            names[place],
            "、".join(work for _pk, work in here),
            cell(each.wording for each in won),
        )
        records = [("brands", pk) for pk, _work in here]
        records += [("recognitions", each.pk) for each in won]
        rows.append(Row(cells, Source(tuple(records))))
    return Table(
        TableKey.REGIONAL_BRANDS,
        "各地区工作品牌",
        ("地区", "工作内容", "工作成效"),
        tuple(rows),
        widths=(2, 5, 7),
    )


def _projects(programme: Any, on: dt.date, _figures: Figures) -> Table:
    places = party_building.by_place(programme)
    names = names_on([place for place, _text, _found in places], on)
    rows = tuple(
        Row(
            (text or names[place], "、".join(name for _pk, name in found)),
            Source(tuple(("projects", pk) for pk, _name in found)),
        )
        for place, text, found in places
    )
    return Table(
        TableKey.PARTY_BUILDING_PROJECTS,
        "各街道党建项目",
        ("地区", "党建项目"),
        rows,
        widths=(2, 5),
    )


def _in_office_order(places: set[int]) -> list[int]:
    rows = Division.objects.filter(pk__in=places).order_by("position", "key")
    return list(rows.values_list("pk", flat=True))


BUILDERS: dict[str, Builder] = {
    TableKey.DEMONSTRATION_SITES: _sites,
    TableKey.INCUBATION_BASES: _bases,
    TableKey.REGIONAL_BRANDS: _brands,
    TableKey.PARTY_BUILDING_PROJECTS: _projects,
}
