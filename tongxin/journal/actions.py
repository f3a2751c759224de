"""Every change of state is an action: one transaction, and at least one entry, or nothing.

What other rooms call:

- `record(by, verb, subject, before=, after=, place=, reason=, personal=(...))`: one entry. Fields
  named in `personal` are kept apart: the entry holds a salted commitment, `PersonalValue` them.
- `record_many(by, verb, told)`: the same for many records at once, which costs far less.
- `note_read(by, verb, subject, place=)`: a reading that matters, an entry of its own.
- `erase_personal(subjects, fields=())`: delete personal values and their salts. The chain stays
  whole; call it within an action that records the erasure.
"""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import models, transaction
from django.db.models import Q

from tongxin.core.words import in_source_language

from .chain import About, Draft, append, draft_of
from .choices import Side
from .models import Entry, PersonalValue

Args = ParamSpec("Args")
Result = TypeVar("Result")
_written: ContextVar[list[Draft | None] | None] = ContextVar("written", default=None)


class Told(NamedTuple):
    """What one of many entries tells: the record, the division that answers for it, its fields."""

    subject: models.Model
    place: int | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class UnrecordedChange(RuntimeError):
    """An action came to its end without an entry: a mistake in the program, undone at once."""


def action(work: Callable[Args, Result]) -> Callable[Args, Result]:
    """Run a change in one transaction and undo it when it left no entry in the journal.

    An action may call another: both share the outer transaction, each owes its own entry. The
    entries are chained and written when the outermost comes to its end: the lock on the head of
    the chain is taken last and held briefly, so that it can never be part of a deadlock.
    """

    @wraps(work)
    def run(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        entries: list[Draft | None] = []
        outer = _written.get()
        token = _written.set(entries)
        try:
            with transaction.atomic():
                result = work(*args, **kwargs)
                if not entries:
                    raise UnrecordedChange(f"{work.__module__}.{work.__qualname__}")
                if outer is None:
                    append([draft for draft in entries if draft is not None])
        finally:
            _written.reset(token)
        if outer is not None:
            outer.extend(entries)
        return result

    return run


def acting() -> bool:
    """Whether an action is under way; tests use it to catch writes made outside of one."""
    return _written.get() is not None


def unchanged() -> None:
    """Say that the running action found nothing to change, and so owes no entry."""
    entries = _written.get()
    if entries is not None:
        entries.append(None)


def record(  # noqa: PLR0913  the facts of an entry
    by: Any,
    verb: str,
    subject: models.Model | str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    place: int | None = None,
    reason: str = "",
    personal: Iterable[str] = (),
    **facts: Any,
) -> Entry:
    """Leave one entry for a change made by the running action; it is written at the action's end.

    `by` is the account, or None for the system itself; `subject` the record, or the words for
    what is no single row; `place` the number of the division that answers for it. `personal` names
    fields of `before`, `after` and `facts` (among them `reason`) whose values belong to a person,
    and `subject_name` where the name does; a model whose rows are people says it once for all of
    its entries, as `personal_in_journal`. Raises RuntimeError outside an action.
    """
    entries = _written.get()
    if entries is None:
        message = f"{verb} was recorded outside an action"
        raise RuntimeError(message)
    if reason:
        facts["reason"] = reason
    with in_source_language():
        name = str(subject)[:200]
    row = isinstance(subject, models.Model)
    kind = subject._meta.label_lower if row else ""  # type: ignore[union-attr]
    number = subject.pk if row else 0  # type: ignore[union-attr]
    always = getattr(type(subject), "personal_in_journal", ())
    draft, kept = draft_of(
        About(by.pk if by is not None else None, verb, kind),
        number,
        name,
        place,
        {Side.BEFORE: before or {}, Side.AFTER: after or {}, Side.FACTS: facts},
        frozenset({*personal, *always}),
    )
    draft.entry = Entry(
        actor=by,
        verb=verb,
        subject_type=kind,
        subject_id=number,
        subject_name=draft.name,
        name_commitment=draft.commitment,
        place_id=place,
        **{side.value: values for side, values in kept.items()},
    )
    entries.append(draft)
    return draft.entry


def record_many(
    by: Any,
    verb: str,
    told: Iterable[Told],
    *,
    reason: str = "",
    personal: Iterable[str] = (),
) -> None:
    """Leave the same entry for each of many records as `record` does, without an object for each.

    `reason` is that of all. Raises RuntimeError outside an action.
    """
    entries = _written.get()
    if entries is None:
        message = f"{verb} was recorded outside an action"
        raise RuntimeError(message)
    apart = frozenset(personal)
    facts = {"reason": reason} if reason else {}
    actor = by.pk if by is not None else None
    with in_source_language():
        for each in told:
            kind = type(each.subject)
            always = getattr(kind, "personal_in_journal", ())
            sides = {Side.BEFORE: each.before, Side.AFTER: each.after, Side.FACTS: facts}
            draft, _kept = draft_of(
                About(actor, verb, kind._meta.label_lower),
                each.subject.pk,
                str(each.subject)[:200],
                each.place,
                sides,
                apart.union(always),
            )
            entries.append(draft)


@action
def note_read(
    by: Any,
    verb: str,
    subject: models.Model | str,
    *,
    place: int | None = None,
    personal: Iterable[str] = (),
    **facts: Any,
) -> Entry:
    """Leave an entry for a reading that matters: an export, the page of a restricted record."""
    return record(by, verb, subject, place=place, personal=personal, **facts)


def erase_personal(subjects: Iterable[models.Model], fields: Iterable[str] = ()) -> int:
    """Delete the personal values that entries hold of some records, of these fields or of all.

    Their salts go with them, so that the commitments in the chain tell nothing any more; the chain
    and its seals are as whole as before. Returns how many values went. Raises RuntimeError outside
    an action, which owes an entry that tells of the erasure.
    """
    if not acting():
        raise RuntimeError("personal values were erased outside an action")
    wanted = Q(pk__in=())
    for subject in subjects:
        kind = subject._meta.label_lower
        wanted |= Q(entry__subject_type=kind, entry__subject_id=subject.pk)
    rows = PersonalValue.objects.filter(wanted)
    if named := tuple(fields):
        by_name = Q(field__in=named)
        if "subject_name" in named:
            by_name |= Q(side=Side.NAME)
        rows = rows.filter(by_name)
    gone, _each = PersonalValue.objects.filter(
        pk__in=list(rows.values_list("pk", flat=True))
    ).delete()
    return gone
