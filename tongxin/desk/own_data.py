"""What is kept about the account holder who asks: to know it, and to take it along."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.models import Account, Posting
from tongxin.core.inventory import Line, line_of
from tongxin.journal.models import Entry
from tongxin.participants.queries import links_to_accounts

ACTS_COPIED = 10_000
NEVER_COPIED = frozenset({"password"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that is kept: what it is, what for, and until when."""

    label: str
    value: Any
    why: str
    kept: str


def facts_of(account: Account) -> list[Fact]:
    """Return the fields of the account, as the inventory tells of them."""
    return list(_facts(account))


def _facts(account: Account) -> Iterator[Fact]:
    for field in Account._meta.concrete_fields:
        line = line_of(Account, field.name)
        if line is None or (line.seen_by == "nobody" and field.name not in NEVER_COPIED):
            continue
        value: Any = getattr(account, field.attname)
        if field.name in NEVER_COPIED:
            value = _("只存摘要，不能还原")
        elif field.primary_key:
            yield Fact(_("账号编号"), value, *_words(line))
            continue
        elif field.is_relation:
            value = getattr(account, field.name)
        yield Fact(str(field.verbose_name), _shown(value), *_words(line))


def postings_of(account: Account) -> list[Posting]:
    """Return every posting of the account, the newest first."""
    held = Posting.objects.filter(account=account).select_related("office")
    return list(held.order_by("-since", "-pk"))


def rows_about(account: Account) -> list[Fact]:
    """Return in how many rows of which table the account stands. One query for each table.

    The tables are found by their links, so that one made later is told of too.
    """
    found = []
    for link in links_to_accounts():
        model, field = link.related_model, link.field
        line = line_of(model, field.name)
        if line is None or model is Posting:
            continue
        number = model._default_manager.filter(**{field.name: account}).count()
        if number:
            found.append(Fact(f"{model._meta.label}.{field.name}", number, *_words(line)))
    return sorted(found, key=lambda fact: fact.label)


def copy_of(account: Account) -> dict[str, Any]:
    """Return everything that is kept about the account, to be written as JSON."""
    acts = Entry.objects.filter(actor=account).order_by("-pk")
    return {
        "account": {fact.label: fact.value for fact in facts_of(account)},
        "postings": [
            {
                "office": posting.office.name,
                "role": posting.role,
                "since": posting.since,
                "until": posting.until,
            }
            for posting in postings_of(account)
        ],
        "rows": {fact.label: fact.value for fact in rows_about(account)},
        "acts": list(acts.values("at", "verb", "subject_type", "subject_id")[:ACTS_COPIED]),
        "acts_in_all": acts.count(),
    }


def _words(line: Line) -> tuple[str, str]:
    """Say in the reader's language what a value is for, and until when it is kept."""
    words = {
        "account": (_("登录和署名"), _("离开后抹除时删除")),
        "sign_in": (_("确认是你本人"), _("退出、到期或抹除时删除")),
        "posting": (_("决定能看什么、能做什么"), _("任职记录保留，抹除后不带姓名")),
        "trace": (_("事后查得清是谁做的"), _("按编号保留，抹除后不带姓名")),
    }
    return words.get(line.category, (_("保护网络安全"), _("用完删除")))


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value if value is None or isinstance(value, (str, int)) else str(value)
