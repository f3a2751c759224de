"""Assessments, the grades they gave, what became of these, and the evidence at each clause."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.divisions.models import Division
from tongxin.files.models import Attachment
from tongxin.public_notices.models import PublicNotice
from tongxin.registers import declaration
from tongxin.standards.models import Version

from .choices import Finding, Holding, Lowering, Stage


class Assessment(models.Model):
    """One subject assessed by one version in one round: a site, a base or an organisation.

    `told` holds, by stage, values by clause code, conditions by name, and the reasons at clauses;
    of the experts their averaged scores, of the committee which panel it is. `result` is what came
    of it when it was decided, as programs read it, whatever is published later.
    """

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="assessments", verbose_name=_("标准版本")
    )
    register = models.CharField(_("评估对象的台账"), max_length=30)
    subject_id = models.BigIntegerField(_("评估对象的编号"))
    name = models.CharField(_("评估对象"), max_length=120)
    place = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("所属地区")
    )
    round = models.CharField(_("轮次"), max_length=40)
    state = models.CharField(_("进度"), max_length=10, choices=Stage, default=Stage.SELF)
    told = models.TextField(_("填报内容"), default="{}")
    revision = models.PositiveIntegerField(_("修改次数"), default=1)
    changed_at = models.DateTimeField(_("修改时间"))
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("自评提交人"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("初审人"),
    )
    result = models.TextField(_("评定结果"), blank=True)
    total = models.DecimalField(_("总分"), max_digits=16, decimal_places=6, null=True, blank=True)
    grade = models.CharField(_("等级"), max_length=40, blank=True)
    decided_on = models.DateField(_("评定日期"), null=True, blank=True)

    moves_with_its_record: ClassVar[Q] = Q()
    """Which of them go over to the record into which theirs is merged: all."""

    class Meta:
        ordering = ("-changed_at", "-id")
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("register", "subject_id"), name="assessments_of_a_subject"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("version", "register", "subject_id", "round"),
                name="one_assessment_in_a_round",
            ),
            models.CheckConstraint(
                name="a_decided_assessment_has_its_result",
                condition=~Q(state=Stage.DECIDED)
                | (~Q(result="") & Q(decided_on__isnull=False) & Q(total__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:assessment", args=[self.pk])

    @property
    def stays_where_doubled(self) -> bool:
        """Whether it stays with a merged subject where the other one has its own of the round.

        What was decided of either was decided; what is open is done once.
        """
        return self.state == Stage.DECIDED

    @property
    def subject_url(self) -> str:
        """The page of what is assessed."""
        return reverse("registers:record", args=[self.register, self.subject_id])

    @property
    def kind(self) -> str:
        """What is assessed, in a word."""
        return str(declaration.get(self.register).title)


class Grade(models.Model):
    """The grade that an assessment gave, from its proposal to its end.

    A grade that is publicised first is in force from the day on which it is confirmed. Whether it
    has run out is asked of `valid_until`, not stored.
    """

    assessment = models.OneToOneField(
        Assessment, models.PROTECT, related_name="standing", verbose_name=_("评估表")
    )
    name = models.CharField(_("等级"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=Holding, default=Holding.PROPOSED)
    notice = models.ForeignKey(
        PublicNotice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("公示"),
    )
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    certificate = models.CharField(_("证书编号"), max_length=40, blank=True)
    plaque = models.CharField(_("牌匾编号"), max_length=40, blank=True)
    revision = models.PositiveIntegerField(_("修改次数"), default=1)

    class Meta:
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="a_grade_in_force_has_its_days",
                condition=~Q(state=Holding.IN_FORCE)
                | Q(confirmed_on__isnull=False, valid_until__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessment} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:assessment", args=[self.assessment_id])


class GradeChange(models.Model):
    """A grade that became another one, or none: why, on what ground, and the papers to return."""

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="changes", verbose_name=_("等级"))
    kind = models.CharField(_("变动"), max_length=10, choices=Lowering)
    before = models.CharField(_("原等级"), max_length=40)
    after = models.CharField(_("现等级"), max_length=40, blank=True)
    on = models.DateField(_("日期"))
    basis = models.CharField(_("依据"), max_length=120)
    reason = models.CharField(_("原因"), max_length=300)
    return_by = models.DateField(_("最迟交回证书和牌匾"), null=True, blank=True)
    returned_on = models.DateField(_("交回日期"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="only_a_withdrawal_leaves_no_grade",
                condition=Q(kind=Lowering.WITHDRAWN, after="")
                | (~Q(kind=Lowering.WITHDRAWN) & ~Q(after="")),
            ),
            models.CheckConstraint(
                name="papers_come_back_after_the_change",
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.grade} {self.get_kind_display()}"


class Appeal(models.Model):
    """What the assessed say against a proposed grade while its notice stands, and the answer.

    `proposed` is the grade on which the committee of re-examination votes.
    """

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="appeals", verbose_name=_("等级"))
    number = models.PositiveSmallIntegerField(_("序号"))
    received_on = models.DateField(_("收到日期"))
    text = models.CharField(_("复核理由"), max_length=600)
    proposed = models.CharField(_("提交表决的等级"), max_length=40, blank=True)
    finding = models.CharField(_("复核决定"), max_length=10, choices=Finding, blank=True)
    reason = models.CharField(_("决定的理由"), max_length=600, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    told_on = models.DateField(_("书面告知日期"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记人"),
    )

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("grade", "number"), name="appeals_are_numbered"),
            models.UniqueConstraint(
                fields=("grade",), condition=Q(finding=""), name="one_open_appeal_of_a_grade"
            ),
            models.CheckConstraint(
                name="an_appeal_that_is_decided_says_when_and_why",
                condition=Q(finding="")
                | (Q(decided_on__isnull=False, told_on__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="an_appeal_is_decided_after_it_came",
                condition=Q(decided_on__isnull=True)
                | Q(decided_on__gte=F("received_on"), told_on__gte=F("decided_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.grade} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:appeal", args=[self.pk])


class Evidence(models.Model):
    """A paper of the assessed that stands for a clause; one paper may stand for several."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="evidence", verbose_name=_("评估表")
    )
    code = models.CharField(_("条目编号"), max_length=20)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="+", verbose_name=_("附件")
    )

    class Meta:
        ordering = ("code", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("assessment", "code", "attachment"), name="a_paper_once_at_a_clause"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessment} {self.code}"
