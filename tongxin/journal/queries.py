"""What the journal tells of one record, or of all, and how far it is sealed."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongxin.core.errors import Problem

from . import rules, verifier
from .models import Checkpoint, Entry, SigningKey


@dataclass(frozen=True, slots=True)
class Printed:
    """The head of the chain as it is printed on an export: whoever holds it is a witness."""

    sequence: int
    hash: str

    @property
    def digits(self) -> str:
        """The hash as eight groups of five digits."""
        return verifier.digits_of(self.hash)

    def __str__(self) -> str:
        return f"{self.sequence} {self.digits}"


def entries_of(subject: models.Model) -> models.QuerySet[Entry]:
    """The acts on one record, newest first, with their actors."""
    return (
        Entry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("actor")
        .prefetch_related("personal")
    )


def head() -> Printed:
    """The newest entry, as a witness notes it down; number 0 of an empty journal."""
    newest = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return Printed(*(newest or (0, verifier.NOTHING)))


def sealed_up_to() -> int:
    """The number of the last entry that a checkpoint covers."""
    return Checkpoint.objects.values_list("last", flat=True).first() or 0


def waiting_since() -> dt.datetime | None:
    """When the oldest entry without a seal was written; None where none waits.

    A home in which no key was ever enrolled has no seals, and nothing waits for them.
    """
    if not SigningKey.objects.exists():
        return None
    waiting = Entry.objects.filter(sequence__gt=sealed_up_to()).order_by("sequence")
    return waiting.values_list("at", flat=True).first()


def sealing_problems() -> list[Problem]:
    """Why nothing that has to be sealed may be written now; empty when all is well."""
    since = waiting_since()
    if not rules.stopped(since, timezone.now()):
        return []
    return [Problem("journal.unsealed", UNSEALED)]


UNSEALED = _(
    "操作日志已经超过四小时没有封存，资金和验收暂停填写，其他照常。"
    "联系系统管理员检查签名程序（tongxin sign），恢复后再提交"
)
