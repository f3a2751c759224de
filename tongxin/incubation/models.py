"""Incubation bases for social organisations at four levels, their calls and their tenants."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.calendars.choices import Unit
from tongxin.organisations.models import Organisation
from tongxin.programmes.models import ProgrammeRecord
from tongxin.registers.models import Record

from .choices import (
    Admission,
    BaseLevel,
    EventKind,
    Finding,
    Outcome,
    Premises,
    State,
    Verb,
)


class Base(ProgrammeRecord):
    """A place in which social organisations are incubated.

    Its clocks are its own: each with a number and the unit in which it counts.
    """

    level = models.CharField(_("级别"), max_length=10, choices=BaseLevel)
    operator = models.CharField(_("运营单位"), max_length=60, blank=True)
    contract_from = models.DateField(_("运营合同开始"), null=True, blank=True)
    contract_until = models.DateField(_("运营合同到期"), null=True, blank=True)
    opened_on = models.DateField(_("启用日期"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("可入驻组织数"), null=True, blank=True)
    area_owned = models.PositiveIntegerField(_("自有面积（平方米）"), null=True, blank=True)
    area_rented = models.PositiveIntegerField(_("租赁面积（平方米）"), null=True, blank=True)
    area_lent = models.PositiveIntegerField(_("无偿使用面积（平方米）"), null=True, blank=True)
    rooms = models.PositiveIntegerField(_("房间数"), null=True, blank=True)
    services = models.CharField(
        _("服务内容"), max_length=300, blank=True, db_default="", default=""
    )
    grade = models.CharField(_("评定等级"), max_length=20, blank=True, db_default="", default="")
    check_days = models.PositiveSmallIntegerField(
        _("核对期限"), default=5, db_default=5, editable=False
    )
    check_unit = models.CharField(
        _("核对期限单位"),
        max_length=12,
        choices=Unit,
        default=Unit.WORKING_DAYS,
        db_default=Unit.WORKING_DAYS,
        editable=False,
    )
    notice_days = models.PositiveSmallIntegerField(
        _("公示期限"), default=5, db_default=5, editable=False
    )
    notice_unit = models.CharField(
        _("公示期限单位"),
        max_length=12,
        choices=Unit,
        default=Unit.WORKING_DAYS,
        db_default=Unit.WORKING_DAYS,
        editable=False,
    )
    handback_days = models.PositiveSmallIntegerField(
        _("交还期限"), default=15, db_default=15, editable=False
    )
    handback_unit = models.CharField(
        _("交还期限单位"),
        max_length=12,
        choices=Unit,
        default=Unit.WORKING_DAYS,
        db_default=Unit.WORKING_DAYS,
        editable=False,
    )
    term_months = models.PositiveSmallIntegerField(
        _("孵化期（月）"), default=24, db_default=24, editable=False
    )
    sample = models.BooleanField(_("样例"), default=False, db_default=False, editable=False)

    class Meta(ProgrammeRecord.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *ProgrammeRecord.Meta.indexes,
            models.Index(fields=("programme", "level", "void"), name="bases_by_level"),
        )
        constraints = (
            models.CheckConstraint(
                name="a_contract_ends_after_it_begins",
                condition=Q(contract_from__isnull=True)
                | Q(contract_until__isnull=True)
                | Q(contract_until__gt=F("contract_from")),
            ),
        )


class Intake(Record):
    """A base asks for applications from one day to another, as it does each year."""

    base = models.ForeignKey(
        Base,
        models.CASCADE,
        related_name="intakes",
        verbose_name=pgettext_lazy("one", "孵化基地"),
        editable=False,
    )
    opens_on = models.DateField(_("开始申请"))
    closes_on = models.DateField(_("截止申请"))
    places = models.PositiveIntegerField(_("招募名额"), null=True, blank=True)
    document = models.CharField(_("招募公告"), max_length=120, blank=True)
    sample = models.BooleanField(_("样例"), default=False, editable=False)

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(
                name="an_intake_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
        )


class Tenancy(Record):
    """An organisation, or a group on its way to being one, applies to a base and is incubated.

    An organisation on record is referred to; only a group that is none yet has a name of its own
    here. `state_on` is the day of the latest move, `due_on` the last day of the clock that runs.
    """

    base = models.ForeignKey(
        Base,
        models.PROTECT,
        related_name="tenancies",
        verbose_name=pgettext_lazy("one", "孵化基地"),
        editable=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("one", "社会组织"),
    )
    applicant = models.CharField(_("未登记的申请团队"), max_length=60, blank=True)
    admission = models.CharField(_("入驻类型"), max_length=16, choices=Admission)
    premises = models.CharField(_("孵化方式"), max_length=3, choices=Premises, default=Premises.ON)
    places = models.PositiveSmallIntegerField(_("占用席位"), default=1)
    plan = models.CharField(_("孵化目标"), max_length=300, blank=True)
    state = models.CharField(
        _("入驻状态"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    state_on = models.DateField(_("最近办理日期"), null=True, editable=False)
    due_on = models.DateField(_("办理期限"), null=True, editable=False)
    papers = models.CharField(_("已交材料"), max_length=120, blank=True, editable=False)
    intake = models.ForeignKey(
        Intake,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("one", "招募"),
        editable=False,
    )
    admitted_on = models.DateField(_("入驻日期"), null=True, editable=False)
    until = models.DateField(_("协议到期"), null=True, editable=False)
    ended_on = models.DateField(_("离开日期"), null=True, editable=False)
    sample = models.BooleanField(_("样例"), default=False, editable=False)

    class Meta(Record.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Record.Meta.indexes,
            models.Index(fields=("base", "state"), name="tenancies_of_a_base"),
            models.Index(fields=("state", "sort_key", "id"), name="tenancies_by_state"),
        )
        constraints = (
            models.CheckConstraint(
                name="a_tenant_is_on_record_or_named",
                condition=Q(organisation__isnull=False, applicant="")
                | (Q(organisation__isnull=True) & ~Q(applicant="")),
            ),
            models.CheckConstraint(name="a_tenant_takes_a_place", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="a_tenant_leaves_after_it_came",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("admitted_on")),
            ),
        )


class Stay(models.Model):
    """Places of a base that a tenant holds, from a day until the day they are handed back."""

    tenancy = models.ForeignKey(
        Tenancy, models.CASCADE, related_name="stays", verbose_name=pgettext_lazy("one", "入驻")
    )
    places = models.PositiveSmallIntegerField(_("席位"))
    since = models.DateField(_("占用开始"))
    until = models.DateField(_("交还日期"), null=True)

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.CheckConstraint(name="a_stay_takes_a_place", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="a_stay_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=("tenancy",), condition=Q(until__isnull=True), name="one_stay_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.since} {self.places}"


class Move(models.Model):
    """One step in the life of a tenancy: what was done, on which day, and what it came to."""

    tenancy = models.ForeignKey(
        Tenancy, models.CASCADE, related_name="moves", verbose_name=pgettext_lazy("one", "入驻")
    )
    verb = models.CharField(_("办理"), max_length=10, choices=Verb)
    state = models.CharField(_("办后状态"), max_length=10, choices=State)
    on = models.DateField(_("办理日期"))
    due_on = models.DateField(_("期限"), null=True)
    finding = models.CharField(_("结论"), max_length=10, choices=Finding, blank=True)
    outcome = models.CharField(_("去向"), max_length=12, choices=Outcome, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    made_at = models.DateTimeField(_("记录时间"), auto_now_add=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("tenancy", "id"), name="moves_of_a_tenancy"),)

    def __str__(self) -> str:
        return f"{self.on} {self.get_verb_display()}"


class Event(Record):
    """Something that happened while a tenant was incubated; months are counted from these."""

    tenancy = models.ForeignKey(
        Tenancy,
        models.CASCADE,
        related_name="events",
        verbose_name=pgettext_lazy("one", "入驻"),
        editable=False,
    )
    kind = models.CharField(_("种类"), max_length=12, choices=EventKind)
    happened_on = models.DateField(_("日期"))
    provider = models.CharField(_("提供单位"), max_length=60, blank=True)
    attendances = models.PositiveIntegerField(_("参加人次"), null=True, blank=True)
    sample = models.BooleanField(_("样例"), default=False, editable=False)

    class Meta(Record.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Record.Meta.indexes,
            models.Index(fields=("tenancy", "happened_on"), name="events_of_a_tenancy"),
        )
