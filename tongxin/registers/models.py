"""What every record of a register has, the search index, and the forms already received."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.divisions.models import Division

from .choices import PlaceState


class Record(models.Model):
    """A named row of a register.

    `version` counts changes, so that nobody overwrites what he has not read. A void record was
    entered by mistake: it stays in the journal and on its page, and counts nowhere.

    Indexes follow the order of the lists and leave `void` out: SQLite uses none that begins with it
    for `NOT void`, and the few void rows are passed over on the way.
    """

    name = models.CharField(_("名称"), max_length=60)
    sort_key = models.CharField(max_length=160, editable=False)
    initials = models.CharField(max_length=60, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    void = models.BooleanField(_("已作废"), default=False, editable=False)
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        abstract = True
        ordering = ("sort_key", "id")
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("sort_key", "id"), name="%(class)s_by_name"),
            models.Index(fields=("changed_at", "id"), name="%(class)s_by_change"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registers:record", args=[self.register_key, self.pk])

    @property
    def register_key(self) -> str:
        """The key of the register that this kind of record stands in."""
        from .declaration import key_of  # noqa: PLC0415  the declaration knows the models

        return key_of(type(self))


class PlacedRecord(Record):
    """A record that belongs to a division.

    `division` is who answers for it and decides who sees it. Where a document writes the place in
    its own way, `place_text` keeps those words; when they name no unit, the state says so.
    """

    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("所属地区")
    )
    place_text = models.CharField(_("原文地名"), max_length=60, blank=True)
    place_state = models.CharField(
        _("地区情况"),
        max_length=12,
        choices=PlaceState,
        default=PlaceState.STATED,
        editable=False,
    )

    class Meta(Record.Meta):
        abstract = True
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Record.Meta.indexes,
            models.Index(fields=("division", "sort_key", "id", "void"), name="%(class)s_by_place"),
            models.Index(
                fields=("division", "changed_at", "id", "void"), name="%(class)s_by_place_news"
            ),
        )


class Piece(models.Model):
    """One piece of a record's name or initials: a character or an overlapping pair."""

    pk = models.CompositePrimaryKey("register", "text", "subject_id")
    register = models.CharField(max_length=30)
    text = models.CharField(max_length=4)
    subject_id = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=("register", "subject_id"), name="pieces_of_a_record"),)

    def __str__(self) -> str:
        return self.text


class Submission(models.Model):
    """A form that was received: sent twice, it still makes one record."""

    key = models.UUIDField(primary_key=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    register = models.CharField(max_length=30)
    subject_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.key)
