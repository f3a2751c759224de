"""A notice put up for the public to object to, and the objections it met."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.calendars.choices import Unit

from .choices import Outcome, PeriodUnit, State
from .rules import OPEN, Period

TEXT_LENGTH = 1000


class PublicNotice(models.Model):
    """A decision about a record that the public may object to before it is made.

    The record is named by its register and its number; whoever sees it sees the notice. The last
    day is computed by the working calendar; `announced_until` is what was said when it was posted.
    """

    register = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    name = models.CharField(_("标题"), max_length=60)
    text = models.CharField(_("公示内容"), max_length=TEXT_LENGTH)
    put_up_at = models.CharField(_("公示地点或网址"), max_length=200)
    basis = models.CharField(_("依据"), max_length=120, blank=True)
    count = models.PositiveSmallIntegerField(_("公示期"))
    unit = models.CharField(_("单位"), max_length=12, choices=PeriodUnit)
    least_count = models.PositiveSmallIntegerField(_("规定的最短期限"), null=True, blank=True)
    least_unit = models.CharField(
        _("最短期限的单位"), max_length=12, choices=PeriodUnit, blank=True
    )
    names = models.CharField(_("公示的个人姓名"), max_length=300, blank=True)
    names_basis = models.CharField(_("公示姓名的依据"), max_length=120, blank=True)
    names_until = models.DateField(_("撤下姓名的日期"), null=True, blank=True)
    names_gone_on = models.DateField(_("姓名撤下于"), null=True, editable=False)
    starts_on = models.DateField(_("发布日期"), null=True, editable=False)
    announced_until = models.DateField(_("发布时的最后一天"), null=True, editable=False)
    ended_on = models.DateField(_("结束或撤回日期"), null=True, editable=False)
    reason = models.CharField(_("撤回的原因"), max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("起草人"),
    )
    entered_at = models.DateTimeField(_("起草时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("更新时间"), auto_now=True)

    moves_with_its_record: ClassVar[Q] = Q()
    """Which of them go over to the record into which theirs is merged: all."""

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("register", "subject_id", "id"), name="notices_of_a_record"),
            models.Index(fields=("state", "id"), name="notices_by_state"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("register", "subject_id"),
                condition=Q(state__in=sorted(OPEN)),
                name="one_open_notice_a_record",
            ),
            models.CheckConstraint(
                name="what_was_posted_has_its_days",
                condition=~Q(state__in=(State.POSTED, State.CLOSED))
                | Q(starts_on__isnull=False, announced_until__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_over_has_its_day",
                condition=Q(state__in=sorted(OPEN)) | Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_withdrawn_says_why",
                condition=~Q(state=State.WITHDRAWN) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="names_have_a_basis_and_an_end",
                condition=Q(names="") | (~Q(names_basis="") & Q(names_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="the_least_period_has_a_unit",
                condition=Q(least_count__isnull=True) | ~Q(least_unit=""),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public_notices:notice", args=[self.pk])

    @property
    def period(self) -> Period:
        """How long it stands, and the least that a rule asks for."""
        least = None
        if self.least_count is not None:
            least = (self.least_count, Unit(self.least_unit))
        return Period(self.count, Unit(self.unit), least)


class Objection(models.Model):
    """What somebody objected while a notice stood, and the answer.

    `objector` is kept apart from the journal and deleted a year after the notice is over.
    """

    notice = models.ForeignKey(
        PublicNotice, models.PROTECT, related_name="objections", verbose_name=_("公示")
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    received_on = models.DateField(_("收到日期"))
    signed = models.BooleanField(_("署名"), default=False)
    objector = models.CharField(_("署的姓名或单位"), max_length=60, blank=True)
    text = models.CharField(_("异议内容"), max_length=600)
    answer_count = models.PositiveSmallIntegerField(_("答复期限"))
    answer_unit = models.CharField(_("单位"), max_length=12, choices=PeriodUnit)
    outcome = models.CharField(_("处理结果"), max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(_("核实情况和理由"), max_length=600, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记人"),
    )
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("notice", "number"), name="objections_are_numbered"),
            models.CheckConstraint(
                name="an_answer_says_when_and_why",
                condition=Q(outcome="") | (Q(answered_on__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="an_answer_comes_after_its_objection",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice} {self.number}"
