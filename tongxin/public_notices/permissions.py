"""Who sees a notice, who prepares it, who decides on it: asked of its record, by one's posting.

Whoever sees the record sees its notice once it was posted. What never was posted, and objections,
are for those whose posting covers the record: an organisation does not read what was said
against it.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import NOWHERE, holds, where
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.permissions import division_of, may, visible_to

from .models import Objection, PublicNotice


def seen_by(account: Any) -> QuerySet[PublicNotice]:
    """Return the notices that an account sees. One query, and one for the registers at hand."""
    seen = NOWHERE
    keys = PublicNotice.objects.order_by().values_list("register", flat=True).distinct()
    for key in sorted(keys):
        register = declaration.get(key)
        rows = visible_to(account, register).order_by()
        there = Q(_of_one(rows), register=key)
        inside = where(account, Power.VIEW, register.place)
        drafts = Q() if inside is NOWHERE else Q(_of_one(rows.filter(inside)))
        shown = Q(starts_on__isnull=False)
        seen |= there & (shown if inside is NOWHERE else shown | drafts)
    return PublicNotice.objects.filter(seen)


def decided_by(account: Any) -> QuerySet[PublicNotice]:
    """Return the notices on which an account decides. One query, and one for the registers."""
    mine = NOWHERE
    keys = PublicNotice.objects.order_by().values_list("register", flat=True).distinct()
    for key in sorted(keys):
        register = declaration.get(key)
        inside = where(account, Power.ACCEPT, register.place)
        if inside is not NOWHERE:
            rows = visible_to(account, register).filter(inside).order_by()
            mine |= Q(_of_one(rows), register=key)
    return PublicNotice.objects.filter(mine)


def _of_one(rows: QuerySet[Any]) -> Exists:
    """The condition that a notice is of one of some records.

    Asked of the record of each notice: a list of all of them would read a whole register.
    """
    return Exists(rows.filter(pk=OuterRef("subject_id")))


def works_there(account: Any, register: Register, record: Any) -> bool:
    """Whether a posting of an account covers a record: it reads drafts and objections."""
    return holds(account, Power.VIEW, division_of(register, record))


def may_prepare(account: Any, register: Register, record: Any) -> bool:
    """Whether an account may draft a notice about a record, and write down objections to it."""
    edits = holds(account, register.edit_power, division_of(register, record))
    return edits and may(account, Act.SEE, register, record)


def may_decide(account: Any, register: Register, record: Any) -> bool:
    """Whether an account may post, answer, close and withdraw: it accepts records there."""
    accepts = holds(account, Power.ACCEPT, division_of(register, record))
    return accepts and may(account, Act.SEE, register, record)


def may_name(account: Any, register: Register, record: Any, objection: Objection) -> bool:
    """Whether an account may read who objected: it is cleared there, or wrote it down."""
    if objection.recorded_by_id is not None and objection.recorded_by_id == account.pk:
        return True
    return holds(account, Power.RESTRICTED, division_of(register, record))
