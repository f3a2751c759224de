"""Every change of state is an action: one transaction, and at least one entry, or nothing."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from tongxin.core.words import in_source_language

from .models import Entry

Args = ParamSpec("Args")
Result = TypeVar("Result")
_written: ContextVar[list[Entry | None] | None] = ContextVar("written", default=None)


class UnrecordedChange(RuntimeError):
    """An action came to its end without an entry: a mistake in the program, undone at once."""


def action(work: Callable[Args, Result]) -> Callable[Args, Result]:
    """Run a change in one transaction and undo it when it left no entry in the journal.

    An action may call another: both share the outer transaction, each owes its own entry.
    """

    @wraps(work)
    def run(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        entries: list[Entry | None] = []
        token = _written.set(entries)
        try:
            with transaction.atomic():
                result = work(*args, **kwargs)
                if not entries:
                    raise UnrecordedChange(f"{work.__module__}.{work.__qualname__}")
        finally:
            _written.reset(token)
        outer = _written.get()
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
    subject: models.Model,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    place: int | None = None,
    **facts: Any,
) -> Entry:
    """Write one entry for a change made by the running action.

    `by` is the account, or None for the system itself; `place` the number of the division that
    answers for the subject. Raises RuntimeError outside an action.
    """
    entries = _written.get()
    if entries is None:
        message = f"{verb} was recorded outside an action"
        raise RuntimeError(message)
    with in_source_language():
        name = str(subject)[:200]
    entry = Entry.objects.create(
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_name=name,
        place_id=place,
        before=dict(before or {}),
        after=dict(after or {}),
        facts=facts,
    )
    entries.append(entry)
    return entry
