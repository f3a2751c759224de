"""The indicators: each names a room's query, its kind, unit and basis; one entry each."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongxin.brands import queries as brands
from tongxin.campaigns import queries as campaigns
from tongxin.core.figures import Flow
from tongxin.core.words import inline
from tongxin.funds import queries as funds
from tongxin.incubation import queries as incubation
from tongxin.incubation.choices import BaseLevel, Outcome, Premises
from tongxin.organisations import queries as organisations
from tongxin.party_building import queries as party_building
from tongxin.registers.models import Stages
from tongxin.sites import queries as sites
from tongxin.trainings import queries as trainings

PEOPLE = {"人", "人次"}
"""Units under which sources count those who came, one often said for the other."""
Records = Callable[[Any, dt.date, Stages], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A question with one answer for each division and day.

    `records` gives the records of a programme on a day that have come to some stage; the figure is
    the number of the accepted, or the sum of `measure`. `split` names a field whose values have
    figures of their own, with `words` for them.
    `everywhere` says that every division directly below is expected to have something.
    """

    key: str
    title: Any
    flow: Flow
    unit: str
    basis: Any
    definition: Any
    register: str
    records: Records
    measure: str = ""
    split: str = ""
    words: type[TextChoices] | None = None
    everywhere: bool = False
    on_map: bool = False
    """Offered as a measure of the tile map."""
    open_records: Records | None = None
    """Where other records decide what counts: the records that count by unrestricted ones."""

    def parts(self) -> list[str]:
        """The values of the split, or one empty part for the whole."""
        return list(self.words.values) if self.words else [""]

    def part_title(self, part: str) -> str:
        """The title with the name of a part in front."""
        if not part or self.words is None:
            return str(self.title)
        facts = {"part": inline(self.words(part).label), "title": self.title}
        return gettext("%(part)s%(title)s") % facts


