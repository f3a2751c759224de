"""Standards and their versions.

A version is one text with its hash: docs/decisions/0016.
"""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongxin.divisions.models import Division

from .choices import State
from .rules import tree
from .rules.reading import standard_of
from .rules.texts import told_by


class Standard(models.Model):
    """A scored standard; what it says stands in its versions.

    Without a division it came with the product: it is read, scored with and copied, not changed.
    """

    key = models.SlugField(_("代号"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="standards",
        verbose_name=_("编写地区"),
    )

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("standards:standard", args=[self.key])


class Version(models.Model):
    """One version of a standard, whole: `text` is its canonical text, `sha256` the hash of it."""

    standard = models.ForeignKey(
        Standard, models.CASCADE, related_name="versions", verbose_name=_("标准")
    )
    number = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    text = models.TextField(_("内容"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    revision = models.PositiveIntegerField(_("修改次数"), default=1)
    changed_at = models.DateTimeField(_("修改时间"))
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("发布人"),
    )

    class Meta:
        ordering = ("standard", "-number")
        constraints = (
            models.UniqueConstraint(fields=("standard", "number"), name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=("standard",),
                condition=Q(state=State.DRAFT),
                name="one_draft_of_a_standard",
            ),
            models.CheckConstraint(
                name="a_published_version_says_when",
                condition=Q(state=State.DRAFT) | Q(published_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.standard} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("standards:version", args=[self.standard.key, self.number])

    @cached_property
    def tree(self) -> tree.Standard:
        """The version as a value."""
        return standard_of(told_by(self.text))
