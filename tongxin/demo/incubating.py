"""A programme that is invented as a whole: bases at four levels, their intakes and their tenants.

Loaded only when it is asked for. Everything in it says 样例, and counts in no figure of the pilot.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from tongxin.core.dates import Span
from tongxin.divisions.choices import Level
from tongxin.divisions.models import Division, Version
from tongxin.divisions.queries import names_on
from tongxin.divisions.queries.children import children_on
from tongxin.incubation import actions
from tongxin.incubation.actions.incubating import Agreed
from tongxin.incubation.choices import Finding, Outcome, Paper, Premises, State
from tongxin.incubation.models import Base, Tenancy
from tongxin.incubation.queries import held_of
from tongxin.incubation.register import BASES, EVENTS, INTAKES, TENANCIES
from tongxin.incubation.rules.clocks import months_later
from tongxin.incubation.rules.occupancy import peak
from tongxin.organisations.register import ORGANISATIONS
from tongxin.programmes.actions import found_programme
from tongxin.programmes.models import Programme
from tongxin.public_notices import actions as notices
from tongxin.public_notices.beginnings import beginning_of
from tongxin.public_notices.models import PublicNotice
from tongxin.registers.actions import enter
from tongxin.registers.moves import Said

from .assessing import assess
from .showing import WORDS, object_once_more, show

KEY = "incubation-sample"
FACTS_ON = dt.date(2017, 12, 29)
YEARS = (2015, 2016, 2017)
LEVELS = (("city", 1, 12), ("county", 13, 5), ("town", 12, 3), ("community", 14, 2))
"""Level, how many bases, places of each: the numbers of the pilot, with invented bases."""
AREAS = {"city": 1_493, "county": 600, "town": 300, "community": 200}
THEMES = ("助老", "青少年", "助残", "邻里调解", "环保", "文化", "医疗互助", "法律援助", "心理关爱")
EVENTS_OF = (
    ("service", "财务和年检辅导（样例）", 20, 12),
    ("mentoring", "项目书修改辅导（样例）", 75, 6),
    ("training", "骨干培训（样例）", 160, 24),
    ("activity", "社区开放日（样例）", 230, 85),
    ("milestone", "完成首个服务项目（样例）", 300, None),
)
"""Kind, name, days after the agreement, person-times."""
CALL_STANDS = dt.timedelta(days=180)
_DAY = dt.timedelta(days=1)


def extend() -> bool:
    """Load the sample programme; False when it is there already."""
    if Programme.objects.filter(key=KEY).exists():
        return False
    with transaction.atomic():
        sample = Sample()
        sample.load()
        show(sample.programme)
        object_once_more(sample.programme)
        assess(sample.programme)
    return True


def put_up(tenancy: Tenancy, on: dt.date) -> PublicNotice:
    """Post the notice about an application, whose text says that it is invented."""
    facts = beginning_of(TENANCIES, tenancy)
    facts |= {"text": f"样例：{facts['text']}", "put_up_at": "样例：社区公告栏"}
    notice = notices.draft(TENANCIES, tenancy, by=None, values=facts)
    return notices.post(notice, by=None, starts_on=on)


class Sample:
    """The invented bases, entered through the same actions that the pages use."""

    def __init__(self) -> None:
        facts = {
            "key": KEY,
            "name": "社会组织孵化（样例）",
            "division": Division.objects.get(key="nantong"),
            "begins": "2015-09",
            "facts_on": FACTS_ON,
            "sample": True,
        }
        found_programme(by=None, facts=facts, words=WORDS)
        self.programme = Programme.objects.select_related("division").get(key=KEY)
        self.themes = cycle(THEMES)
        self.outcomes = cycle(Outcome)
        self.number = 0

    def load(self) -> None:
        """Enter the bases of each level, and take tenants in for three years."""
        for level, count, capacity in LEVELS:
            for at, (division, place) in enumerate(islice(self._places(level), count)):
                base = self._base(level, at, capacity, division, place)
                for year in YEARS:
                    self._intake(base, year, place)
                if level == "city":
                    self._open_call(base)

    def _places(self, level: str) -> Iterator[tuple[Division, str]]:
        """Yield places for bases of a level, over and over."""
        city = self.programme.division
        if level == "city":
            numbers = [city.pk]
        else:
            counties = list(children_on(city.pk, FACTS_ON))
            towns = Version.objects.filter(level=Level.TOWN, parent__in=counties, until=None)
            below = list(towns.order_by("division_id").values_list("division_id", flat=True))
            numbers = counties if level == "county" else below or counties
        names, divisions = names_on(numbers, FACTS_ON), Division.objects.in_bulk(numbers)
        for number in cycle(numbers):
            yield divisions[number], names[number]

    def _base(self, level: str, at: int, capacity: int, division: Division, place: str) -> Base:
        name = f"{place}社会组织孵化基地{at + 1}（样例）"
        facts: dict[str, Any] = {
            "name": name if level != "city" else f"{place}社会组织孵化基地（样例）",
            "division": division,
            "programme": self.programme,
            "level": level,
            "operator": f"{place}公益发展中心（样例）",
            "contract_from": dt.date(2015, 9, 1),
            "contract_until": dt.date(2018, 8, 31),
            "opened_on": dt.date(2015, 9, 1),
            "capacity": capacity,
            "area_owned" if at % 2 else "area_lent": AREAS[level],
            "rooms": capacity + 2,
            "services": "场地、财务托管、能力建设、项目对接",
            "grade": ("", "3A", "4A")[at % 3],
            "sample": True,
        }
        base, _fresh = enter(BASES, by=None, values=facts)
        made: Base = base
        return made

    def _intake(self, base: Base, year: int, place: str) -> None:
        """Ask for applications in October, and take in as many as the year brings."""
        opens = dt.date(year, 10, 10)
        facts = {"base": base, "opens_on": opens, "closes_on": opens + 20 * _DAY, "sample": True}
        enter(INTAKES, by=None, values=facts | {"places": (base.capacity or 1) // 2 or 1})
        number = max(1, (base.capacity or 1) // 2)
        for at in range(number if year < YEARS[-1] else number + 1):
            self._tenant(base, opens + (at % 5) * _DAY, place, year, at)

    @staticmethod
    def _open_call(base: Base) -> None:
        """Ask for applications from now on: the organisation of the demo may answer."""
        opens = timezone.localdate()
        facts = {"base": base, "opens_on": opens, "closes_on": opens + CALL_STANDS, "places": 3}
        enter(INTAKES, by=None, values=facts | {"document": "样例：招募公告", "sample": True})

    def _tenant(self, base: Base, on: dt.date, place: str, year: int, at: int) -> None:
        tenancy = self._application(base, place)
        tenancy = actions.submit(tenancy, by=None, said=Said(on))
        if year == YEARS[-1]:
            self._latest(tenancy, on, at)
            return
        tenancy = actions.check(tenancy, by=None, said=Said(on + 3 * _DAY))
        tenancy = actions.approve(tenancy, by=None, said=Said(on + 10 * _DAY))
        tenancy = self._admitted(tenancy, on + 12 * _DAY)
        self._inside(tenancy, at)
        if year == YEARS[0]:
            self._ending(tenancy, at)

    def _application(self, base: Base, place: str) -> Tenancy:
        """Enter an application: two of three by organisations on record."""
        self.number += 1
        name = f"{place}{next(self.themes)}服务社{self.number}（样例）"
        values: dict[str, Any] = {"applicant": name}
        if self.number % 3:
            facts = {"name": name, "division": base.division, "kind": "community"}
            facts |= {"status": "filed", "sample": True}
            organisation, _fresh = enter(ORGANISATIONS, by=None, values=facts)
            values = {"organisation": organisation}
        values |= {
            "base": base,
            "admission": "early" if self.number % 2 else "priority",
            "plan": "两年内完善治理，独立承接服务项目",
            "sample": True,
        }
        tenancy, _fresh = enter(TENANCIES, by=None, values=values)
        made: Tenancy = actions.note_papers(tenancy, by=None, papers=list(Paper))
        return made

    @staticmethod
    def _admitted(tenancy: Tenancy, on: dt.date) -> Tenancy:
        notice = put_up(tenancy, on)
        tenancy = actions.publicise(tenancy, by=None, said=Said(on))
        signed = (notice.announced_until or on) + _DAY
        notices.close(notice, by=None, on=signed)
        agreed = Agreed(months_later(signed, tenancy.base.term_months), Premises.ON, 1)
        return actions.admit(tenancy, by=None, said=Said(signed), agreed=agreed)

    @staticmethod
    def _inside(tenancy: Tenancy, at: int) -> None:
        """Let things happen during the incubation, up to the day of the facts."""
        came = tenancy.admitted_on or FACTS_ON
        for kind, name, after, attendances in EVENTS_OF:
            facts: dict[str, Any] = {
                "kind": kind,
                "name": name,
                "happened_on": came + (after + at) * _DAY,
            }
            if facts["happened_on"] <= min(FACTS_ON, came + 360 * _DAY):
                facts |= {"tenancy": tenancy, "attendances": attendances, "sample": True}
                facts["provider"] = "公益发展中心（样例）" if kind != "activity" else ""
                enter(EVENTS, by=None, values=facts)
        finding = Finding.BEHIND if at % 4 == 1 else Finding.GOOD
        halfway = Said(came + 365 * _DAY)
        if halfway.day <= FACTS_ON:
            actions.review(tenancy, by=None, said=halfway, finding=finding)
        if at % 4 == 2:  # noqa: PLR2004  every fourth goes on outside
            said = Said(came + 366 * _DAY)
            actions.relocate(tenancy, by=None, said=said, premises=Premises.OFF, places=None)

    def _ending(self, tenancy: Tenancy, at: int) -> None:
        """Assess the first year's tenants two years later; most graduate."""
        on = (tenancy.admitted_on or FACTS_ON) + 700 * _DAY
        finding = Finding.ABSENT if at % 5 == 3 else Finding.GOOD  # noqa: PLR2004  one of five
        tenancy = Tenancy.objects.select_related("base").get(pk=tenancy.pk)
        tenancy = actions.assess(tenancy, by=None, said=Said(on), finding=finding)
        if tenancy.state == State.ASSESSED:
            said, outcome = Said(on + 7 * _DAY), next(self.outcomes)
            tenancy = actions.graduate(tenancy, by=None, said=said, outcome=outcome)
        if tenancy.due_on is not None:
            actions.hand_back(tenancy, by=None, said=Said(on + 20 * _DAY))

    def _latest(self, tenancy: Tenancy, on: dt.date, at: int) -> None:
        """Leave the last year's applications at every step of the way."""
        if at % 6 == 5:  # noqa: PLR2004  one of six lacks something
            said = Said(on + 3 * _DAY, "孵化目标写得太简单")
            actions.give_back(tenancy, by=None, said=said)
            return
        tenancy = actions.check(tenancy, by=None, said=Said(on + 3 * _DAY))
        if at % 6 == 4:  # noqa: PLR2004  one of six is still to be reviewed
            return
        if tenancy.base.capacity and at >= tenancy.base.capacity // 2:
            actions.wait(tenancy, by=None, said=Said(on + 10 * _DAY, "席位已满"))
            return
        said = Said(on + 60 * _DAY)
        if self._room(tenancy, said.day):
            tenancy = actions.approve(tenancy, by=None, said=said)
            if at % 3 == 0:
                on = said.day + 2 * _DAY
                put_up(tenancy, on)
                actions.publicise(tenancy, by=None, said=Said(on))
        else:
            actions.wait(tenancy, by=None, said=said)

    @staticmethod
    def _room(tenancy: Tenancy, day: dt.date) -> bool:
        """Whether the base of an applicant has a place left from a day on."""
        return peak(held_of(tenancy.base), Span(day)) < (tenancy.base.capacity or 0)
