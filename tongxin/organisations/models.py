"""Social organisations, and the accounts that keep their own page."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongxin.registers.models import PlacedRecord

from .choices import DemonstrationLevel, OrganisationKind, Status


class Organisation(PlacedRecord):
    """A social organisation: registered, filed in its community, or with a name approved.

    The division is where it works. Positions 3 to 8 of its code keep the registrar's division at
    the time of issue, so no place is ever derived from the code.
    """

    kind = models.CharField(_("种类"), max_length=10, choices=OrganisationKind)
    status = models.CharField(
        _("登记状态"), max_length=14, choices=Status, default=Status.REGISTERED
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    registrar = models.CharField(_("登记或备案机关"), max_length=60, blank=True)
    demonstration = models.CharField(
        _("示范性社会组织"), max_length=10, choices=DemonstrationLevel, blank=True
    )
    registered_on = models.DateField(_("成立日期"), null=True, blank=True)
    work = models.CharField(_("业务范围"), max_length=300, blank=True)
    sample = models.BooleanField(_("样例"), default=False, editable=False)

    class Meta(PlacedRecord.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("credit_code",),
                condition=~Q(credit_code="") & Q(void=False),
                name="a_code_is_held_once",
            ),
            models.CheckConstraint(
                name="a_registered_organisation_has_a_code",
                condition=~Q(status=Status.REGISTERED) | ~Q(credit_code=""),
            ),
        )
        indexes: ClassVar[tuple[models.Index, ...]] = (
            *PlacedRecord.Meta.indexes,
            models.Index(fields=("kind", "sort_key", "id"), name="organisations_by_kind"),
            models.Index(fields=("status", "sort_key", "id"), name="organisations_by_status"),
            models.Index(
                fields=("demonstration", "sort_key", "id"), name="organisations_by_demonstration"
            ),
            # In the list of a county each of its places leads to its own rows in these orders.
            models.Index(fields=("division", "kind", "sort_key", "id"), name="kinds_by_place"),
            models.Index(fields=("division", "status", "sort_key", "id"), name="statuses_by_place"),
            models.Index(
                fields=("division", "demonstration", "sort_key", "id"),
                name="demonstrations_by_place",
            ),
            models.Index(
                fields=("demonstration", "division"),
                name="organisations_demonstrating",
                condition=~Q(demonstration=""),
            ),
        )


class Representative(models.Model):
    """An account that keeps the page of its own organisation."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="representatives", verbose_name=_("组织")
    )

    personal_in_journal: ClassVar[tuple[str, ...]] = ("subject_name",)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "organisation"), name="represents_once"),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.organisation}"
