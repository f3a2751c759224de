"""Entering, changing and voiding a record: the same three acts for every register."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from tongxin.accounts.choices import Sensitivity
from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, note_read, record, unchanged
from tongxin.journal.queries import sealing_problems

from .choices import Act, Stage
from .declaration import BROUGHT_BACK, Register
from .following import Written, tell
from .models import Merging, Submission
from .permissions import division_of, may, may_enter, strictest_of
from .screening import blocked_in, blocked_in_text
from .writing import check_place, index, personal_of, received, snapshot, spell, stage_written

KEPT_WITH_A_CHANGE = ("name", "sort_key", "initials", "stage", "version", "changed_at")


def enter(  # noqa: PLR0913  the facts of an entry
    register: Register,
    *,
    by: Any,
    values: Mapping[str, Any],
    key: UUID | None = None,
    draft: bool = False,
    sent: bool = False,
) -> tuple[Any, bool]:
    """Enter a record; with a key, the same form received twice gives the same record.

    `by` is None when the system itself loads facts. Unless it is a draft it goes to whoever
    accepts it. What is `sent` in is the actor's own to send, wherever it lies. Returns the record
    and whether it is new. Raises NotYours outside the actor's scope, Refused with every problem
    found.
    """
    if key is not None:
        earlier = received(register, by, key)
        if earlier is not None:
            return earlier, False
    try:
        return _enter(register, by=by, values=values, key=key, draft=draft, sent=sent), True
    except IntegrityError:
        # The twin of this form was being written at the same moment; the constraint has decided.
        earlier = received(register, by, key) if key is not None else None
        if earlier is None:
            raise
        return earlier, False


@action
def _enter(  # noqa: PLR0913  the facts of an entry
    register: Register,
    *,
    by: Any,
    values: Mapping[str, Any],
    key: UUID | None,
    draft: bool,
    sent: bool,
) -> Any:
    if not sent:
        if by is not None and not may_enter(by, register):
            raise NotYours
        check_place(register, by, values)
    refuse_unsealed(register)
    refuse_if([*blocked_in(register, values), *register.problems(values, None)])
    receipt = None
    if key is not None:
        receipt = Submission.objects.create(key=key, account=by, register=register.key)
    subject: Any = register.model(**values, entered_by=by)
    subject.stage = stage_written(register, subject, by, draft=draft)
    spell(register, subject)
    subject.save(force_insert=True)
    if sent and by is not None and not may(by, Act.SEND, register, subject):
        raise NotYours
    if receipt is not None:
        receipt.subject_id = subject.pk
        receipt.save(update_fields=["subject_id"])
    index(register, subject)
    place = division_of(register, subject)
    after = snapshot(register, subject)
    record(
        by,
        f"{register.key}.entered",
        subject,
        after=after,
        place=place,
        personal=personal_of(register),
    )
    tell(Written(register, subject, by, None, after, None))
    return subject


@action
def change(  # noqa: PLR0913  the facts of a change
    register: Register,
    subject: Any,
    *,
    by: Any,
    values: Mapping[str, Any],
    version: int | None = None,
    draft: bool = False,
    act: str = Act.CHANGE,
) -> Any:
    """Change a record that was read at `version` (None: whatever it is now).

    It then goes to whoever accepts it, unless it is a draft, or the actor accepts it himself.
    `act` is what the actor must be allowed: who sent a record in may `SEND` it again.
    Raises NotYours, Outdated when somebody changed it in between, Refused. A change that changes
    nothing leaves no entry.
    """
    subject = register.model._default_manager.select_for_update().get(pk=subject.pk)
    if by is not None and not may(by, act, register, subject):
        raise NotYours
    before = snapshot(register, subject)
    names = [name for name, value in values.items() if getattr(subject, name) != value]
    was, stage = subject.stage, stage_written(register, subject, by, draft=draft)
    if not names and was in {stage, Stage.ACCEPTED}:
        unchanged()
        return subject
    if version is not None and subject.version != version:
        raise Outdated(subject)
    changed = {name: values[name] for name in names}
    check_place(register, by, changed)
    refuse_unsealed(register)
    refuse_if([*blocked_in(register, changed), *register.problems(values, subject)])
    for name in names:
        setattr(subject, name, values[name])
    if stage == Stage.ACCEPTED:
        stage = stage_written(register, subject, by, draft=draft)  # the place may be another now
    spell(register, subject)
    subject.stage = stage
    subject.version += 1
    subject.save(update_fields=[*names, *KEPT_WITH_A_CHANGE])
    index(register, subject)
    refuse_out_of_sight(register, subject, by)
    after = snapshot(register, subject)
    differ = [name for name in after if before.get(name) != after[name]]
    record(
        by,
        f"{register.key}.{'changed' if names else 'submitted'}",
        subject,
        before={name: before.get(name) for name in differ},
        after={name: after[name] for name in differ},
        place=division_of(register, subject),
        personal=personal_of(register),
    )
    tell(Written(register, subject, by, before, after, was))
    return subject


@action
def set_void(  # noqa: PLR0913  who, what, why, and what was read
    register: Register,
    subject: Any,
    *,
    by: Any,
    void: bool,
    reason: str = "",
    version: int | None = None,
) -> Any:
    """Void a record entered by mistake that was read at `version`, or bring it back.

    Raises NotYours, Outdated, and Refused without a reason, or when a record brought back would
    break a rule.
    """
    if register.lock is not None and not void:
        register.lock(subject)
    subject = register.model._default_manager.select_for_update().get(pk=subject.pk)
    act = Act.VOID if void else Act.RESTORE
    if by is not None and subject.void != void and not may(by, act, register, subject):
        raise NotYours
    if subject.void == void:
        unchanged()
        return subject
    if version is not None and subject.version != version:
        raise Outdated(subject)
    if void and not reason.strip():
        raise Refused(Problem("registers.no_reason", _("写一句作废的原因"), "reason"))
    refuse_unsealed(register)
    refuse_if(blocked_in_text(reason, _("原因"), "reason"))
    if not void:
        refuse_if(merged_problems(register, subject))
        # Another record may have taken its place in the meantime.
        refuse_if(register.problems(BROUGHT_BACK, subject))
    was = subject.stage
    if void and was != Stage.ACCEPTED:
        subject.stage = Stage.DRAFT  # nobody is asked to accept what is void
    subject.void = void
    subject.version += 1
    subject.save(update_fields=["void", "stage", "version", "changed_at"])
    verb = "voided" if void else "restored"
    record(
        by,
        f"{register.key}.{verb}",
        subject,
        before={"void": not void},
        after={"void": void},
        place=division_of(register, subject),
        reason=reason,
        personal=personal_of(register),
    )
    fields = snapshot(register, subject)
    tell(Written(register, subject, by, fields, fields, was))
    return subject


def note_reading(register: Register, subject: Any, *, by: Any) -> None:
    """Write down that somebody opened a restricted record, or one that refers to such a record."""
    if strictest_of(register, subject) != Sensitivity.RESTRICTED:
        return
    place, personal = division_of(register, subject), personal_of(register)
    note_read(by, f"{register.key}.read", subject, place=place, personal=personal)


def refuse_unsealed(register: Register) -> None:
    """Refuse to write where everything has to be sealed while nothing is."""
    if register.sealed:
        refuse_if(sealing_problems())


def refuse_out_of_sight(register: Register, subject: Any, by: Any) -> None:
    """Refuse a change after which whoever makes it would no longer see the record."""
    if by is None or subject.sensitivity != Sensitivity.RESTRICTED:
        return
    if not may(by, Act.SEE, register, subject):
        raise Refused(out_of_sight())


def out_of_sight() -> Problem:
    """Say that whoever restricts a record would no longer see it himself."""
    words = _("设为“受限”后你自己也看不到这条记录。改选“内部”，或让上级协调员来改")
    return Problem("registers.out_of_sight", words, "sensitivity")


def merged_problems(register: Register, subject: Any) -> Iterator[Problem]:
    """Say that a record was merged into another: it does not come back beside it."""
    merged = Merging.objects.filter(register=register.key, absorbed_id=subject.pk)
    yield from still_merged(exists=merged.exists())


def still_merged(*, exists: bool) -> Iterator[Problem]:
    """Say what to do instead of bringing back what was merged, if it was."""
    if exists:
        words = _("这条记录已并入另一条。要分开，用“撤销合并”，不用“恢复”")
        yield Problem("registers.merged", words)
