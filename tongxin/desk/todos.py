"""The list of at most five things that need somebody today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongxin.accounts.choices import Power, Role
from tongxin.accounts.queries import standing
from tongxin.core.figures import Figure
from tongxin.core.words import inline, listed
from tongxin.incubation.choices import State
from tongxin.incubation.queries import unfinished
from tongxin.panels import queries as panels
from tongxin.registers import declaration
from tongxin.registers.choices import PlaceState
from tongxin.reviews import queries as reviews

from . import queries, reminders

MOST = 5
NAMED = 3


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what, why, and where it is done."""

    title: str
    note: str
    url: str
    action: str
    icon: str
    tone: str


def todos(account: Any, programme: Any, figures: list[Figure]) -> list[Todo]:
    """Return what needs this account today, most pressing first."""
    found = [
        *_reviews(account),
        *_returned(account),
        *judging(account),
        *_due(account, programme),
        *_unmatched(account, programme),
        *_unsupported(figures),
        *_silent(figures),
    ]
    return found[:MOST]


def _reviews(account: Any) -> Iterator[Todo]:
    """What waits to be accepted by this account."""
    if not standing(account).has(Power.ACCEPT):
        return
    load = reviews.load_of(account)
    if not load.total:
        return
    facts = {"count": load.total, "exceptions": load.exceptions, "clean": load.clean}
    yield Todo(
        ngettext("%(count)d 条记录等你审核", "%(count)d 条记录等你审核", load.total) % facts,
        _("%(exceptions)d 条要逐条看，%(clean)d 条没有异常") % facts,
        reverse("reviews:queue"),
        _("审核"),
        "tick",
        "info",
    )


def _returned(account: Any) -> Iterator[Todo]:
    """What has come back to this account to be corrected."""
    if not standing(account).has(Power.EDIT):
        return
    if count := reviews.returned_to(account):
        words = ngettext("%(count)d 条记录退回修改", "%(count)d 条记录退回修改", count)
        yield Todo(
            words % {"count": count},
            _("看退回的原因，改好再提交"),
            f"{reverse('reviews:queue')}?tab=sent",
            _("去改"),
            "return",
            "warn",
        )


def judging(account: Any) -> Iterator[Todo]:
    """What waits for this account to judge; and the panels that only wait to be closed by it."""
    stand = standing(account)
    count = panels.waiting_for(account) if stand.holds_role(Role.EXPERT) else 0
    if count:
        words = ngettext("%(count)d 项评审等你", "%(count)d 项评审等你", count)
        yield Todo(
            words % {"count": count},
            _("先声明有没有利害关系，再评分或投票"),
            reverse("panels:index"),
            _("去评"),
            "people",
            "info",
        )
    count = panels.ready_for(account) if stand.has(Power.ACCEPT) else 0
    if count:
        words = ngettext("%(count)d 项评审提交齐了", "%(count)d 项评审提交齐了", count)
        yield Todo(
            words % {"count": count},
            _("等你汇总评分或计票"),
            reverse("panels:index"),
            _("办理"),
            "people",
            "info",
        )


def applying(account: Any) -> Iterator[Todo]:
    """What an organisation still has to do for its own application to a base."""
    if not standing(account).holds_role(Role.ORGANISATION):
        return
    for each in unfinished(account):
        back = each.state == State.RETURNED
        yield Todo(
            _("入驻申请退回补正") if back else _("入驻申请还没有提交"),
            _("%(name)s：看退回的原因，改好再提交") % {"name": each.base.name}
            if back
            else _("%(name)s：补齐材料就提交") % {"name": each.base.name},
            reverse("incubation:application", args=[each.pk]),
            _("去改") if back else _("去办"),
            "return" if back else "edit",
            "warn" if back else "info",
        )


def kind_labels() -> dict[str, str]:
    """Return what each kind of reminder is called."""
    return {
        "objections": _("待答复的异议"),
        "notices": _("期满待结束的公示"),
        "reviews": _("示范点复核"),
        "checks": _("入驻核对"),
        "terms": _("孵化协议"),
        "handbacks": _("交还场地"),
    }


def sorted_kinds(counts: Mapping[str, Any]) -> list[str]:
    """Return the kinds of which something is due, the most pressing first."""
    return [kind for kind in reminders.KINDS if kind in counts]


def _due(account: Any, programme: Any) -> Iterator[Todo]:
    """Clocks that run out: reviews, notices, objections, tenancies; each kind is one thing."""
    today = standing(account).on
    counts, labels = reminders.due(account, programme, today), kind_labels()
    for kind in sorted_kinds(counts):
        each = counts[kind]
        facts: dict[str, Any] = {
            "count": each.number,
            "label": labels[kind],
            "day": each.first.isoformat() if each.first else "",
        }
        late = each.first is not None and each.first < today
        words = {
            "objections": _("最早的 %(day)s 收到，逐条有答复期限"),
            "notices": _("最早的 %(day)s 期满，没有未答复的异议就可以结束"),
        }.get(kind, _("最早的期限 %(day)s"))
        yield Todo(
            ngettext("%(label)s：%(count)d 条", "%(label)s：%(count)d 条", each.number) % facts,
            words % facts,
            f"{reverse('desk:due')}?kind={kind}",
            _("办理"),
            "clock",
            "warn" if late else "info",
        )


def _unmatched(account: Any, programme: Any) -> Iterator[Todo]:
    """Records without a place, and places whose written name is no unit's."""
    may_edit = standing(account).has(Power.EDIT)
    open_places: dict[str, list[queries.Doubt]] = {}
    for doubt in queries.doubts(account, programme):
        if doubt.state == PlaceState.UNMATCHED:
            yield Todo(
                _("“%(text)s”与区划名称对不上") % {"text": doubt.text},
                _("写在“%(name)s”里，核对后改成现有地区或登记别称") % {"name": doubt.name},
                reverse("registers:record", args=[doubt.register, doubt.pk]),
                _("核对") if may_edit else _("查看"),
                "warn",
                "warn",
            )
        else:
            open_places.setdefault(doubt.register, []).append(doubt)
    for key, rows in open_places.items():
        register = declaration.get(key)
        names = listed(row.name for row in rows[:NAMED])
        facts = {"count": len(rows), "title": register.title}
        yield Todo(
            ngettext(
                "%(count)d 个%(title)s没有写明地区", "%(count)d 个%(title)s没有写明地区", len(rows)
            )
            % facts,
            names if len(rows) <= NAMED else _("%(names)s等") % {"names": names},
            reverse("registers:list", args=[key]) + f"?place_state={PlaceState.NOT_STATED}",
            _("补全") if may_edit else _("查看"),
            "dashed",
            "neu",
        )


def _unsupported(figures: list[Figure]) -> Iterator[Todo]:
    rows = queries.unsupported(figures)
    if not rows:
        return
    names = listed(f"{row.title} {row.text}" for row in rows[:NAMED])
    yield Todo(
        _("%(count)d 个声明数字在台账里记录不全") % {"count": len(rows)},
        names if len(rows) <= NAMED else _("%(names)s等") % {"names": names},
        reverse("indicators:index"),
        _("看缺口"),
        "chart",
        "info",
    )


def _silent(figures: list[Figure]) -> Iterator[Todo]:
    for place, titles in queries.silent(figures).items():
        yield Todo(
            _("%(place)s没有登记%(titles)s")
            % {"place": place, "titles": listed(inline(title) for title in titles)},
            _("没有登记不等于 0，汇总里单独列出"),
            reverse("desk:dashboards"),
            _("看汇总"),
            "dashed",
            "neu",
        )
