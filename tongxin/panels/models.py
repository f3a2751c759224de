"""Panels of experts and committees, and their members."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.divisions.models import Division

from .choices import (
    Averaging,
    Conflict,
    Kind,
    Majority,
    MemberState,
    Outcome,
    PanelState,
    Quorum,
    Vote,
)


class Panel(models.Model):
    """People called together to judge one thing: `topic` says of which kind, `topic_id` which.

    Experts score and are averaged; a committee votes on `proposal`. How is stated when it is
    called together, and never changed after.
    """

    topic = models.CharField(max_length=20)
    topic_id = models.BigIntegerField()
    kind = models.CharField(_("评审方式"), max_length=10, choices=Kind)
    title = models.CharField(_("评什么"), max_length=200)
    proposal = models.CharField(_("表决事项"), max_length=300, blank=True)
    place = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("所属地区")
    )
    averaging = models.CharField(
        _("怎么合成"), max_length=10, choices=Averaging, default=Averaging.MEAN
    )
    quorum = models.CharField(
        _("到会要求"), max_length=12, choices=Quorum, default=Quorum.TWO_THIRDS
    )
    majority = models.CharField(
        _("通过要求"), max_length=20, choices=Majority, default=Majority.OF_ALL
    )
    state = models.CharField(_("状态"), max_length=10, choices=PanelState, default=PanelState.OPEN)
    outcome = models.CharField(_("表决结果"), max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(_("撤销的原因"), max_length=300, blank=True)
    convened_at = models.DateTimeField(_("召集时间"))
    convened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("召集人"),
    )
    closed_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("topic", "topic_id", "kind"), name="panels_of_a_topic"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("topic", "topic_id"),
                condition=Q(state=PanelState.OPEN),
                name="one_open_panel_of_a_topic",
            ),
            models.CheckConstraint(
                name="a_panel_that_is_over_says_when",
                condition=Q(state=PanelState.OPEN) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_committee_that_closed_has_its_outcome",
                condition=~Q(kind=Kind.COMMITTEE, state=PanelState.CLOSED) | ~Q(outcome=""),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("panels:panel", args=[self.pk])


class Member(models.Model):
    """Somebody on a panel: what he declared, what he gave or voted, and how far he is.

    `told` is what an expert gave, in the words of the room that asked; nobody else reads it before
    having handed in himself.
    """

    panel = models.ForeignKey(
        Panel, models.PROTECT, related_name="members", verbose_name=_("评审组")
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("成员")
    )
    state = models.CharField(
        _("进度"), max_length=10, choices=MemberState, default=MemberState.ASKED
    )
    conflict = models.CharField(_("利害关系"), max_length=10, choices=Conflict, blank=True)
    told = models.TextField(_("评分"), blank=True)
    revision = models.PositiveIntegerField(_("修改次数"), default=1)
    vote = models.CharField(_("表决"), max_length=10, choices=Vote, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    declared_at = models.DateTimeField(_("声明时间"), null=True)
    handed_in_at = models.DateTimeField(_("提交时间"), null=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("panel", "account"), name="nobody_sits_twice"),
            models.CheckConstraint(
                name="whoever_judges_has_declared_no_conflict",
                condition=~Q(state__in=(MemberState.CLEARED, MemberState.IN))
                | Q(conflict=Conflict.NONE, declared_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_handed_in_has_its_time",
                condition=~Q(state=MemberState.IN) | Q(handed_in_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.panel} {self.pk}"
