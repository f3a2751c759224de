"""The registers of incubation bases, of their intakes, tenancies and events."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.registers.declaration import Column, Kind, Part, Register, choice_filter, declare

from .actions.checking import check_bases, check_event, check_intake, check_tenancies
from .actions.moving import hold_around
from .choices import Admission, BaseLevel, EventKind, Premises, State
from .forms import BaseForm, EventForm, IntakeForm, TenancyForm
from .models import Base, Event, Intake, Tenancy
from .permissions import answerable_calls, own_applications


def _applicant(tenancy: Any) -> str:
    return tenancy.organisation.name if tenancy.organisation else str(tenancy.applicant)


BASES = declare(
    Register(
        key="bases",
        model=Base,
        title=_("孵化基地"),
        noun=pgettext_lazy("one", "孵化基地"),
        form=BaseForm,
        columns=(
            Column("name", _("名称")),
            Column("level", _("级别"), Kind.CHOICE, BaseLevel),
            Column("division", _("地区"), Kind.DIVISION),
            Column("operator", _("运营单位"), fold=True),
            Column("opened_on", _("启用日期"), Kind.DATE, fold=True),
            Column("capacity", _("可入驻组织数"), Kind.NUMBER, fold=True, extra=True),
            Column("contract_until", _("运营合同到期"), Kind.DATE, fold=True, extra=True),
            Column("grade", _("评定等级"), fold=True, extra=True),
        ),
        filters=(choice_filter("level", _("级别"), BaseLevel),),
        check_rows=check_bases,
        within="programme",
        parts=(Part("intakes", "base"), Part("tenancies", "base")),
        beside=((_("入驻情况"), "incubation:base"),),
        goes_to=_("四级孵化基地数和简报第二部分从这里取数"),
        empty=_("还没有登记孵化基地。"),
        icon="home",
        order=30,
    )
)
INTAKES = declare(
    Register(
        key="intakes",
        model=Intake,
        title=_("招募"),
        noun=pgettext_lazy("one", "招募"),
        form=IntakeForm,
        columns=(
            Column("name", pgettext_lazy("one", "招募")),
            Column("base__name", pgettext_lazy("one", "孵化基地")),
            Column("opens_on", _("开始申请"), Kind.DATE),
            Column("closes_on", _("截止申请"), Kind.DATE),
            Column("places", _("招募名额"), Kind.NUMBER, fold=True),
        ),
        check=check_intake,
        naming=lambda intake: f"{intake.opens_on.year} 年招募",
        place="base__division",
        parent="base",
        known_by=(("base", "opens_on"),),
        followed=answerable_calls,
        goes_to=_("有招募的基地只在招募期内收申请"),
        empty=_("还没有登记招募。没有招募的基地随时收申请。"),
        order=31,
    )
)
TENANCIES = declare(
    Register(
        key="tenancies",
        model=Tenancy,
        title=_("入驻"),
        noun=pgettext_lazy("one", "入驻"),
        form=TenancyForm,
        columns=(
            Column("name", _("入驻组织")),
            Column("base__name", pgettext_lazy("one", "孵化基地")),
            Column("state", _("入驻状态"), Kind.CHOICE, State),
            Column("premises", _("孵化方式"), Kind.CHOICE, Premises, fold=True),
            Column("admitted_on", _("入驻日期"), Kind.DATE, fold=True),
            Column("until", _("协议到期"), Kind.DATE, fold=True),
            Column("due_on", _("办理期限"), Kind.DATE, fold=True, extra=True),
            Column("admission", _("入驻类型"), Kind.CHOICE, Admission, fold=True, extra=True),
        ),
        filters=(choice_filter("state", _("入驻状态"), State),),
        check_rows=check_tenancies,
        lock=hold_around,
        naming=_applicant,
        place="base__division",
        parent="base",
        parts=(Part("events", "tenancy"),),
        beside=((_("办理"), "incubation:tenancy"),),
        known_by=(("organisation", "base"), ("applicant", "base")),
        followed=own_applications,
        reviewed=False,
        goes_to=_("入驻、在孵、出壳的数字从这里取数；登记的是申请，签了协议才算入驻"),
        empty=_("还没有入驻申请。"),
        order=32,
    )
)
EVENTS = declare(
    Register(
        key="events",
        model=Event,
        title=_("孵化记录"),
        noun=pgettext_lazy("one", "孵化记录"),
        form=EventForm,
        columns=(
            Column("name", _("名称")),
            Column("tenancy__name", _("入驻组织")),
            Column("kind", _("种类"), Kind.CHOICE, EventKind),
            Column("happened_on", _("日期"), Kind.DATE),
            Column("provider", _("提供单位"), fold=True),
            Column("attendances", _("参加人次"), Kind.NUMBER, fold=True),
        ),
        check=check_event,
        place="tenancy__base__division",
        parent="tenancy",
        known_by=(("name", "tenancy", "happened_on"),),
        goes_to=_("每月服务、辅导、活动次数按这里的记录计"),
        empty=_("还没有孵化记录。"),
        order=33,
    )
)
