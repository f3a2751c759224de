"""Invented sites in the sample programme, one at each turn of its life; everything says 样例.

Their days lie around the day on which they are loaded, so that something is due on the home page.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tongxin.programmes.models import Programme
from tongxin.public_notices import actions as notices
from tongxin.public_notices.actions.objecting import Said as Objected
from tongxin.public_notices.models import PublicNotice
from tongxin.registers.actions import enter
from tongxin.registers.moves import Said
from tongxin.sites import actions
from tongxin.sites.choices import DesignationKind, Standing, Verb
from tongxin.sites.models import Designation, Site
from tongxin.sites.register import ACTIVITIES, DESIGNATIONS, SITES, VISITS

WORDS = {
    "groups": [
        {"key": "media", "name": "新媒体从业人员（样例）"},
        {"key": "agents", "name": "中介组织从业人员（样例）"},
    ],
    "functions": [
        {"key": "theory", "name": "学习引导（样例）"},
        {"key": "talks", "name": "协商议事（样例）"},
        {"key": "service", "name": "社会服务（样例）"},
        {"key": "company", "name": "联谊交友（样例）"},
    ],
}
DAY = dt.timedelta(days=1)
TO_NAME = (Verb.CHECK, Verb.PUBLICISE, Verb.DESIGNATE)


@dataclass(frozen=True, slots=True)
class Turn:
    """One invented site: what it is called, how far it has come, and when its review is due."""

    name: str
    steps: tuple[Verb, ...]
    ago: int = 400
    review_in: int = 300


TURNS = (
    Turn("共享办公空间", (), ago=10),
    Turn("律师楼会客厅", (Verb.CHECK,), ago=30),
    Turn("网络作家村", (Verb.CHECK, Verb.PUBLICISE), ago=40),
    Turn("设计师工坊", TO_NAME, review_in=20),
    Turn("直播基地党群角", TO_NAME),
    Turn("会计师之家", (*TO_NAME, Verb.RECTIFY)),
    Turn("自由撰稿人书屋", (*TO_NAME, Verb.KEEP), review_in=-5),
    Turn("旧厂房文创园", (*TO_NAME, Verb.WITHDRAW)),
)
ACTS: dict[Verb, Any] = {
    Verb.CHECK: actions.check,
    Verb.RECTIFY: actions.rectify,
    Verb.KEEP: actions.keep,
    Verb.WITHDRAW: actions.withdraw,
}


def show(programme: Programme) -> None:
    """Enter the invented sites of the sample programme, and take each as far as it has come."""
    groups = list(programme.occupationalgroup_words.order_by("position", "id"))
    functions = list(programme.sitefunction_words.order_by("position", "id"))
    for number, turn in enumerate(TURNS):
        facts: dict[str, Any] = {
            "name": f"{turn.name}（样例）",
            "division": programme.division,
            "programme": programme,
            "group": groups[number % len(groups)],
            "about": "样例：编造的示范点",
            "latitude": f"{31.9 + number / 50:.5f}",
            "longitude": f"{120.8 + number / 40:.5f}",
        }
        site, _fresh = enter(SITES, by=None, values=facts)
        _life(site, turn)
        for at, function in enumerate(functions[: 1 + number % len(functions)]):
            _activity(site, function, at)


def _life(site: Site, turn: Turn) -> None:
    """Take the naming of a site through its steps, each some days after the one before."""
    on = timezone.localdate() - turn.ago * DAY
    level = {"kind": DesignationKind.DEMONSTRATION, "level": "city"}
    naming, _fresh = actions.propose(site, by=None, values=level, said=Said(on, "样例"))
    if turn.steps:
        visit = {"site": site, "visited_on": on + DAY, "visitors": "市级核查组（样例）"}
        told = {"finding": "meets", "findings": "样例：场地和制度齐备", "sample": True}
        enter(VISITS, by=None, values=visit | told)
    for verb in turn.steps:
        on += 4 * DAY
        naming = _step(naming, verb, on, turn)
        on = naming.standing_on or on


def _step(naming: Designation, verb: Verb, on: dt.date, turn: Turn) -> Designation:
    """Take one step, with what it asks."""
    today, said = timezone.localdate(), Said(on, "样例：编造的办理")
    review_on = today + turn.review_in * DAY
    if verb == Verb.PUBLICISE:
        _put_up(naming, on)
        return actions.publicise(naming, by=None, said=said)
    if verb == Verb.DESIGNATE:
        closed = _close(naming)
        told: dict[str, Any] = {"document": "样例〔2026〕1 号", "legal_basis": "样例：编造的批复"}
        named = Said(closed, said.note)
        return actions.designate(
            naming, by=None, said=named, review_on=review_on, plaque="样例-01", **told
        )
    more: dict[str, Any] = {}
    if verb == Verb.RECTIFY:
        more["due_on"] = today + 15 * DAY
    if verb == Verb.KEEP:
        more["review_on"] = review_on
    made: Designation = ACTS[verb](naming, by=None, said=said, **more)
    return made


def _put_up(naming: Designation, on: dt.date) -> PublicNotice:
    """Post the notice about a naming; on the one that stands, two have objected."""
    values = {
        "name": f"关于“{naming.site.name}”拟命名的公示"[:60],
        "text": "样例：拟命名为市级示范点，征求意见。这份公示和它的异议都是编的。",
        "put_up_at": "样例：市级网站、社区公告栏",
        "count": 7,
        "unit": "working_days",
    }
    made = notices.draft(DESIGNATIONS, naming, by=None, values=values)
    made = notices.post(made, by=None, starts_on=on)
    first = notices.object_to(made, by=None, said=Objected(on + DAY, "样例：面积不够。"))
    reason = "样例：已丈量，面积符合"
    notices.answer(first, by=None, outcome="rejected", reason=reason, answered_on=on + 3 * DAY)
    return made


def _close(naming: Designation) -> dt.date:
    """Close the notice of a naming the day after its last; return that day."""
    made = PublicNotice.objects.get(register=DESIGNATIONS.key, subject_id=naming.pk)
    on = (made.announced_until or timezone.localdate()) + DAY
    notices.close(made, by=None, on=on)
    return on


def _activity(site: Site, function: Any, at: int) -> None:
    facts = {
        "site": site,
        "name": f"{function.name.removesuffix('（样例）')}活动（样例）",
        "function": function,
        "held_on": timezone.localdate() - (20 + 30 * at) * DAY,
        "attendances": None if at == 3 else 12 + 9 * at,  # noqa: PLR2004  one was not handed up
        "sample": True,
    }
    enter(ACTIVITIES, by=None, values=facts)


def object_once_more(programme: Programme) -> None:
    """Let the notice that stands wait for an answer, so that the home page reminds of it."""
    naming = Designation.objects.get(
        site__programme=programme, standing=Standing.PUBLICISED, void=False
    )
    made = PublicNotice.objects.get(register=DESIGNATIONS.key, subject_id=naming.pk)
    on = (made.starts_on or timezone.localdate()) + 2 * DAY
    notices.object_to(made, by=None, said=Objected(on, "样例：停车位的说明没有贴出来。"))
