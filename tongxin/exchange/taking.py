"""Taking a list out of the house: the same rows as on its page, and the journal knows of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.queries import standing
from tongxin.core.words import in_source_language, listed
from tongxin.divisions.queries import names_on
from tongxin.journal.actions import note_read
from tongxin.journal.models import Entry
from tongxin.journal.queries import head
from tongxin.registers.declaration import Register
from tongxin.registers.permissions import visible_to
from tongxin.registers.queries import Wish, all_of

from .asking import House
from .models import Job
from .writing import WRITERS, Extract


@dataclass(frozen=True, slots=True)
class Plan:
    """A list that may be taken out: whose, which rows, how many, and how it is narrowed."""

    register: Register
    by: Any
    programme: Any
    day: dt.date
    rows: QuerySet[Any]
    count: int
    narrowed: str = ""


def plan_of(register: Register, *, by: Any, programme: Any, wish: Wish, narrowed: str = "") -> Plan:
    """Return a list as this account sees it; `by` is None for the house itself."""
    day = programme.day if programme else timezone.localdate()
    account = by if by is not None else House()
    rows = visible_to(account, register, by_place=wish.by_place)
    rows = all_of(register, rows, wish, day)
    return Plan(register, by, programme, day, rows, rows.count(), narrowed)


def take_out(plan: Plan, extension: str, *, job: Job | None = None) -> tuple[bytes, Extract]:
    """Return a list as a file.

    The entry comes first, so that the head which the file carries covers it. A job that is done
    again after its worker was cut off has its entry already.
    """
    by, register = plan.by, plan.register
    verb = f"{register.key}.exported"
    told = Entry.objects.filter(
        subject_type=Job._meta.label_lower, subject_id=job.pk if job else 0, verb=verb
    )
    if job is None or not told.exists():
        with in_source_language():
            name = str(register.title)
        roots = standing(by if by is not None else House()).roots(register.edit_power)
        note_read(
            by,
            verb,
            job or name,
            place=roots[0] if roots else None,
            format=extension,
            count=plan.count,
            register=register.key,
            narrowed=plan.narrowed,
        )
    account = by if by is not None else House()
    scope = scope_of(account, plan.programme, plan.day, plan.count, plan.narrowed)
    now = timezone.now()
    extract = Extract(register, plan.rows, plan.programme, plan.day, scope, now, head(), plan.count)
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
