"""Who may see, enter and change records: the same answer for every face of a register.

Each act is one condition on rows, so that a list, a drop-down and a total ask what a page asks.
The policy in words: docs/explanation/scope.md.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Q

from tongxin.accounts.choices import Power, Sensitivity
from tongxin.accounts.permissions import NOWHERE, covers, holds, where
from tongxin.accounts.queries import standing
from tongxin.divisions.queries import below, reaches

from .choices import Act
from .declaration import Register
from .models import Record, counted
from .rules import TOPS, reaches_up_to

POLICY: dict[Act, tuple[tuple[str, ...], ...]] = {
    Act.SEE: (("post",), ("own",), ("public",), ("shared",)),
    Act.HISTORY: (("post",), ("own",)),
    Act.CHANGE: (("post", "here", "in_force"), ("own", "in_force")),
    Act.VOID: (("post", "here", "in_force"),),
    Act.RESTORE: (("post", "here", "void"),),
    Act.FOLLOW: (("followed",),),
    Act.SEND: (("followed", "in_force"),),
}
"""For each act the grounds on which it is allowed: any of the lines, and in a line all of them."""
ASKED = ("post", "own", "here", "followed")
"""The grounds of what may be done with a record that is seen, but for its being void."""
AT_ONCE = 500


def visible_to(
    account: Any,
    register: Register,
    rows: models.QuerySet[Any] | None = None,
    *,
    by_place: bool = False,
) -> models.QuerySet[Any]:
    """Return the records of a register, or those of `rows`, that an account may see.

    `by_place` as in `accounts.permissions.where`.
    """
    return permitted(account, Act.SEE, register, rows, by_place=by_place)


def permitted(
    account: Any,
    act: str,
    register: Register,
    rows: models.QuerySet[Any] | None = None,
    *,
    by_place: bool = False,
) -> models.QuerySet[Any]:
    """Return the records of a register, or those of `rows`, with which an account may do this."""
    if rows is None:
        rows = register.model._default_manager.all()
    condition = allowed(account, act, register, by_place=by_place)
    return rows.none() if condition is NOWHERE else rows.filter(condition)


def allowed(account: Any, act: str, register: Register, *, by_place: bool = False) -> Q:
    """Return the condition under which an account may do something with a record."""
    ground = partial(_ground, account, register, by_place=by_place)
    return _either(*(_both(*map(ground, enough)) for enough in POLICY[Act(act)]))


def territory(account: Any, register: Register) -> models.QuerySet[Any, Any] | None:
    """Return the divisions in which all records of a register lie that an account may see.

    None where it may see some for another reason than their place.
    """
    if _own(account, register) is not NOWHERE or _shared(account, register) is not NOWHERE:
        return None
    stand = standing(account)
    return below({*stand.roots(Power.VIEW), *stand.roots(Power.PUBLIC)}, stand.on)


def may(account: Any, act: str, register: Register, record: models.Model) -> bool:
    """Whether an account may do something with a record as it stands in the database."""
    return permitted(account, act, register).filter(pk=record.pk).exists()


def permitted_among(
    account: Any, act: str, register: Register, numbers: Sequence[int]
) -> frozenset[int]:
    """Return those of many records with which an account may do something; a query for each 500.

    None stands for the house itself, which may do everything.
    """
    if account is None:
        return frozenset(numbers)
    rows = permitted(account, act, register)
    return frozenset(
        number
        for at in range(0, len(numbers), AT_ONCE)
        for number in rows.filter(pk__in=numbers[at : at + AT_ONCE]).values_list("pk", flat=True)
    )


def acts_on(
    account: Any, register: Register, number: int
) -> tuple[Any, frozenset[str]] | tuple[None, frozenset[str]]:
    """Return a record that an account may see, and all it may do with it. One query.

    The query answers each ground once; what follows from them is the same policy as for sets.
    """
    rows = visible_to(account, register).filter(pk=number)
    asked = {name: _ground(account, register, name) for name in ASKED}
    answers = {
        f"ground_{name}": models.Case(
            models.When(condition, then=True), default=False, output_field=models.BooleanField()
        )
        for name, condition in asked.items()
        if condition is not NOWHERE
    }
    found = rows.annotate(**answers).first()
    if found is None:
        return None, frozenset()
    held = {name for name in ASKED if getattr(found, f"ground_{name}", False)}
    held.add("void" if found.void else "in_force")
    acts = (act for act, ways in POLICY.items() if any(held >= set(enough) for enough in ways))
    return found, frozenset({Act.SEE, *acts})


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


def stands_at_once(account: Any, register: Register, division_id: int) -> bool:
    """Whether what an account enters at a division needs no acceptance by somebody else.

    So it is where the account itself accepts what comes from there: from a division above it, at
    the level that the register asks for. A city and a province have nobody above them here.
    """
    if not register.reviewed:
        return True
    stand = standing(account)
    roots = [
        held.division_id
        for held in stand.postings
        if held.allows(Power.ACCEPT)
        and reaches_up_to(held.level, register.accepted_at)
        and (held.division_id != division_id or held.level in TOPS)
    ]
    return bool(roots) and reaches(roots, division_id, stand.on)


def division_of(register: Register, record: models.Model) -> int:
    """Return the division that answers for a record, following the register's way to it."""
    *links, last = register.place.split("__")
    place: Any = record
    for link in links:
        place = getattr(place, link)
    number: int = getattr(place, f"{last}_id")
    return number


