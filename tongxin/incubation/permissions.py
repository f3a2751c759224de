"""Who may take a tenancy further. Each answer takes (account, tenancy)."""

from typing import Any

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.permissions import may

from .choices import Verb
from .models import Base, Tenancy
from .rules.lives import DECISIONS


def may_move(account: Any, verb: Verb, tenancy: Tenancy) -> bool:
    """Whether an account may do this with a tenancy, whatever its state.

    Whoever keeps the records of the base's division does; what is decided is for who accepts there.
    """
    if account is None:
        return True
    if verb in DECISIONS and not holds(account, Power.ACCEPT, tenancy.base.division_id):
        return False
    return may(account, Act.CHANGE, declaration.of(Tenancy), tenancy)


def may_set_clocks(account: Any, base: Base) -> bool:
    """Whether an account may set the clocks of a base: who accepts there."""
    return account is None or (
        holds(account, Power.ACCEPT, base.division_id)
        and may(account, Act.CHANGE, declaration.of(Base), base)
    )
