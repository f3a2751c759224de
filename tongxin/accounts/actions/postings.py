"""Posting people to offices, correcting and ending that, by those who may."""

import datetime as dt
from typing import Any

from django.utils import timezone

from tongxin.accounts.choices import Power
from tongxin.accounts.models import Account, Office, Posting
from tongxin.accounts.permissions import holds, holds_above
from tongxin.accounts.queries import last_used, postings_of
from tongxin.accounts.rules import grant_problems, posting_problems, reason_problems, unused_from
from tongxin.core.dates import Span
from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record, unchanged

from .accounts import end_sessions


@action
def post(  # noqa: PLR0913  a posting has five facts
    *,
    by: Any,
    account: Account,
    office: Office,
    role: str,
    since: dt.date,
    until: dt.date | None = None,
) -> Posting:
    """Post an account to an office.

    The account is locked first, so that two postings given at once are judged one after the other.
    Raises NotYours, or Refused when days overlap, an administrator would hold two roles, or whoever
    gives the posting may not give this one.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    office = Office.objects.select_for_update().get(pk=office.pk)
    _refuse_grant(by, account.pk, office.division_id, role)
    refuse_if(_not_in_use(account, office))
    _refuse_posting(account, office.pk, role, Span(since, until))
    posting = Posting.objects.create(
        account=account, office=office, role=role, since=since, until=until
    )
    end_sessions(account)
    after = {"account": str(account), "office": office.name, "role": role}
    record(
        by,
        "postings.given",
        posting,
        after={**after, "since": since, "until": until},
        place=office.division_id,
    )
    return posting


@action
def end_posting(posting: Posting, *, by: Any, until: dt.date) -> Posting:
    """End a posting on a day, which may lie later than the end it had.

    Raises NotYours, or Refused when the day is not after its first, runs into another posting, or
    the posting is not for this administrator to end.
    """
    posting = _locked(posting, by)
    span = Span(posting.since, until)
    _refuse_posting(posting.account, posting.office_id, posting.role, span, apart_from=posting)
    before = {"until": posting.until}
    posting.until = until
    posting.save(update_fields=["until"])
    end_sessions(posting.account)
    record(
        by,
        "postings.ended",
        posting,
        before=before,
        after={"until": until},
        place=posting.office.division_id,
    )
    return posting


@action
def correct_posting(  # noqa: PLR0913  what may be wrong, and why
    posting: Posting,
    *,
    by: Any,
    role: str,
    since: dt.date,
    until: dt.date | None,
    reason: str,
) -> Posting:
    """Correct role and days of a posting that was entered wrongly; the reason stands in the entry.

    Raises NotYours, or Refused: for what stands against such a posting, and without a reason.
    """
    posting = _locked(posting, by)
    _refuse_grant(by, posting.account_id, posting.office.division_id, role)
    span = Span(since, until)
    refuse_if(reason_problems(reason))
    _refuse_posting(posting.account, posting.office_id, role, span, apart_from=posting)
    new: dict[str, Any] = {"role": role, "since": since, "until": until}
    before = {name: getattr(posting, name) for name in new if getattr(posting, name) != new[name]}
    if not before:
        unchanged()
        return posting
    for name in before:
        setattr(posting, name, new[name])
    posting.save(update_fields=list(before))
    end_sessions(posting.account)
    record(
        by,
        "postings.corrected",
        posting,
        before=before,
        after={name: new[name] for name in before},
        place=posting.office.division_id,
        reason=reason,
        personal=("reason",),
    )
    return posting


@action
def withdraw_posting(posting: Posting, *, by: Any) -> None:
    """Take back a posting whose first day has not come: it never held, and leaves only its entries.

    Raises NotYours, or Refused when it has begun.
    """
    posting = _locked(posting, by)
    if posting.since <= timezone.localdate():
        words = _("这段任职 %(since)s 已经开始，不能撤回。写上结束日期")
        facts = {"since": posting.since.isoformat()}
        raise Refused(Problem("postings.begun", words % facts, "until"))
    before = {"account": str(posting.account), "office": posting.office.name, "role": posting.role}
    before |= {"since": posting.since.isoformat()}
    place = posting.office.division_id
    record(by, "postings.taken_back", posting, before=before, place=place)
    end_sessions(posting.account)
    posting.delete()


@action
def end_unused(account: Account, *, by: Any, postings: list[Posting]) -> int:
    """End from today on the postings of an account that nobody has used for long.

    Asked again under the lock: who has signed in meanwhile keeps them. Returns how many ended.
    Raises NotYours, or Refused.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    today = timezone.localdate()
    if unused_from(last_used(account)) > today:
        words = _("账号“%(name)s”刚刚用过，任职没有结束") % {"name": account.username}
        raise Refused(Problem("postings.used", words))
    ending = [each for each in postings if each.account_id == account.pk and each.since < today]
    for posting in ending:
        end_posting(posting, by=by, until=today)
    if not ending:
        unchanged()
    return len(ending)


def _locked(posting: Posting, by: Any) -> Posting:
    """Lock the account first, as a new posting does, then the posting; refuse what is not his."""
    Account.objects.select_for_update().get(pk=posting.account_id)
    rows = Posting.objects.select_for_update(of=("self",)).select_related("account", "office")
    posting = rows.get(pk=posting.pk)
    _refuse_grant(by, posting.account_id, posting.office.division_id, posting.role)
    return posting


def _refuse_grant(by: Any, account_id: int, division_id: int, role: str) -> None:
    """Raise NotYours outside the territory of whoever acts, Refused for what he may not grant."""
    if by is None:
        return
    if not holds(by, Power.POSTINGS, division_id):
        raise NotYours
    above = holds_above(by, Power.POSTINGS, division_id)
    refuse_if(grant_problems(role, own=by.pk == account_id, from_above=above))


def _not_in_use(account: Account, office: Office) -> list[Problem]:
    problems = []
    if not account.is_active:
        words = _("账号“%(name)s”已停用。先由系统管理员恢复启用")
        problems.append(
            Problem("postings.deactivated", words % {"name": account.username}, "account")
        )
    if office.closed_on is not None:
        words = _("“%(name)s”已关闭。选别的单位，或先恢复这个单位")
        problems.append(Problem("offices.closed", words % {"name": office}, "office"))
    return problems


def _refuse_posting(
    account: Account, office_id: int, role: str, span: Span, apart_from: Posting | None = None
) -> None:
    """Refuse days and a role that do not go with the account's other postings."""
    others = postings_of(account, apart_from)
    refuse_if(
        posting_problems(
            role,
            span,
            [days for place, _role, days in others if place == office_id],
            [held for place, held, days in others if place != office_id and span.meet(days)],
        )
    )
