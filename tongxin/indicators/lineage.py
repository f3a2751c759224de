"""The way from a figure down to its records, in the words a page shows."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongxin.core.figures import Figure
from tongxin.divisions.models import Division
from tongxin.registers import declaration
from tongxin.registers.choices import Stage
from tongxin.registers.permissions import visible_to

from .catalogue import Indicator
from .choices import FLOW_WORDS, STATE_ICONS, STATE_TAGS, STATE_WORDS
from .queries import Asked, address_of, figure, records_of, total

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its state in words, its tag and the address of its page."""

    figure: Figure
    state: str
    tag: str
    icon: str
    url: str
    remark: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything behind one figure: definition, statement, records, and what is missing."""

    told: Told
    indicator: Indicator
    flow: str
    records: tuple[Any, ...]
    more: bool
    register_url: str
    waiting_url: str
    statement_url: str


def told(found: Figure) -> Told:
    """Put a figure into words."""
    key, _mark, query = found.address.partition("?")
    url = reverse("indicators:figure", args=[key]) + (f"?{query}" if query else "")
    state = found.state
    return Told(
        found,
        str(STATE_WORDS[state]),
        STATE_TAGS[state],
        STATE_ICONS[state],
        url,
        remark_on(found),
        waiting_beside(found),
    )


def waiting_beside(found: Figure) -> str:
    """Say how many records wait to be accepted and are not counted; empty where none do."""
    if not found.waiting:
        return ""
    words = ngettext("另有 %(count)d 条待审", "另有 %(count)d 条待审", found.waiting)
    return words % {"count": found.waiting}


def remark_on(found: Figure) -> str:
    """Say in one sentence how records and statement stand to one another."""
    if found.declared is None:
        return "" if found.counted else _("台账里没有记录，也没有声明")
    if found.counted is None:
        return _("声明 %(stated)s，台账里没有一条记录") % {"stated": found.declared.text}
    gap = found.declared.quantity.value - found.counted.value
    # What is missing from a lower bound is itself one; what goes beyond it was counted exactly.
    side = found.declared.quantity if gap > 0 else found.counted
    facts = {
        "stated": found.declared.text,
        "counted": found.counted,
        "gap": replace(side, value=abs(gap)),
    }
    if gap > 0:
        return _("声明 %(stated)s，台账 %(counted)s，还有 %(gap)s没有登记") % facts
    if gap < 0:
        return _("声明 %(stated)s，台账 %(counted)s，多出 %(gap)s，核对声明") % facts
    return _("声明 %(stated)s，台账 %(counted)s，相符") % facts


def trace(asked: Asked, indicator: Indicator, part: str, account: Any) -> Trace:
    """Return what stands behind a figure, with the first of its records.

    The records are those the account may open; the number itself is the programme's.
    """
    whole = indicator.split and not part
    found = total(asked, indicator) if whole else figure(asked, address_of(indicator, part))
    rows = seen_behind(asked, indicator, part, account)
    records = tuple(rows.order_by("sort_key", "id")[: SHOWN + 1])
    statement = found.declared
    return Trace(
        told(found),
        indicator,
        str(FLOW_WORDS[indicator.flow]),
        records[:SHOWN],
        len(records) > SHOWN,
        _register_url(asked, indicator, part),
        _register_url(asked, indicator, part, stage=Stage.SUBMITTED),
        reverse("registers:record", args=["observations", statement.pk])
        if statement and statement.pk
        else "",
    )


def seen_behind(asked: Asked, indicator: Indicator, part: str, account: Any) -> QuerySet[Any]:
    """Return the records behind a counted figure, of those that an account may open."""
    rows = records_of(asked, indicator, part)
    return visible_to(account, declaration.of(rows.model), rows)


def _register_url(
    asked: Asked, indicator: Indicator, part: str, stage: str = Stage.ACCEPTED
) -> str:
    """Return the address of the register, narrowed to the figure's part, stage and division."""
    narrowed = {"stage": str(stage)}
    if part:
        narrowed[indicator.split] = part
    if not asked.whole:
        narrowed["division"] = Division.objects.get(pk=asked.division_id).key
    url = reverse("registers:list", args=[indicator.register])
    return f"{url}?{urlencode(narrowed)}" if narrowed else url
