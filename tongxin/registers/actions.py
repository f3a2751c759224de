"""Entering, changing and voiding a record: the same three acts for every register."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models

from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.text import initials, pieces, sort_key
from tongxin.core.words import gettext as _
from tongxin.core.words import in_source_language
from tongxin.divisions.models import Division, Version
from tongxin.journal.actions import action, record, unchanged

from .declaration import Register
from .models import Piece, Submission
from .permissions import division_of, may_change, may_enter, may_void


def enter(
    register: Register, *, by: Any, values: Mapping[str, Any], key: UUID | None = None
) -> tuple[Any, bool]:
    """Enter a record; with a key, the same form received twice gives the same record.

    `by` is None when the system itself loads facts. Returns the record and whether it is new.
    Raises NotYours outside the actor's scope, Refused with every problem found.
    """
    if key is not None:
        earlier = _received(register, by, key)
        if earlier is not None:
            return earlier, False
    try:
        return _enter(register, by=by, values=values, key=key), True
    except IntegrityError:
        # The twin of this form was being written at the same moment; the constraint has decided.
        earlier = _received(register, by, key) if key is not None else None
        if earlier is None:
            raise
        return earlier, False


@action
def _enter(register: Register, *, by: Any, values: Mapping[str, Any], key: UUID | None) -> Any:
    if by is not None and not may_enter(by, register):
        raise NotYours
    _check_place(register, by, values)
    refuse_if(register.check(values, None))
    receipt = None
    if key is not None:
        receipt = Submission.objects.create(key=key, account=by, register=register.key)
    subject = register.model(**values)
    _spell(register, subject)
    subject.save(force_insert=True)
    if receipt is not None:
        receipt.subject_id = subject.pk
        receipt.save(update_fields=["subject_id"])
    _index(register, subject)
    place = division_of(register, subject)
    after = snapshot(register, subject)
    record(by, f"{register.key}.entered", subject, after=after, place=place)
    return subject


@action
def change(
    register: Register,
    subject: Any,
    *,
    by: Any,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Any:
    """Change a record that was read at `version` (None: whatever it is now).

    Raises NotYours, Outdated when somebody changed it in between, Refused. A change that changes
    nothing leaves no entry.
    """
    subject = register.model._default_manager.select_for_update().get(pk=subject.pk)
    if by is not None and not may_change(by, register, subject):
        raise NotYours
    before = snapshot(register, subject)
    names = [name for name, value in values.items() if getattr(subject, name) != value]
    if not names:
        unchanged()
        return subject
    if version is not None and subject.version != version:
        raise Outdated(subject)
    _check_place(register, by, {name: values[name] for name in names})
    refuse_if(register.check(values, subject))
    for name in names:
        setattr(subject, name, values[name])
    _spell(register, subject)
    subject.version += 1
    subject.save(update_fields=[*names, "name", "sort_key", "initials", "version", "changed_at"])
    _index(register, subject)
    after = snapshot(register, subject)
    differ = [name for name in after if before.get(name) != after[name]]
    record(
        by,
        f"{register.key}.changed",
        subject,
        before={name: before.get(name) for name in differ},
        after={name: after[name] for name in differ},
        place=division_of(register, subject),
    )
    return subject


@action
def set_void(register: Register, subject: Any, *, by: Any, void: bool, reason: str = "") -> Any:
    """Void a record entered by mistake, or bring it back.

    Raises NotYours, and Refused without a reason, or when a record brought back would break a rule.
    """
    subject = register.model._default_manager.select_for_update().get(pk=subject.pk)
    if by is not None and not may_void(by, register, subject):
        raise NotYours
    if subject.void == void:
        unchanged()
        return subject
    if void and not reason.strip():
        raise Refused(Problem("registers.no_reason", _("写一句作废的原因"), "reason"))
    if not void:
        # Another record may have taken its place in the meantime.
        refuse_if(register.check({}, subject))
    subject.void = void
    subject.version += 1
    subject.save(update_fields=["void", "version", "changed_at"])
    verb = "voided" if void else "restored"
    record(
        by,
        f"{register.key}.{verb}",
        subject,
        before={"void": not void},
        after={"void": void},
        place=division_of(register, subject),
        reason=reason,
    )
    return subject


def snapshot(register: Register, subject: Any) -> dict[str, Any]:
    """Return a record's fields as the journal keeps them: related records with number and name."""
    kept: dict[str, Any] = {}
    for field in register.model._meta.concrete_fields:
        if field.primary_key or not field.editable or field.name in {"entered_at", "changed_at"}:
            continue
        value = getattr(subject, field.attname)
        if isinstance(field, models.ForeignKey) and value is not None:
            value = {"id": value, "text": _text_of(getattr(subject, field.name))}
        kept[field.name] = value
    return kept


def _received(register: Register, by: Any, key: UUID) -> Any:
    """Return the record that a form with this key has already made, if any."""
    receipt = Submission.objects.filter(key=key, account=by, register=register.key).first()
    if receipt is None or receipt.subject_id is None:
        return None
    return register.model._default_manager.filter(pk=receipt.subject_id).first()


def _check_place(register: Register, by: Any, values: Mapping[str, Any]) -> None:
    """Refuse a record that would lie where the actor holds nothing."""
    if by is None:
        return
    first = register.place.split("__", maxsplit=1)[0]
    if first not in values:
        return
    trial = register.model(**{first: values[first]})
    if not may_void(by, register, trial):
        raise NotYours


def _spell(register: Register, subject: Any) -> None:
    if register.naming is not None:
        # The name is kept, so it is put together in one language, whoever enters the record.
        with in_source_language():
            subject.name = register.naming(subject)
    subject.sort_key = sort_key(subject.name)
    subject.initials = initials(subject.name)


def _index(register: Register, subject: Any) -> None:
    """Bring the search index of one record up to its name."""
    wanted = pieces(*(str(getattr(subject, name)) for name in register.search), subject.initials)
    rows = Piece.objects.filter(register=register.key, subject_id=subject.pk)
    kept = set(rows.values_list("text", flat=True))
    if gone := kept - wanted:
        rows.filter(text__in=gone).delete()
    Piece.objects.bulk_create(
        Piece(register=register.key, text=text, subject_id=subject.pk)
        for text in sorted(wanted - kept)
    )


def _text_of(related: Any) -> str:
    if isinstance(related, Division):
        last = Version.objects.filter(division=related).order_by("-until").first()
        return last.name if last else related.key
    return str(related)
