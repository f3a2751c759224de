"""Attachments of records, and each file that was ever uploaded for one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.choices import Sensitivity

from .choices import FileKind
from .rules import NAME_LENGTH, size_words

CHECKSUM = 64


class Attachment(models.Model):
    """A paper that belongs to a record: which register, which record, and who may know of it.

    `name` is that of its newest revision. A removed one stays, with all its revisions, and can be
    brought back.
    """

    register = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    name = models.CharField(_("文件名"), max_length=NAME_LENGTH)
    sensitivity = models.CharField(
        _("公开范围"), max_length=10, choices=Sensitivity, default=Sensitivity.INTERNAL
    )
    newest = models.PositiveIntegerField(default=1)
    void = models.BooleanField(_("已移除"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("上传人"),
    )
    entered_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("register", "subject_id", "id"), name="attachments_of_a_record"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def weight(self) -> str:
        """The size of the newest file in words, where the query asked for it."""
        return size_words(getattr(self, "size", 0))


class Revision(models.Model):
    """One uploaded file. It is written once; another upload is another revision.

    `stored` is a random name, under which the content lies on the shelf. `declared` is the type
    that came with the file; `kind` is what its content was found to be.
    """

    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("文件名"), max_length=NAME_LENGTH)
    stored = models.CharField(max_length=40, unique=True)
    kind = models.CharField(_("文件类型"), max_length=8, choices=FileKind)
    declared = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(_("大小"))
    sha256 = models.CharField(_("校验值"), max_length=CHECKSUM)
    cleaned = models.BooleanField(default=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("上传人"),
    )
    received_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        ordering = ("attachment", "-number")
        constraints = (
            models.UniqueConstraint(fields=("attachment", "number"), name="one_revision_a_number"),
            models.CheckConstraint(name="revision_holds_something", condition=Q(size__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def weight(self) -> str:
        """The size in words."""
        return size_words(self.size)
