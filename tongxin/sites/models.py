"""A site is a place, counted once; it may hold several designations."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.programmes.models import OccupationalGroup, ProgrammeRecord, SiteFunction
from tongxin.registers.models import Record

from .choices import DesignationKind, DesignationLevel, Finding, Standing, Verb
from .rules.lives import HOLDING


class Site(ProgrammeRecord):
    """A place shown to others as an example, for one occupational group."""

    group = models.ForeignKey(
        OccupationalGroup, models.PROTECT, related_name="sites", verbose_name=_("群体")
    )
    address = models.CharField(_("地址"), max_length=120, blank=True)
    about = models.CharField(_("特色"), max_length=300, blank=True)
    latitude = models.DecimalField(
        _("纬度"),
        max_digits=7,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(3), MaxValueValidator(54)],
    )
    longitude = models.DecimalField(
        _("经度"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(73), MaxValueValidator(136)],
    )

    class Meta(ProgrammeRecord.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *ProgrammeRecord.Meta.indexes,
            models.Index(fields=("programme", "group", "void"), name="sites_by_group"),
        )
        constraints = (
            models.CheckConstraint(
                name="a_point_has_both_of_its_numbers",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        )


class Designation(Record):
    """A naming of a site: as what, by whom, on which paper, from when until when.

    `standing` is how far it has come; it is changed by the verbs alone, never by the form. A naming
    that was entered as a fact stands as named. `standing_on` is the day of the latest step.
    """

    site = models.ForeignKey(
        Site,
        models.CASCADE,
        related_name="designations",
        verbose_name=pgettext_lazy("one", "示范点"),
        editable=False,
    )
    kind = models.CharField(
        _("命名种类"),
        max_length=16,
        choices=DesignationKind,
        default=DesignationKind.DEMONSTRATION,
        db_default=DesignationKind.DEMONSTRATION,
    )
    level = models.CharField(_("命名级别"), max_length=16, choices=DesignationLevel)
    group = models.ForeignKey(
        OccupationalGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("命名的群体"),
    )
    document = models.CharField(_("批准文件"), max_length=120, blank=True)
    legal_basis = models.CharField(_("依据"), max_length=120, blank=True)
    designated_on = models.DateField(_("命名日期"), null=True, blank=True)
    until = models.DateField(_("到期日期"), null=True, blank=True)
    review_on = models.DateField(_("复核日期"), null=True, blank=True)
    plaque = models.CharField(_("牌匾编号"), max_length=40, blank=True)
    standing = models.CharField(
        _("命名情况"),
        max_length=12,
        choices=Standing,
        default=Standing.DESIGNATED,
        db_default=Standing.DESIGNATED,
        editable=False,
    )
    standing_on = models.DateField(_("最近办理日期"), null=True, editable=False)
    due_on = models.DateField(_("办理期限"), null=True, editable=False)
    withdrawn_on = models.DateField(_("撤销日期"), null=True, editable=False)
    plaque_returned_on = models.DateField(_("牌匾收回日期"), null=True, editable=False)

    class Meta(Record.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Record.Meta.indexes,
            models.Index(fields=("level", "sort_key", "id"), name="designations_by_level"),
            models.Index(fields=("standing", "sort_key", "id"), name="designations_by_standing"),
        )
        constraints = (
            models.CheckConstraint(
                name="designation_ends_after_it_begins",
                condition=Q(until__isnull=True)
                | Q(designated_on__isnull=True)
                | Q(until__gt=F("designated_on")),
            ),
            models.CheckConstraint(
                name="what_is_withdrawn_has_its_day",
                condition=Q(standing=Standing.WITHDRAWN, withdrawn_on__isnull=False)
                | (~Q(standing=Standing.WITHDRAWN) & Q(withdrawn_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="what_is_put_right_has_its_day",
                condition=~Q(standing=Standing.RECTIFYING) | Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_not_named_has_no_day_of_naming",
                condition=Q(standing__in=sorted(HOLDING))
                | Q(standing=Standing.WITHDRAWN)
                | Q(designated_on__isnull=True),
            ),
        )


class Step(models.Model):
    """One step in the life of a naming: what was done, on which day, and why. Only added to."""

    designation = models.ForeignKey(
        Designation,
        models.CASCADE,
        related_name="steps",
        verbose_name=pgettext_lazy("one", "命名"),
    )
    verb = models.CharField(_("办理"), max_length=14, choices=Verb)
    standing = models.CharField(_("办后情况"), max_length=12, choices=Standing)
    on = models.DateField(_("办理日期"))
    due_on = models.DateField(_("期限"), null=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    made_at = models.DateTimeField(_("记录时间"), auto_now_add=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("designation", "id"), name="steps_of_a_designation"),)

    def __str__(self) -> str:
        return f"{self.on} {self.get_verb_display()}"


class Visit(Record):
    """A look at a site where it is: on which day, by which office, and what was found."""

    site = models.ForeignKey(
        Site,
        models.CASCADE,
        related_name="visits",
        verbose_name=pgettext_lazy("one", "示范点"),
        editable=False,
    )
    visited_on = models.DateField(_("核查日期"))
    visitors = models.CharField(_("核查单位"), max_length=120)
    finding = models.CharField(_("核查结论"), max_length=8, choices=Finding)
    findings = models.CharField(_("核查情况"), max_length=600, blank=True)
    sample = models.BooleanField(_("样例"), default=False, editable=False)

    class Meta(Record.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Record.Meta.indexes,
            models.Index(fields=("site", "visited_on"), name="visits_of_a_site"),
        )


class Activity(Record):
    """Something held at a site that serves one of its functions; numbers are counted from these."""

    site = models.ForeignKey(
        Site,
        models.CASCADE,
        related_name="activities",
        verbose_name=pgettext_lazy("one", "示范点"),
        editable=False,
    )
    function = models.ForeignKey(
        SiteFunction, models.PROTECT, related_name="+", verbose_name=_("功能")
    )
    held_on = models.DateField(_("活动日期"))
    attendances = models.PositiveIntegerField(_("参加人次"), null=True, blank=True)
    sample = models.BooleanField(_("样例"), default=False, editable=False)

    class Meta(Record.Meta):
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *Record.Meta.indexes,
            models.Index(fields=("site", "held_on"), name="activities_of_a_site"),
        )
