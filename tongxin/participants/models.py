"""People who agreed to be on a list, their consent, and the list of what was erased."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tongxin.divisions.models import Division

from .choices import Channel, Ending, Subject


class Participant(models.Model):
    """Somebody on the list of one training, as he gave his name.

    The same person on another list is another row: nobody is followed from list to list. The row
    goes when the consent ends; `key` is drawn by chance, so that a list of erasures can name what
    is gone without naming anybody.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("姓名"), max_length=30)
    unit = models.CharField(_("所在单位"), max_length=60, blank=True)
    contact = models.CharField(_("联系方式"), max_length=60, blank=True)
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("所属地区")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记人"),
    )

    def __str__(self) -> str:
        """Without the name: this is what the journal keeps."""
        return f"#{self.pk}"


class Consent(models.Model):
    """That somebody agreed: to which words, in which language and way, when, what for, until when.

    Rows are only ever added; the one thing that changes is the end, and with it the link to the
    person goes. A live consent has a person and an ended one has none: the table sees to it.
    """

    participant = models.OneToOneField(
        Participant, models.PROTECT, null=True, related_name="consent", verbose_name=_("参加人员")
    )
    wording = models.CharField(_("告知书版本"), max_length=20)
    wording_hash = models.CharField(_("告知书摘要"), max_length=64)
    language = models.CharField(_("语言"), max_length=10)
    channel = models.CharField(_("同意的方式"), max_length=10, choices=Channel)
    purposes = models.CharField(_("同意的用途"), max_length=60)
    given_on = models.DateField(_("同意的日期"))
    expires_on = models.DateField(_("到期日"))
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记人"),
    )
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("所属地区")
    )
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    ending = models.CharField(_("结束的原因"), max_length=10, choices=Ending, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_live_consent_has_a_person",
                condition=Q(participant__isnull=False, ended_at__isnull=True, ending="")
                | (Q(participant__isnull=True, ended_at__isnull=False) & ~Q(ending="")),
            ),
            models.CheckConstraint(
                name="a_consent_expires", condition=Q(expires_on__gt=F("given_on"))
            ),
            models.CheckConstraint(
                name="a_consent_names_words_and_purpose",
                condition=~Q(wording="") & ~Q(purposes="") & ~Q(wording_hash=""),
            ),
        )
        indexes = (
            models.Index(
                fields=("expires_on",), name="consents_live", condition=Q(ended_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return str(_("同意书 %(number)s") % {"number": self.pk})


class Erasure(models.Model):
    """That the data of somebody were erased, by a key that names nobody any more."""

    subject = models.CharField(_("对象"), max_length=12, choices=Subject)
    key = models.CharField(_("标识"), max_length=64)
    at = models.DateTimeField(_("时间"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subject", "key"), name="erased_once"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.key}"
