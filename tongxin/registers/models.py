"""What every record of a register has, the search index, and the forms already received."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.accounts.choices import Sensitivity
from tongxin.core.text import PIECE_LENGTH
from tongxin.divisions.models import Division

from .choices import PlaceState, Stage

QUERY_LENGTH = 1_500
PUBLIC = models.Q(sensitivity=Sensitivity.PUBLIC)
Stages = tuple[Stage, ...]
NOT_ACCEPTED = models.Q(stage__in=(Stage.DRAFT, Stage.RETURNED, Stage.SUBMITTED))
ACCEPTED: Stages = (Stage.ACCEPTED,)
WAITING: Stages = (Stage.SUBMITTED,)
STANDING: Stages = (*ACCEPTED, *WAITING)
"""What is counted, what waits, and what would be counted if all that waits were accepted."""


def counted(link: str = "", stages: Stages = ACCEPTED) -> models.Q:
    """Return the condition that a record counts in figures: in force, and accepted.

    `link` leads to a record that decides with it; `stages` lets more count than is accepted.
    """
    if len(stages) == 1:
        return models.Q(**{f"{link}void": False, f"{link}stage": stages[0]})
    return models.Q(**{f"{link}void": False, f"{link}stage__in": stages})


class Record(models.Model):
    """A named row of a register.

    `version` counts changes, so that nobody overwrites what he has not read. A void record was
    entered by mistake: it stays in the journal and on its page, and counts nowhere. Only what is
    accepted counts; `stage` says how far a record has come. `sensitivity` says who may know of it;
    what refers to a restricted record is as restricted.

    Indexes follow the order of the lists and leave `void` out: SQLite uses none that begins with it
    for `NOT void`, and the few void rows are passed over on the way.
    """

    name = models.CharField(_("名称"), max_length=60)
    sort_key = models.CharField(max_length=160, editable=False)
    initials = models.CharField(max_length=60, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    sensitivity = models.CharField(
        _("公开范围"), max_length=10, choices=Sensitivity, default=Sensitivity.INTERNAL
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        db_index=False,
        verbose_name=_("登记人"),
    )
    void = models.BooleanField(_("已作废"), default=False, editable=False)
    stage = models.CharField(
        _("审核"),
        max_length=10,
        choices=Stage,
        default=Stage.ACCEPTED,
        db_default=Stage.ACCEPTED,
        editable=False,
    )
    entered_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        abstract = True
        ordering = ("sort_key", "id")
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=("sort_key", "id"), name="%(class)s_by_name"),
            models.Index(fields=("changed_at", "id"), name="%(class)s_by_change"),
            models.Index(
                fields=("sort_key", "id"), condition=PUBLIC, name="%(class)s_public_by_name"
            ),
            models.Index(
                fields=("changed_at", "id"), condition=PUBLIC, name="%(class)s_public_by_change"
            ),
            models.Index(
                fields=("stage", "id"), condition=NOT_ACCEPTED, name="%(class)s_on_its_way"
            ),
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
    """What begins at one character of a record's name or initials: six characters at most.

    A part of a name is the beginning of a piece, so that one range of the primary key holds all
    records that have it. On PostgreSQL the column stands in the order of code points, as in SQLite.
    """

    pk = models.CompositePrimaryKey("register", "text", "subject_id")
    register = models.CharField(max_length=30)
    text = models.CharField(max_length=PIECE_LENGTH)
    subject_id = models.BigIntegerField()

    class Meta:
        indexes = (
            models.Index(fields=("register", "subject_id", "text"), name="pieces_of_a_record"),
        )

    def __str__(self) -> str:
        return self.text


class SavedView(models.Model):
    """How somebody wants to see a list: what was asked of it, under a name.

    Its link leads whoever may open it to the list, in the reader's own scope. Only its owner opens
    a view that is not shared.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("保存人")
    )
    register = models.CharField(max_length=30)
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=QUERY_LENGTH)
    shared = models.BooleanField(_("拿到链接的人可以打开"), default=False)
    first = models.BooleanField(_("打开台账时先看这个"), default=False)
    saved_at = models.DateTimeField(_("保存时间"), auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "register", "name"), name="a_view_has_a_name_of_its_own"
            ),
            models.UniqueConstraint(
                fields=("owner", "register"),
                condition=models.Q(first=True),
                name="one_view_comes_first",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registers:view", args=[self.register, self.key])


class Merging(models.Model):
    """Two records of a register that are one: the absorbed one is void and leads on to the other.

    `before` and `after` are the fields that the survivor took over, as they were and became;
    `moved` tells what points to the survivor since then, so that it can be undone.
    """

    register = models.CharField(max_length=30)
    absorbed_id = models.BigIntegerField()
    survivor_id = models.BigIntegerField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    moved = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    merged_at = models.DateTimeField(_("合并时间"), auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("register", "absorbed_id"), name="a_record_is_merged_into_one"
            ),
            models.CheckConstraint(
                name="a_record_is_not_merged_into_itself",
                condition=~models.Q(absorbed_id=models.F("survivor_id")),
            ),
        )
        indexes = (models.Index(fields=("register", "survivor_id"), name="merged_into_a_record"),)

    def __str__(self) -> str:
        return f"{self.register} {self.absorbed_id} {self.survivor_id}"


class Submission(models.Model):
    """A form that was received: sent twice, it still makes one record."""

    key = models.UUIDField(primary_key=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    register = models.CharField(max_length=30)
    subject_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.key)
