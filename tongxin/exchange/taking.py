"""Taking a list out of the house: the same rows as on its page, and the journal knows of it."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.queries import standing
from tongxin.core.words import in_source_language, listed
from tongxin.divisions.queries import names_on
from tongxin.journal.actions import note_read
from tongxin.journal.queries import head
from tongxin.registers.declaration import Register
from tongxin.registers.permissions import visible_to
from tongxin.registers.queries import Wish, all_of

from .asking import House
from .writing import WRITERS, Extract


def take_out(  # noqa: PLR0913  whose list, which one, in what form
    register: Register,
    *,
    by: Any,
    programme: Any,
    wish: Wish,
    extension: str,
    narrowed: str = "",
) -> tuple[bytes, Extract]:
    """Return a list as a file, as this account sees it; `by` is None for the house itself.

    The entry comes first, so that the head which the file carries covers it.
    """
    day = programme.day if programme else timezone.localdate()
    account = by if by is not None else House()
    rows = visible_to(account, register, by_place=wish.by_place)
    rows = all_of(register, rows, wish, day)
    count = rows.count()
    scope = scope_of(account, programme, day, count, narrowed)
    with in_source_language():
        name = str(register.title)
    roots = standing(account).roots(register.edit_power)
    note_read(
        by,
        f"{register.key}.exported",
        name,
        place=roots[0] if roots else None,
        format=extension,
        count=count,
        register=register.key,
        narrowed=narrowed,
    )
    extract = Extract(register, rows, programme, day, scope, timezone.now(), head())
    write, _media_type = WRITERS[extension]
    return write(extract), extract


def scope_of(account: Any, programme: Any, day: dt.date, count: int, narrowed: str) -> str:
    """Say what a list covers: whose places, which programme, by what it was narrowed, how many."""
    places = {held.division_id for held in standing(account).postings}
    names = names_on(places, day).values() if places else ()
    parts = [_("范围：%(places)s") % {"places": listed(names) or _("公开的记录")}]
    if programme is not None:
        parts.append(str(programme))
    if narrowed:
        parts.append(_("条件：%(words)s") % {"words": narrowed})
    parts.append(_("共 %(count)d 条") % {"count": count})
    return _("；").join(parts)
