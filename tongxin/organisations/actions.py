"""Rules asked of an organisation's values, and who represents it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record

from .models import Organisation, Representative
from .queries import holder_of_code, holders_of_codes
from .rules import code_problems


def check(values: Mapping[str, Any], organisation: Any) -> Iterator[Problem]:
    """Say what stands against these values, in the register as it is today."""
    yield from _check(values, organisation, lambda code, own: holder_of_code(code, own) is not None)


def check_rows(rows: Iterable[Mapping[str, Any]]) -> Callable[..., Iterator[Problem]]:
    """Return the same check for many rows, with the holders of their codes looked up in bulk."""
    holders = holders_of_codes(row.get("credit_code") or "" for row in rows)

    def taken(code: str, own: int | None) -> bool:
        return holders.get(code, own) != own

    return lambda values, organisation: _check(values, organisation, taken)


def _check(
    values: Mapping[str, Any], organisation: Any, taken: Callable[[str, int | None], bool]
) -> Iterator[Problem]:
    code = values.get("credit_code", getattr(organisation, "credit_code", ""))
    kind = values.get("kind", getattr(organisation, "kind", ""))
    status = values.get("status", getattr(organisation, "status", ""))
    yield from code_problems(code, kind, status)
    if taken(code, organisation.pk if organisation else None):
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
