"""Finding a division by what people write: its name, a code, another name, a part of any."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tongxin.core.dates import Span
from tongxin.core.errors import Problem
from tongxin.core.text import plain
from tongxin.divisions.models import Alias, Code, Version
from tongxin.divisions.rules import is_path, near_names, short_code
from tongxin.divisions.rules.naming import LEVEL_WORDS

from .days import on_day
from .lineage import successors_on
from .trees import Names, Node, node_of, nodes_of, paths_on

ONE_DAY = dt.timedelta(days=1)
MOST_SHOWN = 5
MOST_COMPARED = 500
LONGEST = 200
NAMED_ALONE = {"province", "city", "county"}


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name may mean on a day; several nodes when it does not say which."""

    text: str
    day: dt.date
    nodes: tuple[Node, ...] = ()
    then: tuple[tuple[Node, Span], ...] = ()

    @property
    def only(self) -> Node | None:
        """The one division meant, or None when there is none or more than one."""
        return self.nodes[0] if len(self.nodes) == 1 else None


def find_on(text: str, day: dt.date, within: QuerySet[Any] | None = None) -> Match:
    """Find the divisions that a text names on a day, among those in `within`.

    Understood are official names, codes of either system, aliases, and any of these after the
    names of divisions above: `崇川区/虹桥街道`, `崇川区虹桥街道`. Spaces, quotation marks and
    full-width forms make no difference. Nothing is guessed: a name that is not known is not
    found, and one that held on other days only is returned as `then`.
    """
    clean = plain(text)[:LONGEST]
    tails = [clean[at:] for at in range(len(clean))]
    then: list[tuple[Node, Span]] = []
    for look_up in (_by_code, _by_name, _by_alias):
        hits = look_up(tails, within)
        today = [(tail, node) for tail, node, span in hits if day in span]
        if nodes := _as_written(clean, today, day):
            return Match(text, day, nodes)
        then += [(node, span) for tail, node, span in hits if tail == clean]
    return Match(text, day, then=tuple(then))


Hit = tuple[str, Node, Span]


def _versions(within: QuerySet[Any] | None) -> QuerySet[Version]:
    versions = Version.objects.all()
    return versions if within is None else versions.filter(division_id__in=within)


def _by_name(tails: list[str], within: QuerySet[Any] | None) -> list[Hit]:
    versions = _versions(within).filter(plain_name__in=tails)
    return [(plain(node.name), node, span) for node, span in _dated(versions)]


def _by_code(tails: list[str], within: QuerySet[Any] | None) -> list[Hit]:
    if not tails or not tails[0].isdecimal():
        return []
    rows = Code.objects.filter(code=short_code(tails[0])).order_by("system")
    spans = rows.values_list("division_id", "since", "until")
    return _under(((tails[0], *row) for row in spans), within)


def _by_alias(tails: list[str], within: QuerySet[Any] | None) -> list[Hit]:
    rows = Alias.objects.filter(plain_name__in=tails)
    return _under(rows.values_list("plain_name", "division_id", "since", "until"), within)


def _under(
    rows: Iterable[tuple[str, int, dt.date | None, dt.date | None]], within: QuerySet[Any] | None
) -> list[Hit]:
    """Join codes or aliases with the versions that stood while they held."""
    held = {(tail, division_id, Span(since, until)) for tail, division_id, since, until in rows}
    if not held:
        return []
    versions = _dated(_versions(within).filter(division_id__in={row[1] for row in held}))
    return [
        (tail, node, met)
        for tail, division_id, span in held
        for node, life in versions
        if node.id == division_id and (met := life.meet(span))
    ]


def _dated(versions: QuerySet[Version]) -> list[tuple[Node, Span]]:
    """Nodes with the days of their versions, earliest first."""
    pairs = [
        (node_of(version), Span(version.since, version.until))
        for version in versions.select_related("division")
    ]
    return sorted(pairs, key=lambda pair: (pair[1].since or dt.date.min, pair[0].key))


def _as_written(clean: str, hits: list[tuple[str, Node]], day: dt.date) -> tuple[Node, ...]:
    """Keep those for which the rest of the text is the way down to them; whole names first."""
    whole = {node.id: node for tail, node in hits if tail == clean}
    if whole or not hits:
        return tuple(whole.values())
    paths = paths_on({node.id for _tail, node in hits}, day)
    above = {step.id for path in paths.values() for step in path}
    others: dict[int, set[str]] = {}
    rows = Alias.objects.filter(on_day(day), division_id__in=above)
    for division_id, name in rows.values_list("division_id", "plain_name"):
        others.setdefault(division_id, set()).add(name)
    kept = {}
    for tail, node in hits:
        steps = [{plain(up.name), *others.get(up.id, ())} for up in paths[node.id][:-1]]
        if is_path(clean.removesuffix(tail), steps):
            kept[node.id] = node
    return tuple(kept.values())


