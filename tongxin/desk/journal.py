"""The journal page: which entries an account may read, how much of each, and what it asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.choices import Power
from tongxin.accounts.models import Account
from tongxin.accounts.queries import Standing, standing
from tongxin.core.text import number_in
from tongxin.divisions.models import Division
from tongxin.divisions.queries import below, names_on
from tongxin.divisions.queries.children import children_on
from tongxin.journal.choices import VERBS
from tongxin.journal.models import Entry
from tongxin.journal.queries import head
from tongxin.registers import declaration
from tongxin.registers.history import Act, acts_in, by_day, register_of

SHOWN = 50
TEXT_LIMIT = 60
OTHERS: dict[str, Any] = {
    "accounts.account": _("账号"),
    "accounts.office": _("单位"),
    "accounts.posting": _("任职"),
    "divisions.division": _("地区"),
    "programmes.programme": _("项目"),
    "briefings.briefing": _("简报"),
    "journal.signingkey": _("签名密钥"),
    "calendars.year": _("工作日历"),
    "public_notices.publicnotice": _("公示"),
    "public_notices.objection": _("异议"),
}
ANY_TIME = (dt.date.min, dt.date.max)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as far as this account may read it: names and values only where `named`."""

    act: Act
    kind: str | Promise
    named: bool
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed above the list, as it was typed."""

    who: str
    what: str
    kind: str
    since: str
    until: str
    place: str
    before: int | None

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any((self.who, self.what, self.kind, self.since, self.until, self.place))

    @property
    def query(self) -> dict[str, str]:
        """What was asked for, as it stands in an address."""
        names = ("who", "what", "kind", "since", "until", "place")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def page(request: HttpRequest) -> dict[str, Any]:
    """Return one page of the journal for the divisions that an account oversees."""
    stand = standing(request.user)
    asked = asked_of(request)
    problems = problems_of(asked)
    rows = matching(readable(stand), asked, stand)
    found = list(rows[: SHOWN + 1]) if not problems else []
    more = len(found) > SHOWN
    found = found[:SHOWN]
    lines = {act.entry.pk: _line(act) for act in acts_in(found)}
    days = [
        (day.on, [lines[act.entry.pk] for act in day.acts])
        for day in by_day(line.act for line in lines.values())
    ]
    older = f"?{urlencode({**asked.query, 'before': found[-1].sequence})}" if more else ""
    return {
        "days": days,
        "following": older,
        "asked": asked,
        "problems": problems,
        "verbs": sorted({(key, str(words)) for key, words in VERBS.items()}, key=lambda v: v[1]),
        "kinds": kinds(),
        "places": places(stand),
        "head": head(),
    }


def asked_of(request: HttpRequest) -> Asked:
    """Read what was asked."""
    told = {
        name: request.GET.get(name, "").strip()[:TEXT_LIMIT]
        for name in ("who", "what", "kind", "since", "until", "place")
    }
    return Asked(**told, before=number_in(request.GET.get("before", "")))


def problems_of(asked: Asked) -> dict[str, Any]:
    """Return by field what cannot be read of what was asked."""
    words = _("写成年-月-日，如 2017-09-01")
    return {
        name: words
        for name in ("since", "until")
        if getattr(asked, name) and _day(getattr(asked, name)) is None
    }


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def readable(stand: Standing) -> QuerySet[Entry]:
    """Return the entries that an account may read, each with whether it may read the names."""
    entries = Entry.objects.select_related("actor").prefetch_related("personal")
    named = _over(stand, Power.VIEW) & _over(stand, Power.RESTRICTED)
    here = below(stand.roots(Power.JOURNAL), stand.on)
    return entries.filter(Exists(here.filter(descendant_id=OuterRef("place_id")))).annotate(
        named=named
    )


def _over(stand: Standing, power: str) -> Any:
    reached = below(stand.roots(power), stand.on)
    return Q(Exists(reached.filter(descendant_id=OuterRef("place_id"))))


def matching(rows: QuerySet[Entry], asked: Asked, stand: Standing) -> QuerySet[Entry]:
    """Narrow entries to what was asked for."""
    if asked.who:
        known = Q(display_name__icontains=asked.who) | Q(username=asked.who)
        rows = rows.filter(actor__in=Account.objects.filter(known))
    if asked.what:
        rows = rows.filter(Q(verb__endswith=f".{asked.what}"))
    if asked.kind:
        rows = rows.filter(subject_type=_label(asked.kind))
    if (since := _day(asked.since)) is not None:
        rows = rows.filter(at__gte=_midnight(since))
    if (until := _day(asked.until)) is not None and until < dt.date.max:
        rows = rows.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    if asked.place:
        place = Division.objects.filter(key=asked.place).values_list("pk", flat=True)[:1]
        rows = rows.filter(place_id__in=below(place, stand.on))
    if asked.before is not None:
        rows = rows.filter(sequence__lt=asked.before)
    return rows


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _label(kind: str) -> str:
    """Return the name of a table from the key of a register, or as it is."""
    try:
        return declaration.get(kind).model._meta.label_lower
    except KeyError:
        return kind


def _line(act: Act) -> Line:
    register = register_of(act.entry)
    kind = register.noun if register else OTHERS.get(act.entry.subject_type, _("其他"))
    named: bool = act.entry.named  # type: ignore[attr-defined]
    url = reverse("registers:record", args=[register.key, act.entry.subject_id]) if register else ""
    return Line(act, kind, named, url if named else "")


def kinds() -> list[tuple[str, Any]]:
    """Return what entries can be about, in the order of the registers."""
    ours = [(register.key, register.noun) for register in declaration.every()]
    return [*ours, *OTHERS.items()]


def places(stand: Standing) -> list[tuple[str, str]]:
    """Return the divisions that an account oversees and those right below them."""
    numbers: dict[int, None] = {}
    for root in stand.roots(Power.JOURNAL):
        numbers |= dict.fromkeys([root, *children_on(root, stand.on)])
    keys = dict(Division.objects.filter(pk__in=numbers).values_list("pk", "key"))
    names = names_on(list(numbers), stand.on)
    return [(keys[number], names[number]) for number in numbers if number in keys]
