"""Divisions live in time: a permanent identity, and everything else dated."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .choices import ChangeKind, CodeSystem, DatePrecision, Level


class Division(models.Model):
    """A permanent identity; names, codes, levels and parents are dated rows that point to it."""

    key = models.SlugField(_("标识"), unique=True, max_length=60)
    position = models.PositiveIntegerField(_("习惯排列顺序"), default=0)
    tile_row = models.PositiveSmallIntegerField(_("方格图行"), null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(_("方格图列"), null=True, blank=True)

    class Meta:
        ordering = ("position", "key")

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("divisions:division", args=[self.key])


class DatedModel(models.Model):
    """A row that holds from a day (empty: always) up to but not including another (empty: open)."""

    since = models.DateField(_("生效日期"), null=True, blank=True)
    until = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
        )


class Version(DatedModel):
    """Name, level and parent of a division for a time."""

    division = models.ForeignKey(Division, models.CASCADE, related_name="versions")
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="child_versions"
    )
    is_zone = models.BooleanField(_("功能区"), default=False)
    precision = models.CharField(
        _("日期精度"), max_length=8, choices=DatePrecision, default=DatePrecision.EXACT
    )
    # Derived from the name by `actions.drafts`: how it is compared, sorted and searched.
    plain_name = models.CharField(max_length=60, editable=False)
    sort_key = models.CharField(max_length=160, editable=False)
    initials = models.CharField(max_length=60, editable=False)

    class Meta(DatedModel.Meta):
        ordering = ("division", "since")
        constraints = (  # type: ignore[assignment]  # one more than the rows it is made like
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=("division", "since"), name="one_version_begins_on_a_day"
            ),
            models.UniqueConstraint(
                fields=("division",),
                condition=Q(since__isnull=True),
                name="one_version_is_the_first",
            ),
            models.UniqueConstraint(
                fields=("division",), condition=Q(until__isnull=True), name="one_version_is_open"
            ),
        )
        indexes = (
            models.Index(fields=("parent", "since"), name="versions_by_parent"),
            models.Index(fields=("plain_name",), name="versions_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class Code(DatedModel):
    """The number of a division in one code system for a time. Codes are never cut into prefixes."""

    division = models.ForeignKey(Division, models.CASCADE, related_name="codes")
    system = models.CharField(_("代码体系"), max_length=8, choices=CodeSystem)
    code = models.CharField(_("代码"), max_length=12)

    class Meta(DatedModel.Meta):
        ordering = ("division", "system", "since")
        indexes = (models.Index(fields=("code", "system"), name="codes_by_code"),)

    def __str__(self) -> str:
        return self.code


class Alias(DatedModel):
    """Another name by which people write of a division; it never replaces the official one."""

    division = models.ForeignKey(Division, models.CASCADE, related_name="aliases")
    name = models.CharField(_("别称"), max_length=60)
    plain_name = models.CharField(max_length=60, editable=False)
    source = models.CharField(_("出处"), max_length=200, blank=True)

    class Meta(DatedModel.Meta):
        ordering = ("name",)
        indexes = (models.Index(fields=("plain_name",), name="aliases_by_name"),)

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """An event of the tree, with the days on which it was decided, published and effective."""

    kind = models.CharField(_("种类"), max_length=10, choices=ChangeKind)
    decided_on = models.DateField(_("批准日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    effective_on = models.DateField(_("实施日期"))
    document = models.CharField(_("文号"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        ordering = ("effective_on", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.effective_on}"


class Succession(models.Model):
    """Who follows whom through a change; a share below one is a split that must be apportioned."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(Division, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Division, models.CASCADE, related_name="precessions")
    share = models.DecimalField(_("比例"), max_digits=6, decimal_places=5, default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("change", "predecessor", "successor"), name="a_succession_is_stated_once"
            ),
            models.CheckConstraint(
                name="a_share_is_part_of_one", condition=Q(share__gt=0) & Q(share__lte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} > {self.successor}"


class Reach(DatedModel):
    """What stands below a division on a day: itself, its subtree, and those it has succeeded.

    Derived from versions and successions by `actions.rebuild_reach`; scope is asked of this table.
    """

    ancestor = models.ForeignKey(Division, models.CASCADE, related_name="reaches")
    descendant = models.ForeignKey(Division, models.CASCADE, related_name="reached_from")

    class Meta(DatedModel.Meta):
        indexes = (
            models.Index(fields=("ancestor", "descendant"), name="reach_down"),
            models.Index(fields=("descendant", "ancestor"), name="reach_up"),
        )

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"
