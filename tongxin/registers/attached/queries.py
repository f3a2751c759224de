"""The attachments of a record, for those who may open them."""

from typing import Any

from django.db import models

from tongxin.files.models import Attachment
from tongxin.files.queries import attachments_of
from tongxin.registers.declaration import Register

from .permissions import open_to

SHOWN = 20


def opened(account: Any, register: Register, record: models.Model) -> models.QuerySet[Attachment]:
    """Return the attachments of a record that an account may open, removed ones among them."""
    condition = open_to(account, register, record)
    return attachments_of(register.key, record.pk, condition)


def attached_to(account: Any, register: Register, record: models.Model) -> dict[str, Any]:
    """Return what the page of a record shows of its attachments. Two queries."""
    rows = opened(account, register, record).order_by("void", "id")
    found = list(rows[: SHOWN + 1])
    in_force = [each for each in found if not each.void]
    return {"rows": in_force[:SHOWN], "more": len(found) > len(in_force[:SHOWN])}
