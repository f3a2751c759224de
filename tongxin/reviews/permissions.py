"""Who decides on what waits: whoever accepts records for the division whose turn it is."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import NOWHERE, covers, where
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.permissions import may, visible_to

from .models import Review


def decides(account: Any) -> Q:
    """Return the condition that an account may decide on a review when it waits.

    It accepts for the division whose turn it is or for one above, and sees the record.
    """
    accepts = where(account, Power.ACCEPT, "turn")
    sees = where(account, Power.VIEW, "place")
    if accepts is NOWHERE or sees is NOWHERE:
        return NOWHERE
    if covers(account, Power.RESTRICTED, Power.VIEW):
        return accepts & sees
    known = where(account, Power.RESTRICTED, "place")
    for register in declaration.every():
        # Asked of the record of each review: a list of all would read the whole register.
        one = visible_to(account, register).order_by().filter(pk=OuterRef("subject_id"))
        known |= Q(Exists(one), register=register.key)
    return accepts & sees & known


def may_decide(account: Any, review: Review, record: Any) -> bool:
    """Whether an account may decide on a review when it waits. Two queries."""
    if not Review.objects.filter(decides(account), pk=review.pk).exists():
        return False
    return may(account, Act.SEE, declaration.get(review.register), record)


def may_withdraw(account: Any, review: Review) -> bool:
    """Whether an account may take back what waits: whoever sent it, or wrote it last."""
    return account.pk in {review.opened_by_id, review.author_id}
