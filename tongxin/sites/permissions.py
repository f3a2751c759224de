"""Who may take a naming further. Each answer takes (account, verb, naming)."""

from typing import Any

from tongxin.accounts.choices import Power
from tongxin.accounts.queries import standing
from tongxin.divisions.choices import Level
from tongxin.divisions.queries import reaches
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.permissions import may
from tongxin.registers.rules import reaches_up_to

from .choices import DesignationLevel
from .models import Designation

DECIDED_AT = {
    DesignationLevel.CITY: Level.CITY,
    DesignationLevel.COUNTY: Level.COUNTY,
    DesignationLevel.CITY_OR_COUNTY: Level.COUNTY,
}


def may_step(account: Any, designation: Designation) -> bool:
    """Whether an account may take a naming further, however it stands.

    Whoever accepts records of its site, from the level that names it or from above. `account` is
    None for the system itself.
    """
    if account is None:
        return True
    stand = standing(account)
    wanted = DECIDED_AT[DesignationLevel(designation.level)]
    high = [
        held.division_id
        for held in stand.postings
        if held.allows(Power.ACCEPT) and reaches_up_to(held.level, wanted)
    ]
    if not high or not reaches(high, designation.site.division_id, stand.on):
        return False
    return may(account, Act.SEE, declaration.of(Designation), designation)
