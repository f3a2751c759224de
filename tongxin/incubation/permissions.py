"""Who may take a tenancy further, and who applies for its own organisation."""

from typing import Any

from django.db.models import Q, QuerySet

from tongxin.accounts.choices import Power, Sensitivity
from tongxin.accounts.permissions import NOWHERE, holds
from tongxin.accounts.queries import standing
from tongxin.divisions.queries import above, below
from tongxin.organisations.models import Organisation
from tongxin.organisations.permissions import own_organisations
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.models import counted
from tongxin.registers.permissions import may

from .choices import Verb
from .models import Base, Intake, Tenancy
from .rules.lives import DECISIONS, SENDERS


def may_move(account: Any, verb: Verb, tenancy: Tenancy) -> bool:
    """Whether an account may do this with a tenancy, whatever its state.

    Whoever keeps the records of the base's division does; what is decided is for who accepts there.
    Who applies for its own organisation hands in and withdraws.
    """
    if account is None:
        return True
    if verb in SENDERS and may_send(account, tenancy):
        return True
    if verb in DECISIONS and not holds(account, Power.ACCEPT, tenancy.base.division_id):
        return False
    return keeps(account, tenancy)


def keeps(account: Any, tenancy: Tenancy) -> bool:
    """Whether an account keeps the records of the base: it does what a base does."""
    return account is None or may(account, Act.CHANGE, declaration.of(Tenancy), tenancy)


def may_send(account: Any, tenancy: Tenancy) -> bool:
    """Whether a tenancy is applied for by the account's own organisation."""
    return may(account, Act.SEND, declaration.of(Tenancy), tenancy)


def may_set_clocks(account: Any, base: Base) -> bool:
    """Whether an account may set the clocks of a base: who accepts there."""
    return account is None or (
        holds(account, Power.ACCEPT, base.division_id)
        and may(account, Act.CHANGE, declaration.of(Base), base)
    )


def applicants(account: Any) -> QuerySet[Organisation]:
    """Return the organisations for which an account applies: its own, in force."""
    own = own_organisations(account)
    if own is NOWHERE:
        return Organisation.objects.none()
    return Organisation.objects.filter(own, void=False).exclude(sensitivity=Sensitivity.RESTRICTED)


def applicants_to(account: Any, call: Intake) -> QuerySet[Organisation]:
    """Return the organisations for which an account may answer a call: those where it reaches."""
    near = below([call.base.division_id], standing(account).on)
    return applicants(account).filter(division_id__in=near).order_by("sort_key", "id")


def own_applications(account: Any) -> Q:
    """Match the tenancies of the organisations that an account represents."""
    own = own_organisations(account)
    if own is NOWHERE:
        return NOWHERE
    return Q(organisation__in=Organisation.objects.filter(own).values("pk"))


def answerable_calls(account: Any) -> Q:
    """Match the calls that an account's organisation may answer, whatever their days.

    Those that stand, of bases whose division answers for the place of the organisation today.
    """
    if own_organisations(account) is NOWHERE:
        return NOWHERE
    homes = applicants(account).order_by().values("division_id")
    near = above(homes, standing(account).on)
    return counted() & counted("base__") & Q(base__division_id__in=near)