def labels_on(nodes: Iterable[Node], day: dt.date) -> dict[int, str]:
    """Names that say which one is meant: a town behind its county, `崇川区/虹桥街道`."""
    listed = list(nodes)
    paths = paths_on([node.id for node in listed if node.level not in NAMED_ALONE], day)
    labels = {}
    for node in listed:
        way = [step for step in paths.get(node.id, ()) if step.level not in {"province", "city"}]
        labels[node.id] = "/".join(step.name for step in way) or node.name
    return labels


def problem_with(
    text: str, day: dt.date, within: QuerySet[Any] | None = None, field: str = ""
) -> Problem | None:
    """Say why a text does not name one division on a day, and what to write; None if it does."""
    if not plain(text):
        return Problem("divisions.empty", _("选择所属地区"), field)
    match = find_on(text, day, within)
    if match.only:
        return None
    if match.nodes:
        return Problem("divisions.ambiguous", _ambiguous(match), field)
    if match.then:
        return Problem("divisions.another_day", _another_day(match), field)
    return Problem("divisions.unknown", _unknown(text, day, within), field)


def _ambiguous(match: Match) -> str:
    labels = labels_on(match.nodes[:MOST_SHOWN], match.day)
    return _("“%(text)s”有 %(count)d 个：%(labels)s。写明是哪一个") % {
        "text": match.text,
        "count": len(match.nodes),
        "labels": _("、").join(labels.values()),
    }


def _another_day(match: Match) -> str:
    """Word when the name held, and what the same place is called on the day."""
    if plain(match.text).isdecimal():
        return _another_days_code(match)
    later = [(node, span) for node, span in match.then if span.since and span.since > match.day]
    if later and len(later) == len(match.then):
        node, span = later[0]
        name = Names([node.id]).on(node.id, match.day)
        facts: dict[str, Any] = {"text": match.text, "day": span.since, "name": name}
        if _lives(node.id, match.day):
            return _("“%(text)s”从 %(day)s 起用，那天以前叫“%(name)s”") % facts
        return _("“%(text)s”从 %(day)s 起才有，写那天以前的地区") % facts
    node, span = next(pair for pair in reversed(match.then) if pair not in later)
    facts = {"text": match.text, "day": span.until - ONE_DAY if span.until else match.day}
    holders = [division_id for division_id, _share in successors_on(node.id, match.day)]
    if not holders:
        return _("“%(text)s”用到 %(day)s，之后没有这个地区") % facts
    facts["name"] = _("、").join(Names(holders).all_on(match.day).values())
    if holders == [node.id]:
        return _("“%(text)s”用到 %(day)s，之后叫“%(name)s”") % facts
    return _("“%(text)s”用到 %(day)s，之后归入“%(name)s”") % facts


def _another_days_code(match: Match) -> str:
    node, span = match.then[-1]
    facts = {"text": match.text, "name": node.name, "day": span.since}
    if span.until is None or match.day < span.until:
        return _("代码 %(text)s 是“%(name)s”的，从 %(day)s 起用。写那天以前的代码或名称") % facts
    facts["day"] = span.until - ONE_DAY
    return _("代码 %(text)s 是“%(name)s”的，用到 %(day)s。写现在的代码或名称") % facts


def _lives(division_id: int, day: dt.date) -> bool:
    return Version.objects.filter(on_day(day), division_id=division_id).exists()


def _unknown(text: str, day: dt.date, within: QuerySet[Any] | None) -> str:
    sharing = Q()
    for char in sorted(set(plain(text)[:LONGEST]) - LEVEL_WORDS)[:20]:
        sharing |= Q(plain_name__contains=char)
    nodes = nodes_of(_versions(within).filter(on_day(day), sharing)[:MOST_COMPARED])
    near = near_names(text, (node.name for node in nodes))
    if not near:
        return _("没有叫“%(text)s”的地区。从地区列表里选一个") % {"text": text}
    labels = labels_on([next(node for node in nodes if node.name == name) for name in near], day)
    return _("没有叫“%(text)s”的地区。相近的有：%(near)s") % {
        "text": text,
        "near": _("、").join(labels.values()),
    }


def search_on(text: str, day: dt.date, limit: int = 50) -> list[Node]:
    """Divisions of a day by part of a name or alias, pinyin initials, or the start of a code.

    Names that begin with the text come first; the last part of `崇川区/虹桥` is what is sought.
    """
    wanted = plain(re.split(r"[/／]", text)[-1])[:LONGEST]
    if not wanted:
        return []
    mine = Q(on_day(day), division_id=OuterRef("division_id"))
    codes = Code.objects.filter(mine, code__startswith=short_code(wanted))
    aliases = Alias.objects.filter(mine, plain_name__contains=wanted)
    found = nodes_of(
        Version.objects.filter(on_day(day))
        .filter(
            Q(plain_name__contains=wanted)
            | Q(initials__startswith=wanted)
            | Exists(codes)
            | Exists(aliases)
        )
        .order_by("sort_key", "division_id")[:MOST_COMPARED]
    )
    found.sort(key=lambda node: (not plain(node.name).startswith(wanted), len(node.name)))
    return found[:limit]
