"""Who may see, enter and change records: the same answer for every face of a register."""

from typing import Any

from django.db import models

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds, within
from tongxin.accounts.queries import standing

from .declaration import Register


def visible_to(
    account: Any,
    register: Register,
    rows: models.QuerySet[Any] | None = None,
    *,
    by_place: bool = False,
) -> models.QuerySet[Any]:
    """Return the records of a register, or those of `rows`, that an account may see.

    `by_place` as in `within`.
    """
    if rows is None:
        rows = register.model._default_manager.all()
    if register.own is not None and not standing(account).has(Power.VIEW):
        return rows.filter(register.own(account))
    return within(account, Power.VIEW, rows, register.place, by_place=by_place)


def may_enter(account: Any, register: Register) -> bool:
    """Whether an account may enter records of a register anywhere."""
    return standing(account).has(register.edit_power)


def may_enter_under(account: Any, register: Register, holder: models.Model | None) -> bool:
    """Whether an account may enter records under a holder that already fixes their place.

    The holder is the record or programme at the first step of the register's way to its division;
    None where the place is asked in the form.
    """
    if holder is None:
        return may_enter(account, register)
    first = register.place.split("__", maxsplit=1)[0]
    trial = register.model(**{first: holder})
    return holds(account, register.edit_power, division_of(register, trial))


def may_change(account: Any, register: Register, record: models.Model) -> bool:
    """Whether an account may change this record: by its posting, or because it is its own."""
    if holds(account, register.edit_power, division_of(register, record)):
        return True
    if register.own is None or record.pk is None:
        return False
    rows: models.QuerySet[Any] = register.model._default_manager.filter(pk=record.pk)
    return rows.filter(register.own(account)).exists()


def may_void(account: Any, register: Register, record: models.Model) -> bool:
    """Whether an account may void this record: only those who keep the register."""
    return holds(account, register.edit_power, division_of(register, record))


def division_of(register: Register, record: models.Model) -> int:
    """Return the division that answers for a record, following the register's way to it."""
    *links, last = register.place.split("__")
    place: Any = record
    for link in links:
        place = getattr(place, link)
    number: int = getattr(place, f"{last}_id")
    return number
