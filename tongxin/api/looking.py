"""Reading for programs: records in their order, what a form asks, what is noted as read."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone

from tongxin.accounts.choices import Sensitivity
from tongxin.accounts.queries import place_of
from tongxin.journal.actions import note_read
from tongxin.journal.models import Entry
from tongxin.journal.queries import entries_of
from tongxin.programmes.queries import programmes_for
from tongxin.registers import actions
from tongxin.registers import history as past
from tongxin.registers.declaration import Register
from tongxin.registers.forms import Asker
from tongxin.registers.permissions import strictest_of, visible_to

from .reading import NEVER_SENT
from .shown import related, told


def day_of(asker: Asker) -> dt.date:
    """Return the day whose map gives places their names."""
    return asker.day_of_map or timezone.localdate()


def fetched(register: Register, numbers: list[int]) -> list[Any]:
    """Return records with what they refer to, in the order of their numbers. One query."""
    rows = register.model._default_manager.filter(pk__in=numbers)
    by_number = {row.pk: row for row in rows.select_related(*related(register))}
    return [by_number[number] for number in numbers if number in by_number]


def at(request: HttpRequest, register: Register, pk: int) -> tuple[dict[str, Any], int]:
    """Return a record as it is told, and its version, for those who may see it.

    That a restricted one was read is written down, as its page does.
    """
    rows = visible_to(request.user, register).filter(pk=pk)
    found: Any = rows.select_related(*related(register)).first()
    if found is None:
        raise Http404
    actions.note_reading(register, found, by=request.user)
    known = programmes_for(request.user)
    day = known[0].day if known else timezone.localdate()
    return told(register, [found], day)[0], found.version


def note_restricted(register: Register, records: Iterable[Any], *, by: Any) -> None:
    """Write down once which restricted records a list has shown: it tells all of their fields."""
    kept = [each.pk for each in records if strictest_of(register, each) == Sensitivity.RESTRICTED]
    if kept:
        note_read(by, f"{register.key}.read", str(register.title), place=place_of(by), records=kept)


def page_url(request: HttpRequest, name: str, token: str) -> str | None:
    """Return the address of a page beside this one; None where there is none."""
    if not token:
        return None
    query = request.GET.copy()
    for other in ("after", "before"):
        query.pop(other, None)
    query[name] = token
    return f"{request.path}?{query.urlencode()}"


def past_of(record: Any, before: int, limit: int) -> tuple[list[Entry], str]:
    """Return acts on a record, the newest first, and where the page of earlier ones begins.

    A place among the acts is how many there were before it: of this record alone, so that it tells
    nothing of others, and stays the same when more follow. Who only read stands in the journal.
    """
    changes = entries_of(record).exclude(verb__endswith=past.READ)
    last = min(before, changes.count()) if before else changes.count()
    first = max(0, last - limit)
    found = list(changes.order_by("sequence")[first:last])
    return found[::-1], str(first) if first else ""


def act(told_of: past.Act) -> dict[str, Any]:
    """Return one act as it is told."""
    return {
        "at": told_of.entry.at.isoformat(),
        "verb": told_of.entry.verb,
        "done": told_of.verb,
        "by": str(told_of.entry.actor or ""),
        "office": told_of.office,
        "reason": str(told_of.reason),
        "sealed": told_of.sealed,
        "changes": [
            {"label": each.label, "before": str(each.before), "after": str(each.after)}
            for each in told_of.changes
        ],
    }


def asked_by(form: Any) -> list[dict[str, Any]]:
    """Return what a form asks: one line for each field, with its choices as they are offered."""
    return [
        {
            "name": name,
            "label": str(field.label or name),
            "required": field.required,
            "help": str(field.help_text),
            "choices": _choices(field),
        }
        for name, field in form.fields.items()
        if name not in NEVER_SENT
    ]


def _choices(field: Any) -> list[dict[str, Any]] | None:
    if not isinstance(field, forms.ChoiceField):
        return None
    offered: Any = field.choices
    pairs = [(str(value), str(label)) for value, label in offered]
    return [{"value": value, "label": label} for value, label in pairs if value]
