"""The record of acts: one row for each change, written in the change's own transaction."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from .choices import words_for


class Entry(models.Model):
    """Who did what to which record, and its fields before and after. Rows are only ever added.

    `place_id` is the division that answers for the record: who oversees it may read the entry.
    """

    at = models.DateTimeField(_("时间"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="acts",
        verbose_name=_("操作人"),
    )
    verb = models.CharField(_("动作"), max_length=60)
    subject_type = models.CharField(_("对象类型"), max_length=60)
    subject_id = models.BigIntegerField(_("对象编号"))
    place_id = models.BigIntegerField(_("地区编号"), null=True)
    subject_name = models.CharField(_("对象名称"), max_length=200, blank=True)
    before = models.JSONField(_("原值"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("新值"), default=dict, encoder=DjangoJSONEncoder)
    facts = models.JSONField(_("其他"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("subject_type", "subject_id", "-id"), name="journal_by_subject"),
            models.Index(fields=("place_id", "-id"), name="journal_by_place"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name}"

    @property
    def done(self) -> str:
        """What was done, in words."""
        return words_for(self.verb)
