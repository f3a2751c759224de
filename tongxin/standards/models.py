"""Standards, their versions, and assessments by them.

A version is one text with its hash: docs/decisions/0016.
"""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.divisions.models import Division
from tongxin.registers import declaration

from .choices import Stage, State
from .rules import tree
from .rules.reading import standard_of
from .rules.texts import told_by


class Standard(models.Model):
    """A scored standard; what it says stands in its versions.

    Without a division it came with the product: it is read, scored with and copied, not changed.
    """

    key = models.SlugField(_("代号"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="standards",
        verbose_name=_("编写地区"),
    )

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("standards:standard", args=[self.key])


class Version(models.Model):
    """One version of a standard, whole: `text` is its canonical text, `sha256` the hash of it."""

    standard = models.ForeignKey(
        Standard, models.CASCADE, related_name="versions", verbose_name=_("标准")
    )
    number = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    text = models.TextField(_("内容"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    revision = models.PositiveIntegerField(_("修改次数"), default=1)
    changed_at = models.DateTimeField(_("修改时间"))
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("发布人"),
    )

    class Meta:
        ordering = ("standard", "-number")
        constraints = (
            models.UniqueConstraint(fields=("standard", "number"), name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=("standard",),
                condition=Q(state=State.DRAFT),
                name="one_draft_of_a_standard",
            ),
            models.CheckConstraint(
                name="a_published_version_says_when",
                condition=Q(state=State.DRAFT) | Q(published_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.standard} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("standards:version", args=[self.standard.key, self.number])

    @cached_property
    def tree(self) -> tree.Standard:
        """The version as a value."""
        return standard_of(told_by(self.text))


class Assessment(models.Model):
    """One subject assessed by one version in one round: a site, a base or an organisation.

    `told` holds, by stage, values by clause code, conditions by name, and the reasons at clauses;
    `result` what came of it when it was decided, as programs read it, whatever is published later.
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
    result = models.TextField(_("评定结果"), blank=True)
    total = models.DecimalField(_("总分"), max_digits=16, decimal_places=6, null=True, blank=True)
    grade = models.CharField(_("等级"), max_length=40, blank=True)
    decided_on = models.DateField(_("评定日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    certificate = models.CharField(_("证书编号"), max_length=40, blank=True)
    plaque = models.CharField(_("牌匾编号"), max_length=40, blank=True)

    class Meta:
        ordering = ("-changed_at", "-id")
        indexes = (
            models.Index(fields=("register", "subject_id"), name="assessments_of_a_subject"),
        )
        constraints = (
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
        return reverse("standards:assessment", args=[self.pk])

    @property
    def subject_url(self) -> str:
        """The page of what is assessed."""
        return reverse("registers:record", args=[self.register, self.subject_id])

    @property
    def kind(self) -> str:
        """What is assessed, in a word."""
        return str(declaration.get(self.register).title)
