"""A workbook that was received, and what it did to which record."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.programmes.models import Programme
from tongxin.registers import declaration

from .choices import JobKind, JobState, Outcome, State

NAME_LENGTH = 60


class Batch(models.Model):
    """A workbook brought into a register: looked through, applied as a whole, undone as a whole.

    `programme` is the one it was sent in: on its day's map places are named, and its words are
    chosen from.

    `wishes` are what its account decided on the way: heads pointed out, cells mended. `stored` is
    the name of the file in the folder of uploads; empty once it is no longer needed. `rows` counts
    those of its sheets, none while a bulky one has not been opened: a large one is looked through
    in the background, and `looked` names what was found, in the same folder.
    """

    register = models.CharField(_("台账"), max_length=30)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, related_name="+", verbose_name=_("所属工作")
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("导入人"),
    )
    file_name = models.CharField(_("文件名"), max_length=80)
    stored = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    looked = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    name = models.CharField(_("这次导入的名称"), max_length=NAME_LENGTH, blank=True)
    reason = models.CharField(_("提醒的说明"), max_length=300, blank=True)
    wishes: Any = models.JSONField(default=dict)
    counts: Any = models.JSONField(default=dict)
    received_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    applied_at = models.DateTimeField(_("导入时间"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("account", "register", "-id"), name="batches_of_account"),)
        constraints = (
            models.CheckConstraint(
                name="an_applied_batch_has_a_name_and_a_time",
                condition=~models.Q(state__in=("applied", "undone"))
                | (models.Q(applied_at__isnull=False) & ~models.Q(name="")),
            ),
            models.CheckConstraint(
                name="an_undone_batch_has_a_time",
                condition=models.Q(state="undone", undone_at__isnull=False)
                | (~models.Q(state="undone") & models.Q(undone_at__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.file_name

    def get_absolute_url(self) -> str:
        return reverse("exchange:batch", args=[self.register, self.pk])


class Line(models.Model):
    """One row of an applied workbook: the record it made or changed, and what was there before."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    subject_id = models.BigIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    restored = models.BooleanField(default=False)
    version = models.PositiveIntegerField()
    before: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "sheet", "row"), name="a_row_is_applied_once"),
            models.UniqueConstraint(fields=("batch", "subject_id"), name="a_record_once_a_batch"),
        )

    def __str__(self) -> str:
        return f"{self.sheet} {self.row + 1}"


class Job(models.Model):
    """Work in the background that somebody asked for: one batch, or one list to take out.

    How far it has come is in no row: while a batch is applied on SQLite nobody else can write. It
    lies in a small file of the home (`background.beats`), whose age tells whether the worker lives.

    `rights` is a digest of the account's standing and password when it was asked for; with others
    it is not done. `said` holds what stood against it; `stored` the file that came of it.
    """

    kind = models.CharField(max_length=10, choices=JobKind)
    register = models.CharField(max_length=30)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.CASCADE, null=True, related_name="jobs")
    wishes: Any = models.JSONField(default=dict)
    rights = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    said: Any = models.JSONField(default=list)
    stored = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("account", "register", "-id"), name="jobs_of_account"),
            models.Index(
                fields=("id",),
                name="jobs_to_be_done",
                condition=models.Q(state__in=("waiting", "running")),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("batch",),
                condition=models.Q(state__in=("waiting", "running")),
                name="one_job_at_a_time_for_a_batch",
            ),
        )

    def __str__(self) -> str:
        return str(declaration.get(self.register).title)

    def get_absolute_url(self) -> str:
        return reverse("exchange:job", args=[self.register, self.pk])
