"""Rules asked of an organisation's values, and who represents it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record
from tongxin.registers.lookups import IN_FORCE, Once, Taken

from .models import Organisation, Representative
from .rules import code_problems

ONE_OF_A_CODE = Once(Organisation, "credit_code", held=~Q(credit_code="") & IN_FORCE)
"""A code is held by one organisation in force; one that has none stands in nobody's way."""


def check_organisations(rows: Sequence[Mapping[str, Any]]) -> Callable[..., Iterator[Problem]]:
    """Return what says what stands against organisations, in the register as it is today."""
    return partial(_against, ONE_OF_A_CODE.taken_among(rows))


def _against(taken: Taken, values: Mapping[str, Any], organisation: Any) -> Iterator[Problem]:
    code = values.get("credit_code", getattr(organisation, "credit_code", ""))
    kind = values.get("kind", getattr(organisation, "kind", ""))
    status = values.get("status", getattr(organisation, "status", ""))
    yield from code_problems(code, kind, status)
    if taken(values, organisation):
        # Whose it is stays unsaid: the holder may lie outside the sight of whoever asks.
        words = _("台账里已有统一社会信用代码“%(code)s”。按代码查到已有的那一条，或核对代码")
        yield Problem("organisations.code_taken", words % {"code": code}, "credit_code")
    founded: dt.date | None = values.get("registered_on")
    if founded and founded > timezone.localdate():
        yield Problem("organisations.future", _("成立日期不能晚于今天"), "registered_on")


@action
def appoint_representative(*, by: Any, account: Any, organisation: Organisation) -> Representative:
    """Let an account keep the page of an organisation."""
    made = Representative.objects.create(account=account, organisation=organisation)
    record(by, "organisations.represented", made, after={"organisation": organisation.name})
    return made
