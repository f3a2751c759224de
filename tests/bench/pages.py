"""The list pages that are measured: by whom, and at which address."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from tongxin.accounts.models import Account
from tongxin.demo.people import PEOPLE
from tongxin.organisations.register import ORGANISATIONS
from tongxin.registers import declaration
from tongxin.registers.columns import columns_of
from tongxin.registers.ordering import token_of
from tongxin.registers.permissions import visible_to
from tongxin.registers.queries import PAGE

WHO = {"city": "city coordinator", "county": "county coordinator", "street": "street clerk"}
DIVISIONS = {person.username: person.division for person in PEOPLE}
LIST = "/registers/organisations/"
FAR = 500


@dataclass(frozen=True, slots=True)
class Case:
    """One page of the list: what it shows, and its query string."""

    name: str
    address: str


def cases(account: Any) -> list[Case]:
    """Return the pages of the list that are measured for an account."""
    asked: dict[str, dict[str, Any]] = {
        "first page": {},
        "page 2": {"after": _after(account, 1)},
        f"page {FAR}, or the middle": {"after": _after(account, FAR - 1)},
        "newest first": {"sort": "-changed"},
        "by kind": {"sort": "kind"},
        "all columns": {"col": [each.path for each in columns_of(ORGANISATIONS)]},
        "filter, many rows": {"kind": "52"},
        "filter, few rows": {"demonstration": "province"},
        "filter, no row": {"status": "deregistered"},
        "one street": {"division": "t320602005"},
        "one county": {"division": "qidong"},
        "search, many rows": {"q": "同心"},
        "search, few rows": {"q": "昆曲"},
        "search, long": {"q": "同心助老服务"},
        "search by initials": {"q": "txzl"},
        "search, no such name": {"q": "纺织工人"},
        "search, no such initials": {"q": "qqqq"},
    }
    return [
        Case(name, LIST + (f"?{urlencode(query, doseq=True)}" if query else ""))
        for name, query in asked.items()
    ]


def _after(account: Any, page: int) -> str:
    """Return the token that ends a page; of the middle one where there are not so many."""
    register = declaration.get("organisations")
    rows = visible_to(account, register).filter(void=False).order_by("sort_key", "id")
    at = min(page * PAGE, max(rows.count() // 2, 1)) - 1
    return token_of(rows.values_list("sort_key", "id")[at])


def people(usernames: Iterable[str]) -> list[SimpleNamespace]:
    """Return accounts of the demo, with what they are and the division they work for."""
    accounts = Account.objects.filter(username__in=usernames).order_by("pk")
    return [
        SimpleNamespace(
            name=WHO[account.username], account=account, division=DIVISIONS[account.username]
        )
        for account in accounts
    ]
