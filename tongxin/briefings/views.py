"""Reading a briefing, opening what stands behind it, and taking it away as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.core.access import access, power
from tongxin.core.text import number_in
from tongxin.indicators import lineage
from tongxin.indicators.queries import read_address
from tongxin.registers import declaration
from tongxin.registers.permissions import visible_to as records_visible_to

from . import pages, queries
from .actions import take_away
from .document import Document, Source, Table
from .models import Briefing
from .writers import WRITERS


@access(power(Power.BRIEF))
def index(request: HttpRequest) -> HttpResponse:
    """The briefings of the current programme."""
    programme = getattr(request, "programme", None)
    found = queries.visible_to(request.user).filter(programme=programme)
    return render(request, "briefings/index.html", {"briefings": found})


@access(power(Power.BRIEF))
def briefing(request: HttpRequest, key: str) -> HttpResponse:
    """A briefing as a page: each figure and each row opens what stands behind it."""
    found = _briefing(request, key)
    asked = request.GET.get("trace", "")
    if asked and getattr(request, "htmx", False):
        context = {"briefing": found, **_traced(request, found, asked)}
        return render(request, "briefings/_trace.html", context)
    composed = queries.compose(found)
    context = {
        "briefing": found,
        "document": composed.document,
        "sections": pages.sections(composed, asked),
        "crumbs": [(_("简报"), reverse("briefings:index")), (found.title, "")],
    }
    if asked:
        context |= _traced(request, found, asked, composed.document)
    return render(request, "briefings/briefing.html", context)


@access(power(Power.BRIEF))
def download(request: HttpRequest, key: str, extension: str) -> HttpResponse:
    """A briefing as a file, with the head of the journal on it. The journal knows who took it."""
    found = _briefing(request, key)
    if extension not in WRITERS:
        raise Http404
    writer = WRITERS[extension]
    body = writer.write(take_away(found, by=request.user, extension=extension))
    response = HttpResponse(body, content_type=writer.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.key}{writer.extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _briefing(request: HttpRequest, key: str) -> Briefing:
    return get_object_or_404(queries.visible_to(request.user), key=key)


def _traced(
    request: HttpRequest, found: Briefing, asked: str, document: Document | None = None
) -> dict[str, Any]:
    """Return what stands behind a figure (`figure:ADDRESS`) or a row (`row:TABLE:NUMBER`)."""
    kind, _, rest = asked.partition(":")
    if kind == "figure":
        return {"trace": _figure(request, found, rest)}
    document = document or queries.document_of(found)
    table, row = _row(document, rest)
    source: Source = row.source
    context = {"table": table, "row": row, "records": _records(request, source)}
    if source.figure:
        context["trace"] = _figure(request, found, source.figure)
    return context


def _figure(request: HttpRequest, found: Briefing, address: str) -> lineage.Trace:
    try:
        indicator, part = read_address(address)
    except KeyError as unknown:
        raise Http404 from unknown
    return lineage.trace(queries.asked_by(found.programme), indicator, part, request.user)


def _row(document: Document, name: str) -> tuple[Table, Any]:
    key, _, number = name.partition(":")
    at = number_in(number)
    for table in document.tables:
        if table.key == key and at is not None and at < len(table.rows):
            return table, table.rows[at]
    raise Http404


def _records(request: HttpRequest, source: Source) -> list[Any]:
    """The records behind a row, in the row's order. One query for each register."""
    wanted: dict[str, list[int]] = {}
    for key, number in source.records:
        wanted.setdefault(key, []).append(number)
    found = {}
    for key, numbers in wanted.items():
        register = declaration.get(key)
        for record in records_visible_to(request.user, register).filter(pk__in=numbers):
            found[key, record.pk] = (register, record)
    return [found[place] for place in source.records if place in found]
