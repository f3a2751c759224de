"""Acts in words: who changed what, field by field, as a reader would tell it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from tongxin.accounts.models import Posting
from tongxin.core.dates import Span
from tongxin.core.differences import Marked, differences
from tongxin.core.words import listed
from tongxin.journal.clear import clear
from tongxin.journal.models import Entry
from tongxin.journal.queries import entries_of, sealed_up_to

from . import declaration
from .declaration import Register
from .pages import text_of

ENTRIES_SHOWN = 100
READ = ".read"
LONG = 24
"""From so many characters on, a text shows what changed in it and not twice the whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field: before and after in words, and where they are long, what differs."""

    label: str
    before: Any
    after: Any
    marks: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the journal in words."""

    entry: Entry
    name: str | Promise
    office: str
    """Where the actor was posted that day."""
    reason: str | Promise
    changes: tuple[Change, ...]
    first: bool
    """Whether this is how it began: there is nothing before it to tell."""
    sealed: bool

    @property
    def verb(self) -> str:
        """What was done, in words."""
        return self.entry.done


@dataclass(frozen=True, slots=True)
class Day:
    """The acts of one day."""

    on: dt.date
    acts: tuple[Act, ...]


def history_of(record: models.Model) -> list[Day]:
    """Return the newest acts on a record, day by day; who only read it stands in the journal."""
    changes = entries_of(record).exclude(verb__endswith=READ)
    return by_day(acts_in(list(changes[:ENTRIES_SHOWN])))


def by_day(acts: Iterable[Act]) -> list[Day]:
    """Put acts, newest first, under their days."""
    days = groupby(acts, key=lambda act: timezone.localdate(act.entry.at))
    return [Day(day, tuple(those)) for day, those in days]


def acts_in(entries: Sequence[Entry]) -> list[Act]:
    """Return entries in words: one query for offices, one for seals."""
    offices = _offices(entries)
    sealed = sealed_up_to() if entries else 0
    return [_act(entry, offices.get(entry.pk, ""), entry.sequence <= sealed) for entry in entries]


def _act(entry: Entry, office: str, sealed: bool) -> Act:  # noqa: FBT001  passed on as it is
    told = clear(entry)
    model = model_of(entry)
    names = [name for name in told.after if entry.before or not _blank(told.after[name])]
    changes = tuple(change_in_words(model, name, told.before, told.after) for name in names)
    reason = told.facts.get("reason", "")
    return Act(entry, told.name, office, reason, changes, not entry.before, sealed)


def register_of(entry: Entry) -> Register | None:
    """Return the register of what an entry is about; None for accounts, divisions and others."""
    for register in declaration.every():
        if register.model._meta.label_lower == entry.subject_type:
            return register
    return None


def model_of(entry: Entry) -> type[models.Model] | None:
    """Return the table of what an entry is about; None for what is no row, or is no more."""
    try:
        return apps.get_model(entry.subject_type)
    except (LookupError, ValueError):
        return None


def _offices(entries: Sequence[Entry]) -> dict[int, str]:
    """Return by entry the offices in which its actor worked on that day. One query."""
    actors = {entry.actor_id for entry in entries if entry.actor_id is not None}
    if not actors:
        return {}
    rows = Posting.objects.filter(account__in=actors).order_by("id")
    held: dict[int, list[tuple[str, Span]]] = {}
    for account, office, since, until in rows.values_list(
        "account_id", "office__name", "since", "until"
    ):
        held.setdefault(account, []).append((office, Span(since, until)))
    return {
        entry.pk: listed(
            dict.fromkeys(
                office
                for office, span in held.get(entry.actor_id or 0, ())
                if timezone.localdate(entry.at) in span
            )
        )
        for entry in entries
    }


def change_in_words(
    model: type[models.Model] | None, name: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Change:
    """Return one field of two versions in words, both as the journal keeps them."""
    old, new = (_kept(model, name, values) for values in (before, after))
    marks = None
    if isinstance(old, str) and isinstance(new, str) and min(len(old), len(new)) >= LONG:
        marks = differences(old, new)
    return Change(label_of(model, name), old, new, marks or ())


def _blank(value: Any) -> bool:
    return value is None or value == ""


def label_of(model: type[models.Model] | None, name: str) -> str:
    """Return how a field is called; its own name where the table knows none."""
    field = _field(model, name)
    return str(field.verbose_name) if field is not None else name


def _field(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    # An act may tell how many there were of what only refers to it: that is no field of its own.
    return field if field.concrete else None


def _kept(model: type[models.Model] | None, name: str, values: Mapping[str, Any]) -> Any:
    """Show a value as the journal kept it."""
    value = values.get(name)
    if isinstance(value, Promise):
        return value
    if isinstance(value, dict):
        return str(value.get("text", ""))
    field = _field(model, name)
    if field is not None:
        return text_of(field, value)
    return "" if value is None else str(value)
