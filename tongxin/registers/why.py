"""“Why can I see this?”: the posting and the rule that open a record, in words."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power, Role, Sensitivity
from tongxin.accounts.permissions import grounds
from tongxin.accounts.queries import Held, standing
from tongxin.divisions.queries import names_on

from .declaration import Register
from .permissions import division_of, strictest_of


def reasons(account: Any, register: Register, record: Any, day: dt.date) -> list[str]:
    """Return why an account may see a record: one sentence for each posting, then the rule.

    One query for each posting, and one for names.
    """
    place = division_of(register, record)
    posts = grounds(account, Power.VIEW, place) or grounds(account, Power.PUBLIC, place)
    if not posts and register.shared is not None:
        posts = tuple(held for held in standing(account).postings if held.allows(Power.VIEW))
    names = names_on({place, *(held.division_id for held in posts)}, day)
    told = [_post(held, names[held.division_id], names[place]) for held in posts]
    return [*told, *_rules(account, register, record, place)]


def _post(held: Held, whole: str, place: str) -> str:
    facts = {
        "office": held.office,
        "role": Role(held.role).label,
        "since": held.since.isoformat(),
        "whole": whole,
        "place": place,
    }
    here = _("你自 %(since)s 起在“%(office)s”任%(role)s，能看%(whole)s和它下面的记录。") % facts
    return here + _("这条记录属于%(place)s。") % facts


def _rules(account: Any, register: Register, record: Any, place: int) -> Iterator[str]:
    """Say which rule about the record itself is met."""
    strictest = strictest_of(register, record)
    if register.shared is not None and not grounds(account, Power.VIEW, place):
        yield _("这类记录是整项工作共用的，登记时要从里面选，所以下级也能看。")
    elif register.own is not None and _is_own(account, register, record):
        yield _("这条记录写的是你代表的组织。")
    if strictest != Sensitivity.RESTRICTED:
        words = {
            Sensitivity.PUBLIC: _("它的公开范围是“公开”。"),
            Sensitivity.INTERNAL: _("它的公开范围是“内部”，辖区内能看台账的人都能看。"),
        }
        yield words[strictest]
    elif grounds(account, Power.RESTRICTED, place):
        yield _("它是受限记录，或提到了受限记录；你的角色能看受限记录。")
    else:
        yield _("它是受限记录；它是你登记的，所以你仍能看到。")


def _is_own(account: Any, register: Register, record: Any) -> bool:
    own: Any = register.own
    rows = register.model._default_manager.filter(pk=record.pk)
    return (
        bool(standing(account).holds_role(Role.ORGANISATION)) and rows.filter(own(account)).exists()
    )
