"""Opening accounts and offices, and posting people to them."""

import datetime as dt
from typing import Any

from tongxin.core.dates import Span
from tongxin.core.errors import NotYours, Problem, refuse_if
from tongxin.core.words import gettext as _
from tongxin.divisions.models import Division
from tongxin.journal.actions import action, record

from .choices import Power
from .models import Account, Office, Posting
from .permissions import holds
from .queries import postings_of
from .rules import posting_problems


@action
def open_account(*, by: Any, username: str, display_name: str, password: str | None) -> Account:
    """Open an account. Its password is hashed and stands nowhere else."""
    account = Account.objects.create_user(username, password, display_name=display_name)
    record(by, "accounts.opened", account, after={"username": username})
    return account


@action
def open_office(*, by: Any, division: Division, name: str) -> Office:
    """Open an office in a division. Raises NotYours, or Refused for a name already taken there."""
    if by is not None and not holds(by, Power.OFFICES, division.pk):
        raise NotYours
    taken = Office.objects.filter(division=division, name=name).exists()
    refuse_if(
        [Problem("offices.taken", _("这个地区已有“%(name)s”。换一个名称") % {"name": name}, "name")]
        if taken
        else []
    )
    office = Office.objects.create(division=division, name=name)
    record(
        by,
        "offices.opened",
        office,
        after={"name": name, "division": division.key},
        place=division.pk,
    )
    return office


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
    Raises NotYours, or Refused when days overlap or an administrator would hold two roles.
    """
    if by is not None and not holds(by, Power.POSTINGS, office.division_id):
        raise NotYours
    Account.objects.select_for_update().get(pk=account.pk)
    _refuse_posting(account, office.pk, role, Span(since, until))
    posting = Posting.objects.create(
        account=account, office=office, role=role, since=since, until=until
    )
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

    Raises NotYours, or Refused when the day is not after its first or runs into another posting.
    """
    if by is not None and not holds(by, Power.POSTINGS, posting.office.division_id):
        raise NotYours
    Account.objects.select_for_update().get(pk=posting.account_id)
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    span = Span(posting.since, until)
    _refuse_posting(posting.account, posting.office_id, posting.role, span, apart_from=posting)
    before = {"until": posting.until}
    posting.until = until
    posting.save(update_fields=["until"])
    place = posting.office.division_id
    record(by, "postings.ended", posting, before=before, after={"until": until}, place=place)
    return posting


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