BASES = Indicator(
    key="incubation_bases",
    title=_("社会组织孵化基地"),
    flow=Flow.STOCK,
    unit="个",
    basis=_("孵化基地"),
    definition=_("截止日在用的孵化基地，按级别分列；四级的合计由分列数相加，不另外声明"),
    register="bases",
    records=lambda programme, on, stages: incubation.bases(programme, on, stages=stages),
    split="level",
    words=BaseLevel,
)
ADMITTED = Indicator(
    key="incubation.admitted",
    title=_("累计入驻"),
    flow=Flow.CUMULATIVE,
    unit="家",
    basis=_("入驻"),
    definition=_("到截止日签协议入驻的，按入驻计；同一组织先后入驻两次记 2"),
    register="tenancies",
    records=incubation.admitted,
)
DEPARTED = Indicator(
    key="incubation.departed",
    title=_("累计离开"),
    flow=Flow.CUMULATIVE,
    unit="家",
    basis=_("入驻"),
    definition=_("到截止日出壳、退出和清退的入驻"),
    register="tenancies",
    records=incubation.departed,
)
INCUBATING = Indicator(
    key="incubation.incubating",
    title=_("在孵组织"),
    flow=Flow.STOCK,
    unit="家",
    basis=_("入驻"),
    definition=_("截止日在孵的入驻，按那天是否占用基地席位分壳内和壳外"),
    register="tenancies",
    records=incubation.incubating,
    split="premises_then",
    words=Premises,
)
GRADUATED = Indicator(
    key="incubation.graduated",
    title=_("累计出壳"),
    flow=Flow.CUMULATIVE,
    unit="家",
    basis=_("入驻"),
    definition=_("到截止日出壳的入驻，按截止日已知的去向分列"),
    register="tenancies",
    records=incubation.graduated,
    split="outcome_then",
    words=Outcome,
)
SITES = Indicator(
    key="demonstration_sites",
    title=_("示范点"),
    flow=Flow.STOCK,
    unit="个",
    basis=_("示范点"),
    definition=_("截止日持有有效命名的地点；一处有几个命名也只算一个"),
    register="sites",
    records=sites.designated,
    open_records=lambda programme, on, stages: sites.designated(
        programme, on, stages, with_restricted=False
    ),
    on_map=True,
)
SITE_ACTIVITIES = Indicator(
    key="site_activities",
    title=_("示范点活动"),
    flow=Flow.CUMULATIVE,
    unit="场",
    basis=_("活动"),
    definition=_("到截止日在示范点举办的活动，每场一条记录"),
    register="activities",
    records=sites.activities,
)
SITE_ATTENDANCES = Indicator(
    key="site_attendances",
    title=_("示范点活动参加人次"),
    flow=Flow.CUMULATIVE,
    unit="人次",
    basis=_("人次"),
    definition=_("到截止日示范点活动的参加人次；没有上报人次的活动不算 0，另外列出"),
    register="activities",
    records=sites.activities,
    measure="attendances",
)
BRANDS = Indicator(
    key="regional_brands",
    title=_("地区品牌"),
    flow=Flow.STOCK,
    unit="个",
    basis=_("品牌"),
    definition=_("各地区在台账里的工作品牌"),
    register="brands",
    records=lambda programme, _on, stages: brands.brands(programme, stages),
    everywhere=True,
    on_map=True,
)
RECOGNITIONS = Indicator(
    key="recognitions",
    title=_("成果"),
    flow=Flow.CUMULATIVE,
    unit="项",
    basis=_("成果"),
    definition=_("到截止日取得的入选、获奖、会议交流和推送，每项一条记录"),
    register="recognitions",
    records=brands.recognitions,
    everywhere=True,
    on_map=True,
)
PROJECTS = Indicator(
    key="party_projects",
    title=_("党建项目"),
    flow=Flow.STOCK,
    unit="个",
    basis=_("项目"),
    definition=_("街道和社区在台账里的党建项目"),
    register="projects",
    records=lambda programme, _on, stages: party_building.projects(programme, stages),
    on_map=True,
)
SESSIONS = Indicator(
    key="training.sessions",
    title=_("培训期数"),
    flow=Flow.CUMULATIVE,
    unit="期",
    basis=_("培训期"),
    definition=_("到截止日举办的各级各类培训，按期计"),
    register="trainings",
    records=trainings.trainings,
    measure="sessions",
)
ATTENDANCES = Indicator(
    key="training.participants",
    title=_("培训人次"),
    flow=Flow.CUMULATIVE,
    unit="人次",
    basis=_("参加人次"),
    definition=_("到截止日参加培训的人次；同一人参加两次记 2，不与人数相加"),
    register="trainings",
    records=trainings.trainings,
    measure="attendances",
)
PARTICIPANTS = Indicator(
    key="campaign.participating_community_organisations",
    title=_("参加活动的社区社会组织"),
    flow=Flow.CUMULATIVE,
    unit="个",
    basis=_("社会组织"),
    definition=_("参加系列活动的组织；一个组织参加几个系列也只算一个"),
    register="participations",
    records=lambda programme, _on, stages: campaigns.participants(programme, stages),
    open_records=lambda programme, _on, stages: campaigns.participants(
        programme, stages, with_restricted=False
    ),
)
DEMONSTRATING = Indicator(
    key="organisations.provincial_demonstration",
    title=_("省级示范性社会组织"),
    flow=Flow.STOCK,
    unit="家",
    basis=_("社会组织"),
    definition=_("台账里标为省级示范的组织"),
    register="organisations",
    records=lambda _programme, _on, stages: organisations.demonstrating(stages=stages),
)
FUND = Indicator(
    key="special_fund.annual",
    title=_("专项资金年度额度"),
    flow=Flow.FLOW,
    unit="元/年",
    basis=_("财政资金"),
    definition=_("截止日所在年度，有文件的额度之和"),
    register="budgets",
    records=funds.budgets,
    measure="amount",
)


def titles() -> list[tuple[str, Any]]:
    """Return key and title of every indicator, for choosing and showing."""
    return [(key, indicator.title) for key, indicator in CATALOGUE.items()]


CATALOGUE: dict[str, Indicator] = {
    indicator.key: indicator
    for indicator in (
        BASES,
        ADMITTED,
        DEPARTED,
        INCUBATING,
        GRADUATED,
        SITES,
        SITE_ACTIVITIES,
        SITE_ATTENDANCES,
        BRANDS,
        RECOGNITIONS,
        PROJECTS,
        SESSIONS,
        ATTENDANCES,
        PARTICIPANTS,
        DEMONSTRATING,
        FUND,
    )
}
