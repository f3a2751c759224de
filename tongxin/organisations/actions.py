"""Rules asked of an organisation's values, and who represents it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record

from .models import Organisation, Representative
from .queries import holder_of_code
from .rules import code_problems


def check(values: Mapping[str, Any], organisation: Any) -> Iterator[Problem]:
    """Say what stands against these values, in the register as it is today."""
    code = values.get("credit_code", getattr(organisation, "credit_code", ""))
    kind = values.get("kind", getattr(organisation, "kind", ""))
    status = values.get("status", getattr(organisation, "status", ""))
    yield from code_problems(code, kind, status)
    holder = holder_of_code(code, organisation.pk if organisation else None)
    if holder is not None:
        words = _("台账里已有这个代码：“%(name)s”。用已有的那一条，或核对代码")
        yield Problem("organisations.code_taken", words % {"name": holder.name}, "credit_code")
    founded: dt.date | None = values.get("registered_on")
    if founded and founded > timezone.localdate():
        yield Problem("organisations.future", _("成立日期不能晚于今天"), "registered_on")


@action
def appoint_representative(*, by: Any, account: Any, organisation: Organisation) -> Representative:
    """Let an account keep the page of an organisation."""
    made = Representative.objects.create(account=account, organisation=organisation)
    record(by, "organisations.represented", made, after={"organisation": organisation.name})
    return made
