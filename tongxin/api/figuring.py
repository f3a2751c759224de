"""Figures for programs: what is counted and declared, and the records behind it, page by page."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.core.figures import Figure, Statement
from tongxin.core.quantities import Quantity
from tongxin.divisions.models import Division
from tongxin.indicators import lineage
from tongxin.indicators.catalogue import CATALOGUE, Indicator
from tongxin.indicators.choices import FLOW_WORDS
from tongxin.indicators.queries import Asked, address_of, figures, read_address, total
from tongxin.indicators.views import asked_of
from tongxin.registers import declaration
from tongxin.registers.ordering import FIRST
from tongxin.registers.queries import Wish, cut_of

from . import looking, shown
from .answering import given, tagged
from .asking import Behind, Figures, OneFigure, asker_of, fields_in, refuse_unknown, token_in
from .door import READS, api
from .problems import Declined, Wrong

AT = "figures/"
ONE = f"{AT}{{indicator}}/"


@api.get(AT, url_name="figures", auth=READS)
def every(request: HttpRequest, asked: Query[Figures]) -> HttpResponse:
    """Every figure of a programme for one division, part by part."""
    refuse_unknown(request, Figures.model_fields)
    of, division = _asked(request, asked)
    found = figures(of, CATALOGUE.values())
    return tagged(request, {"items": [_told(each, of, division) for each in found]})


@api.get(ONE, url_name="figure", auth=READS)
def one(request: HttpRequest, indicator: str, asked: Query[OneFigure]) -> HttpResponse:
    """One figure, or one part of it: definition, statement, count, and what is missing."""
    refuse_unknown(request, OneFigure.model_fields)
    of, division = _asked(request, asked)
    known, part = _indicator(indicator, asked.part)
    parts = figures(of, [known])
    if known.split and not part:
        whole = _told(total(of, known), of, division)
        return tagged(request, {**whole, "parts": [_told(each, of, division) for each in parts]})
    wanted = next(each for each in parts if each.address == address_of(known, part))
    return tagged(request, {**_told(wanted, of, division), "parts": []})


@api.get(f"{ONE}records/", url_name="figure_records", auth=READS)
def records(request: HttpRequest, indicator: str, asked: Query[Behind]) -> HttpResponse:
    """The records behind a count, of those that the account sees. `next` leads to the next page.

    The number itself is the programme's: it may be more than one may read record by record.
    """
    refuse_unknown(request, Behind.model_fields)
    of, _division = _asked(request, asked)
    known, part = _indicator(indicator, asked.part)
    rows = lineage.seen_behind(of, known, part, request.user)
    register = declaration.of(rows.model)  # not always the one to which its page leads
    only = fields_in(register, asked.fields)
    wish = Wish(
        after=token_in(register, asked.after, FIRST, "after"),
        before=token_in(register, asked.before, FIRST, "before"),
        size=asked.limit,
    )
    cut = cut_of(register, rows, wish, of.map_on, [])
    found = looking.fetched(register, [row[0] for row in cut.found])
    looking.note_restricted(register, found, by=request.user)
    return given(
        {
            "register": register.key,
            "items": shown.told(register, found, of.map_on, only),
            "next": looking.page_url(request, "after", cut.following),
            "previous": looking.page_url(request, "before", cut.preceding),
        }
    )


def _asked(request: HttpRequest, asked: Figures) -> tuple[Asked, Division]:
    """Return of what figures are asked for, as their pages do, or answer as if there were none."""
    if not standing(request.user).has(Power.VIEW):
        raise Http404
    request.programme = asker_of(request, asked.programme).programme  # type: ignore[attr-defined]
    found = asked_of(request)
    return found, Division.objects.get(pk=found.division_id)


def _indicator(key: str, part: str) -> tuple[Indicator, str]:
    """Return an indicator and a part of it. Raises Declined for a part that it has not."""
    known = CATALOGUE.get(key)
    if known is None:
        raise Http404
    if part and part not in known.parts():
        words = _("“%(key)s”没有“%(value)s”这一分列。可以写：%(known)s")
        listed = ", ".join(each for each in known.parts() if each) or "—"
        told = words % {"key": key, "value": part, "known": listed}
        raise Declined(422, Wrong("api.part", told, "part", part))
    return known, part


def _told(found: Figure, of: Asked, division: Division) -> dict[str, Any]:
    """Return a figure as it is told: what it means, its two sides, and what is missing."""
    indicator, part = read_address(found.address)
    words = lineage.told(found)
    return {
        "key": indicator.key,
        "part": part,
        "title": found.title,
        "definition": str(indicator.definition),
        "flow": indicator.flow.value,
        "flow_words": str(FLOW_WORDS[indicator.flow]),
        "unit": indicator.unit,
        "basis": str(indicator.basis),
        "programme": of.programme.key,
        "division": division.key,
        "scope": found.scope,
        "on": found.on.isoformat(),
        "map_on": found.map_on.isoformat(),
        "state": found.state.value,
        "state_words": words.state,
        "remark": words.remark,
        "text": found.text,
        "counted": _quantity(found.counted),
        "declared": _statement(found.declared),
        "records": found.records,
        "waiting": found.waiting,
        "absent": list(found.absent),
        "register": indicator.register,
        "records_at": _records_at(indicator, part, of, division),
    }


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    """Return a number with its unit and how it is meant; nothing known is null, never zero."""
    if quantity is None:
        return None
    return {
        "value": f"{quantity.value.normalize():f}",
        "unit": quantity.unit,
        "qualifier": quantity.qualifier.value,
        "text": str(quantity),
    }


def _statement(statement: Statement | None) -> dict[str, Any] | None:
    if statement is None:
        return None
    return {
        **(_quantity(statement.quantity) or {}),
        "stated_as": statement.stated_as,
        "source": statement.source,
        "observation": statement.pk or None,
    }


def _records_at(indicator: Indicator, part: str, of: Asked, division: Division) -> str:
    """Return the address of the records behind a figure."""
    query = {"programme": of.programme.key, "division": division.key}
    if of.map_on != of.on:
        query["map"] = "today"
    if part:
        query["part"] = part
    at = reverse("api:figure_records", args=[indicator.key])
    return f"{at}?{urlencode(query)}"
