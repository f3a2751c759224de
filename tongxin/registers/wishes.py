"""What a request asks of a list, and the addresses that ask the same with something changed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing

from .columns import columns_of, columns_shown, head_style_of, missing_words, style_of
from .declaration import Filter, Register
from .ordering import FIRST, orders_of
from .permissions import territory
from .queries import Page, Wish, place_of

TEXT_LIMIT = 60
PLACES_IN_PAGES = ("after", "before")
VALUE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, with the address of the list in its order."""

    label: Any
    style: SafeString
    url: str
    direction: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing by which a list is narrowed, in words, and the address without it."""

    words: str
    url: str


def wish_of(request: HttpRequest, register: Register) -> Wish:
    """Read what is asked of a list; what is not offered is left out."""
    asked = request.GET
    chosen = {}
    for wanted in register.filters:
        value = asked.get(wanted.path, "")
        if value and value in _options(request, wanted):
            chosen[wanted.path] = value
    if register.parent and asked.get(register.parent, "").isdecimal():
        chosen[register.parent] = asked[register.parent][:18]
    sort = asked.get("sort", FIRST)
    text = asked.get("q", "").strip()[:TEXT_LIMIT]
    stand = standing(request.user)
    plainly = stand.is_partial(Power.VIEW) and not text and not chosen
    return Wish(
        text=text,
        by_place=plainly or stand.is_local(Power.VIEW),
        places=territory(request.user, register),
        chosen=chosen,
        fixed={register.within: programme_of(request)} if register.within else None,
        division=place_of(asked["division"]) if asked.get("division") else None,
        sort=sort if sort in orders_of(register) else FIRST,
        after=asked.get("after", ""),
        before=asked.get("before", ""),
        with_void=asked.get("void") == "1",
        columns=_columns(register, asked.getlist("col")),
    )


def _columns(register: Register, asked: list[str]) -> tuple[str, ...]:
    """Return the columns asked for, in their order; none where they are those of everybody."""
    if not asked:
        return ()
    shown = columns_shown(register, asked)
    return () if shown == columns_shown(register) else tuple(each.path for each in shown)


def _options(request: HttpRequest, wanted: Filter) -> dict[str, Any]:
    return {str(value): label for value, label in wanted.options(request)}


def filters_of(request: HttpRequest, register: Register, wish: Wish) -> list[dict[str, Any]]:
    """Return the choices above a list, each with what is chosen."""
    return [
        {
            "path": wanted.path,
            "label": wanted.label,
            "options": list(_options(request, wanted).items()),
            "value": (wish.chosen or {}).get(wanted.path, ""),
        }
        for wanted in register.filters
    ]


def choices_of_columns(register: Register, wish: Wish) -> list[tuple[str, Any, bool]]:
    """Return the columns to choose from, and whether each is shown; the first always is."""
    shown = columns_shown(register, wish.columns)
    return [(each.path, each.label, each in shown) for each in columns_of(register)[1:]]


def heads_of(request: HttpRequest, register: Register, wish: Wish) -> list[Head]:
    """Return the heads of the columns shown; those with an order lead to it, or to its reverse."""
    orders = orders_of(register)
    heads = []
    for column in columns_shown(register, wish.columns):
        here = {column.path: "ascending", f"-{column.path}": "descending"}.get(wish.sort, "")
        other = f"-{column.path}" if here == "ascending" else column.path
        url = address(request, sort=other) if other in orders else ""
        heads.append(Head(column.label, head_style_of(column), url, here))
    return heads


def totals_of(page: Page) -> list[tuple[str, str, SafeString]]:
    """Return the cells of the row of totals: text, what is missing, attributes."""
    return [
        (total.text, missing_words(total), style_of(column))
        if total
        else ("", "", style_of(column))
        for column, total in zip(page.columns, page.totals, strict=False)
    ]


def conditions_of(request: HttpRequest, register: Register, wish: Wish) -> list[Condition]:
    """Return by what a list is narrowed, so that one thing at a time can be let go."""
    found = []
    if wish.text:
        found.append(Condition(f"“{wish.text}”", address(request, q=None)))
    for wanted in register.filters:
        value = (wish.chosen or {}).get(wanted.path)
        if value:
            label = str(_options(request, wanted)[value])
            found.append(Condition(f"“{label}”", address(request, **{wanted.path: None})))
    if wish.division:
        found.append(Condition(_("地区条件"), address(request, division=None)))
    return found


def address(request: HttpRequest, **changes: Any) -> str:
    """Return the query string of the first page with some parameters changed; None drops one."""
    query = request.GET.copy()
    for name in PLACES_IN_PAGES:
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def page_url(request: HttpRequest, **token: str) -> str:
    """Return the address of a neighbouring page; empty when there is none."""
    ((name, value),) = token.items()
    return address(request, **{name: value}) if value else ""


def kept_of(asked: QueryDict, register: Register) -> str:
    """Return the part of a query string that says how a list looks: what a saved view keeps."""
    names = {"q", "sort", "void", "division", "col", *(each.path for each in register.filters)}
    kept = QueryDict(mutable=True)
    for name in sorted(names & set(asked)):
        values = [value[:VALUE_LIMIT] for value in asked.getlist(name) if value]
        if values:
            kept.setlist(name, values)
    return kept.urlencode()


def programme_of(request: HttpRequest) -> Any:
    """Return the programme that a request works in, if any."""
    return getattr(request, "programme", None)
