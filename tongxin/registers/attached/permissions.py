"""Who may open an attachment: whoever sees its record, and would see it as a record of its own."""

from typing import Any

from django.db import models
from django.db.models import Q

from tongxin.accounts.choices import Power, Sensitivity
from tongxin.accounts.permissions import NOWHERE, holds, where
from tongxin.registers.declaration import Register
from tongxin.registers.models import counted
from tongxin.registers.permissions import division_of

RESTRICTED = Q(sensitivity=Sensitivity.RESTRICTED)


def open_to(account: Any, register: Register, record: models.Model) -> Q:
    """Return the condition that an attachment of a record may be opened. One query.

    The record is one that the account may see. Each way to the record is asked again with the
    attachment's own sensitivity, and whoever uploaded it as its author. The condition does not
    know of revisions: older files are opened by whoever opens the newest.
    """
    ways = _ways(account, register, record)
    mine = Q(entered_by=account)
    condition = NOWHERE
    if "posted" in ways:
        condition = Q(pk__isnull=False) if "cleared" in ways else ~RESTRICTED | mine
    if "own" in ways:
        condition |= ~RESTRICTED
    if "shared" in ways:
        condition |= ~RESTRICTED & Q(void=False)
    if "public" in ways:
        condition |= Q(sensitivity=Sensitivity.PUBLIC, void=False)
    return condition


def may_label(account: Any, register: Register, record: models.Model) -> bool:
    """Whether an account says who may know of a file: not who keeps only his own entry."""
    return holds(account, register.edit_power, division_of(register, record))


def _ways(account: Any, register: Register, record: models.Model) -> frozenset[str]:
    """Return by which of its ways an account reaches a record, whatever its sensitivity."""
    public = where(account, Power.PUBLIC, register.place)
    conditions = {
        "posted": where(account, Power.VIEW, register.place),
        "cleared": where(account, Power.RESTRICTED, register.place),
        "own": register.own(account) if register.own is not None else NOWHERE,
        "shared": register.shared(account) if register.shared is not None else NOWHERE,
        "public": NOWHERE
        if public is NOWHERE
        else public & counted() & Q(sensitivity=Sensitivity.PUBLIC),
    }
    asked = {
        f"way_{name}": models.Case(
            models.When(condition, then=True), default=False, output_field=models.BooleanField()
        )
        for name, condition in conditions.items()
        if condition is not NOWHERE
    }
    if not asked:
        return frozenset()
    rows = register.model._default_manager.filter(pk=record.pk).annotate(**asked).values(*asked)
    answers = rows.get()
    return frozenset(name.removeprefix("way_") for name, met in answers.items() if met)
