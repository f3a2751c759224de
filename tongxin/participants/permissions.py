"""Who may know a participant's name, and who may end a consent."""

from typing import Any

from django.db.models import Q

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds

from .models import Consent


def names_known_to(account: Any, place: int) -> Q:
    """Return the condition on consents whose names an account may read.

    `place` is the division that answers for their list today.
    """
    if holds(account, Power.RESTRICTED, place):
        return Q()
    return Q(participant__entered_by=account)


def may_know(account: Any, consent: Consent) -> bool:
    """Whether an account may read the name behind a consent."""
    known = names_known_to(account, consent.division_id)
    return Consent.objects.filter(known, pk=consent.pk).exists()


def may_end(account: Any, place: int) -> bool:
    """Whether an account may end a consent: whoever keeps the registers of the place.

    He need not know the name. Leaving must be as easy as joining, whoever is at the desk.
    """
    return holds(account, Power.EDIT, place)
