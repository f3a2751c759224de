"""Three pages: the tree on a day, one division with its history, and names to choose from."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tongxin.core.access import SIGNED_IN, access
from tongxin.core.dates import Span

from . import queries
from .choices import Level
from .forms import AskForm
from .models import Division
from .queries import History, Node, Tree

MOST_OFFERED = 20
WHOLE_TREE = 1_000
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with what the page shows below it."""

    node: Node
    level: str
    is_open: bool
    branches: tuple["Branch", ...]


def map_day(request: HttpRequest) -> dt.date:
    """The day whose map a request is about when it does not say: its programme's, or today."""
    day: dt.date | None = getattr(request, "day_of_map", None)
    return day or timezone.localdate()


@access(SIGNED_IN)
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The divisions of a day, or those that a text finds."""
    form = _asked(request)
    day, text = form.day(map_day(request)), form.text()
    context = {"form": form, "day": day, "text": text}
    if text:
        found = queries.search_on(text, day)
        labels = queries.labels_on(found, day)
        context["found"] = [(node, labels[node.id], Level(node.level).label) for node in found]
    else:
        whole = queries.tree_on(day)
        depth = 4 if len(whole) <= WHOLE_TREE else 2
        context["branches"] = [_branch(whole, root, depth) for root in whole.roots]
        context["count"] = len(whole)
    return render(request, "divisions/tree.html", context)


@access(SIGNED_IN)
@require_safe
def division(request: HttpRequest, key: str) -> HttpResponse:
    """One division: what it is on the day, and how it came to be so."""
    found = get_object_or_404(Division, key=key)
    form = _asked(request)
    day = form.day(map_day(request))
    history = queries.history_of(found)
    shown = _day_within(history.life, day)
    path = queries.path_on(found.pk, shown)
    below = queries.tree_on(shown, root=found.pk)
    node = path[-1] if path else None
    context = {
        "form": form,
        "division": found,
        "day": day,
        "shown_day": shown,
        "life": history.life,
        "node": node,
        "level": Level(node.level).label if node else "",
        "crumbs": _crumbs(path, shown),
        "children": below.children(found.pk),
        "codes": [code for code in history.codes if shown in Span(code.since, code.until)],
        "history": history,
        "timeline": list(_timeline(history)),
    }
    return render(request, "divisions/division.html", context)


@access(SIGNED_IN)
@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """Options for a field in which a division is written by name."""
    form = _asked(request)
    day = form.day(map_day(request))
    found = queries.search_on(form.text(), day, limit=MOST_OFFERED)
    labels = queries.labels_on(found, day)
    options = [labels[node.id] for node in found]
    return render(request, "divisions/options.html", {"options": options})


def _asked(request: HttpRequest) -> AskForm:
    """Read what was asked; a day that cannot be read is said on the page, and the usual holds."""
    form = AskForm(request.GET)
    form.is_valid()
    return form


def _branch(whole: Tree, node: Node, depth: int) -> Branch:
    below = whole.children(node.id) if depth > 1 else ()
    return Branch(
        node,
        str(Level(node.level).label),
        node.level in {Level.PROVINCE, Level.CITY},
        tuple(_branch(whole, child, depth - 1) for child in below),
    )


def _day_within(life: Span, day: dt.date) -> dt.date:
    """The day itself, or the nearest one on which the division existed."""
    if life.until is not None and day >= life.until:
        return life.until - ONE_DAY
    if life.since is not None and day < life.since:
        return life.since
    return day


def _crumbs(path: list[Node], day: dt.date) -> list[tuple[str, str]]:
    """The way from the whole tree down to the division, each step on the map of the day."""
    steps = [(pgettext("page", "地区"), reverse("divisions:tree"))]
    steps += [(node.name, reverse("divisions:division", args=[node.key])) for node in path]
    links = [(label, f"{url}?on={day.isoformat()}") for label, url in steps]
    return [*links[:-1], (steps[-1][0], "")]


def _timeline(history: History) -> Iterator[dict[str, object]]:
    """What happened, newest first: each event, and each version that no event explains."""
    explained = {event.change.effective_on for event in history.events}
    moments: list[tuple[dt.date, dict[str, object]]] = [
        (event.change.effective_on, {"event": event}) for event in history.events
    ]
    moments += [
        (version.since or dt.date.min, {"version": version})
        for version in history.versions
        if version.since not in explained
    ]
    for _since, moment in sorted(moments, key=lambda pair: pair[0], reverse=True):
        yield moment
