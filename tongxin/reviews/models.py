"""Where a record stands on its way to being counted, and every step that brought it there."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.divisions.models import Division
from tongxin.registers.choices import Stage

from .choices import Kind


class Review(models.Model):
    """The way of one record: whose turn it is, which version, and what a reviewer should look at.

    `name`, `place` and `state` are the record's own, kept here so that a queue over all registers
    is one table; they are written in the same transaction. `accepted` holds the fields of the last
    accepted version, against which the next one is read. `turn` is the division that decides now;
    whoever accepts for it, or for one above it, may. `author` wrote the version that waits.
    `in_order` says that nothing was noticed, and nothing that was accepted has changed.
    """

    register = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    name = models.CharField(_("名称"), max_length=60)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+")
    turn = models.ForeignKey(Division, models.PROTECT, related_name="+", null=True)
    state = models.CharField(_("状态"), max_length=10, choices=Stage)
    version = models.PositiveIntegerField()
    hits = models.JSONField(default=list)
    changed = models.JSONField(default=list)
    in_order = models.BooleanField(default=False)
    accepted = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    cosigner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    submitted_at = models.DateTimeField(_("提交时间"), null=True)

    class Meta:
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("register", "subject_id"), name="one_review_a_record"),
            models.CheckConstraint(
                name="what_waits_has_an_author_and_a_turn",
                condition=~Q(state=Stage.SUBMITTED)
                | Q(author__isnull=False, turn__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_what_waits_is_asked_of_somebody",
                condition=Q(state=Stage.SUBMITTED)
                | Q(assignee__isnull=True, cosigner__isnull=True),
            ),
        )
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("state", "in_order", "id"), name="reviews_in_their_queue"),
            models.Index(fields=("opened_by", "id"), name="reviews_by_opener"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reviews:review", args=[self.pk])


class Step(models.Model):
    """One step of a review: who did what, why, and to which version. Rows are only added.

    `values` are the fields of the version that a step brought, so that whoever decides on what he
    read can be shown what has changed since. Steps of one press of a button share a `batch`.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField()
    field = models.CharField(max_length=40, blank=True)
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    values = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    batch = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    """What the review was before a step that can be undone."""

    class Meta:
        ordering = ("id",)
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("batch",), name="steps_of_a_press"),
            models.Index(fields=("by", "id"), name="steps_by_account"),
        )
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="what_goes_back_says_why",
                condition=~Q(kind=Kind.RETURNED) | ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.review_id}"