def places_of(register: Register) -> Callable[[models.Model], int]:
    """Return `division_of` for many records of one register: the way is found once."""
    if "__" not in register.place:
        return attrgetter(f"{register.place}_id")
    return partial(division_of, register)


def unrestricted(register: Register) -> Q:
    """Return the condition that neither a record nor what it refers to is restricted."""
    return ~Q(sensitivity=Sensitivity.RESTRICTED) & _links_unrestricted(register)


@cache
def links_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the fields of a model that refer to records of registers."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Record)
    )


def strictest_of(register: Register, record: Any) -> Sensitivity:
    """Return the strictest sensitivity among a record and what it refers to."""
    linked = [getattr(record, link) for link in links_of(register.model)]
    levels = {record.sensitivity, *(each.sensitivity for each in linked if each is not None)}
    order = list(Sensitivity)
    return max((Sensitivity(level) for level in levels), key=order.index)


def _ground(account: Any, register: Register, name: str, *, by_place: bool = False) -> Q:
    """Return the condition that stands behind a ground of the policy."""
    if name == "post":
        return _by_post(account, register, by_place=by_place)
    if name in {"own", "followed"}:
        return (_own if name == "own" else _followed)(account, register)
    if name == "public":
        return _in_public(account, register, by_place=by_place)
    if name == "shared":
        return _shared(account, register)
    if name == "here":
        return where(account, register.edit_power, register.place, by_place=by_place)
    return Q(void=name == "void")


def _by_post(account: Any, register: Register, *, by_place: bool) -> Q:
    """A posting covers the place, and the record is not kept from it."""
    here = where(account, Power.VIEW, register.place, by_place=by_place)
    if here is NOWHERE or covers(account, Power.RESTRICTED, Power.VIEW):
        return here
    mine = Q(entered_by=account) & _links_unrestricted(register)
    cleared = where(account, Power.RESTRICTED, register.place)
    return here & _either(unrestricted(register), mine, cleared)


def _in_public(account: Any, register: Register, *, by_place: bool) -> Q:
    """The record is public, in force and accepted, and what it refers to is public."""
    here = where(account, Power.PUBLIC, register.place, by_place=by_place)
    if here is NOWHERE:
        return NOWHERE
    public = counted() & Q(sensitivity=Sensitivity.PUBLIC)
    for link in links_of(register.model):
        public &= _empty_or(register, link, Q(**{f"{link}__sensitivity": Sensitivity.PUBLIC}))
    return here & public


def _shared(account: Any, register: Register) -> Q:
    """The account chooses from the records of this kind that are in force and not restricted."""
    if register.shared is None:
        return NOWHERE
    shared = register.shared(account)
    if shared is NOWHERE:
        return NOWHERE
    return shared & Q(void=False) & unrestricted(register)


def _own(account: Any, register: Register) -> Q:
    """The record is about the account's own organisation."""
    if register.own is None:
        return NOWHERE
    own = register.own(account)
    return NOWHERE if own is NOWHERE else own & ~Q(sensitivity=Sensitivity.RESTRICTED)


def _followed(account: Any, register: Register) -> Q:
    """The account's own organisation answers it, or sent it in; nothing of it is restricted."""
    if register.followed is None:
        return NOWHERE
    followed = register.followed(account)
    return NOWHERE if followed is NOWHERE else followed & unrestricted(register)


def _links_unrestricted(register: Register) -> Q:
    condition = Q()
    for link in links_of(register.model):
        open_ = ~Q(**{f"{link}__sensitivity": Sensitivity.RESTRICTED})
        condition &= _empty_or(register, link, open_)
    return condition


def _empty_or(register: Register, link: str, condition: Q) -> Q:
    """Return a condition on what a link refers to, met as well where it refers to nothing."""
    nullable = register.model._meta.get_field(link).null
    return condition | Q(**{f"{link}__isnull": True}) if nullable else condition


def _either(*conditions: Q) -> Q:
    """Join conditions of which one is enough."""
    joined = NOWHERE
    for each in conditions:
        if each is not NOWHERE:
            joined = each if joined is NOWHERE else joined | each
    return joined


def _both(*conditions: Q) -> Q:
    """Join conditions that must all be met."""
    joined = Q()
    for each in conditions:
        if each is NOWHERE:
            return NOWHERE
        joined &= each
    return joined
