"""Putting figures and divisions into the shapes that the desk's pages show."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds
from tongxin.accounts.queries import standing
from tongxin.core.text import initials, plain
from tongxin.core.words import inline
from tongxin.divisions.queries import names_on, path_on
from tongxin.incubation.queries import calls
from tongxin.indicators.catalogue import BASES, CATALOGUE, RECOGNITIONS, Indicator
from tongxin.indicators.lineage import Told
from tongxin.indicators.queries import Asked
from tongxin.indicators.views import division_worked_for
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.permissions import may_enter, permitted, visible_to
from tongxin.registers.seeking import first_found

from . import queries

STEPS = 4
FOUND_SHOWN = 10
HEADLINES = (
    "campaign.participating_community_organisations",
    "organisations.provincial_demonstration",
    "training.sessions",
    "training.participants",
    "special_fund.annual",
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One division on the tile map: where it stands, its number, and how dark it is."""

    name: str
    url: str
    number: int | None
    step: int
    row: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """The four levels of bases as one bar; the sum is ours, never a stated total."""

    parts: list[Told]
    total: int | None


def measure_of(key: str, board: queries.Dashboard) -> Indicator:
    """Return the measure asked for; else recognitions, or what most children have something of."""

    def filled(measure: Indicator) -> int:
        at = queries.MEASURES.index(measure)
        return sum(child.counts[at] is not None for child in board.children)

    asked = next((each for each in queries.MEASURES if each.key == key), None)
    if asked is not None:
        return asked
    if 2 * filled(RECOGNITIONS) >= len(board.children):
        return RECOGNITIONS
    return max(queries.MEASURES, key=filled)


def headlines(asked: Asked, told: Iterable[Told]) -> dict[str, Any]:
    """Return the headline figures: the bar of bases, and one by one the others that are known."""
    by_key: dict[str, list[Told]] = {}
    for each in told:
        by_key.setdefault(each.figure.key, []).append(each)
    bases = by_key[BASES.key]
    known = [each.figure.quantity for each in bases if each.figure.quantity is not None]
    # Where levels are declared, a sum without one of them would read as the whole.
    complete = len(known) == len(bases) or not any(each.figure.declared for each in bases)
    total = int(sum(quantity.value for quantity in known)) if known and complete else None
    others = [by_key[key][0] for key in HEADLINES]
    shown = [each for each in others if each.figure.quantity is not None]
    return {"bar": Bar(bases, total), "figures": shown, "day": asked.on}


def dashboard(
    request: HttpRequest, asked: Asked, board: queries.Dashboard, wanted: str = ""
) -> dict[str, Any]:
    """Return the tile map and the table of a division's children.

    Without a measure wanted, the map shows the one that most children have something of.
    """
    measure = measure_of(wanted, board)
    at = queries.MEASURES.index(measure)
    most = max((child.counts[at] or 0 for child in board.children), default=0)
    suffix = "?map=today" if request.GET.get("map") == "today" else ""
    tiles = [
        Tile(
            child.short,
            reverse("desk:dashboard", args=[child.key]) + suffix,
            child.counts[at],
            math.ceil(STEPS * (child.counts[at] or 0) / most) if most else 0,
            child.row,
            child.column,
        )
        for child in board.children
        if not child.former
    ]
    return {
        "asked": asked,
        "board": board,
        "tiles": tiles,
        "measure": measure,
        "measures": queries.MEASURES,
        "own": board.own[at],
        "unplaced": board.unplaced[at],
        "any_unplaced": any(board.unplaced),
        "any_waiting": any(board.waiting),
        "positioned": any(tile.row for tile in tiles),
        "total": board.totals[at],
        "silent": [tile.name for tile in tiles if tile.number is None],
        "steps": _legend(most),
        "place": names_on([asked.division_id], asked.map_on)[asked.division_id],
        "on_map_of_then": asked.map_on == asked.programme.day,
        "suffix": suffix,
    }


def _legend(most: int) -> list[tuple[int, str]]:
    """Return step and number for at most four steps of the ramp, lightest first."""
    shown = []
    for step in range(1, STEPS + 1):
        first, last = most * (step - 1) // STEPS + 1, most * step // STEPS
        if first <= last:
            shown.append((step, str(last) if first == last else f"{first}–{last}"))
    return shown


def own_records(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    """Return the records that lie in the division itself, measure by measure."""
    parts = []
    for measure in queries.MEASURES:
        register = declaration.get(measure.register)
        rows = queries.own_records(request.user, asked, measure)
        url = reverse("registers:list", args=[register.key])
        parts.append(
            {
                "measure": measure,
                "register": register,
                "records": rows,
                "url": url,
                "may_enter": holds(request.user, register.edit_power, asked.division_id),
            }
        )
    return parts


def crumbs(request: HttpRequest, asked: Asked) -> list[tuple[str, str]]:
    """Return the way down to a division; those above one's scope are named but not linked."""
    way = path_on(asked.division_id, asked.map_on)
    steps = []
    for node in way[1:] or way:
        linked = node.id != asked.division_id and holds(request.user, Power.VIEW, node.id)
        steps.append((node.name, reverse("desk:dashboard", args=[node.key]) if linked else ""))
    return [(_("汇总"), reverse("desk:dashboards")), *steps]


def found(request: HttpRequest, text: str) -> list[tuple[declaration.Register, list[Any]]]:
    """Return for each register the first records whose name or initials hold a text."""
    results = []
    for register in declaration.every():
        if register.parent:
            continue
        rows = visible_to(request.user, register).filter(void=False)
        if shown := first_found(register, rows, text, FOUND_SHOWN):
            results.append((register, shown))
    return results


def ways(request: HttpRequest, text: str) -> list[tuple[str, str]]:
    """Return the figures, registers and forms whose names hold a text, with their addresses."""
    wanted = plain(text)
    if not wanted:
        return []
    known = [(label, url) for label, url in _known_ways(request) if _holds(label, wanted)]
    return known[:FOUND_SHOWN]


def _known_ways(request: HttpRequest) -> Iterator[tuple[str, str]]:
    if standing(request.user).has(Power.VIEW) and getattr(request, "programme", None) is not None:
        for indicator in CATALOGUE.values():
            yield str(indicator.title), reverse("indicators:figure", args=[indicator.key])
    for register in declaration.every():
        if register.parent:
            continue
        yield str(register.title), reverse("registers:list", args=[register.key])
        if may_enter(request.user, register):
            label = _("新建%(noun)s") % {"noun": inline(register.noun)}
            yield label, reverse("registers:new", args=[register.key])


def _holds(label: str, wanted: str) -> bool:
    return wanted in plain(label) or (wanted.isascii() and wanted in initials(label))


def welcome(request: HttpRequest) -> dict[str, Any]:
    """Return the home of those who keep no registers: where they can go."""
    stand = standing(request.user)
    own, open_ = [], 0
    if stand.holds_role("organisation"):
        open_ = calls(request.user, stand.on).filter(opens_on__lte=stand.on).count()
        kept = permitted(request.user, Act.CHANGE, declaration.get("organisations"))
        own = list(kept[:FOUND_SHOWN])
    ended = stand.has(Power.VIEW) and division_worked_for(request) is None
    return {"standing": stand, "organisations": own, "calls": open_, "ended": ended}
