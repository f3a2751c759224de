"""The record of acts: one row for each change, chained to the row before it, and its seals."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from .choices import Side, words_for

HASH_LENGTH = 64


class Entry(models.Model):
    """Who did what to which record, and its fields before and after. Rows are only ever added.

    `place_id` is the division that answers for the record: who oversees it may read the entry.
    `hash` covers number, content, and the hash of the entry before; the triggers of migration
    0004 refuse every change of a row. Where a value is personal the row keeps a salted commitment
    of it, and `PersonalValue` the value.
    """

    sequence = models.BigIntegerField(_("序号"), unique=True)
    previous = models.CharField(max_length=HASH_LENGTH)
    hash = models.CharField(max_length=HASH_LENGTH)
    at = models.DateTimeField(_("时间"))
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
    name_commitment = models.CharField(max_length=HASH_LENGTH, blank=True)
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


class PersonalValue(models.Model):
    """A value that belongs to a person: the entry holds its commitment, this row may be erased.

    Without value and salt the commitment tells nothing, and the chain is as whole as before.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="personal")
    side = models.CharField(max_length=8, choices=Side)
    field = models.CharField(max_length=60)
    salt = models.CharField(max_length=HASH_LENGTH)
    value = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("entry", "side", "field"), name="one_personal_value"),
        )

    def __str__(self) -> str:
        return f"{self.side} {self.field}"


class Head(models.Model):
    """The end of the chain: one row, locked while entries are added.

    It is kept for speed and not trusted: `tongxin verify` finds the end by itself.
    """

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=HASH_LENGTH)
    algorithm = models.CharField(max_length=10)

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


class SigningKey(models.Model):
    """The public half of a key that signs checkpoints from `since` on, signed by the key before."""

    public = models.CharField(_("公钥"), max_length=64, unique=True)
    by = models.CharField(max_length=64, blank=True)
    since = models.BigIntegerField()
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return self.public[:16]


class Checkpoint(models.Model):
    """A seal over the entries `first` to `last`: their Merkle root, signed."""

    number = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=HASH_LENGTH, blank=True)
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=HASH_LENGTH)
    head = models.CharField(max_length=HASH_LENGTH)
    algorithm = models.CharField(max_length=10)
    at = models.DateTimeField()
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.first}–{self.last}"
