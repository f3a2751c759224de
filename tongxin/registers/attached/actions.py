"""Attaching files to a record: who may change the record may do so, with what he may open."""

from typing import Any
from uuid import UUID

from django.db import models

from tongxin.accounts.choices import Sensitivity
from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.files import actions as files
from tongxin.files.gate import Passed
from tongxin.files.models import Attachment, Revision
from tongxin.files.queries import same_content
from tongxin.journal.actions import action, unchanged
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.models import Submission
from tongxin.registers.permissions import division_of, may, unrestricted
from tongxin.registers.screening import blocked_in_text

from .queries import opened


@action
def attach(  # noqa: PLR0913  the facts of an attachment, and the key of a program
    register: Register,
    record: Any,
    *,
    by: Any,
    passed: Passed,
    sensitivity: str,
    key: UUID | None = None,
) -> tuple[Attachment, bool]:
    """Attach a file to a record; return the attachment, and whether it is new.

    A file that the actor has already attached, or sees there, is not attached twice: a form sent
    again makes no other. Nor is what was sent with the same key, though it was replaced since.
    `by` is None when the system itself loads facts. Raises NotYours, Refused.
    """
    record = _held(register, record, by)
    refuse_if(blocked_in_text(passed.name, _("文件名"), "file"))
    if by is not None:
        seen = opened(by, register, record)
        known = _received(register, by, key, seen, passed) or same_content(seen, passed.sha256)
        if known is not None:
            unchanged()
            return known, False
    made = files.attach(
        by=by,
        register=register.key,
        subject=record,
        passed=passed,
        sensitivity=sensitivity,
        place=division_of(register, record),
    )
    _refuse_out_of_sight(register, record, made, by)
    if key is not None:
        kept = {"account": by, "register": _kept_under(register), "subject_id": made.pk}
        Submission.objects.create(key=key, **kept)
    return made, True


@action
def replace(  # noqa: PLR0913  the facts of a revision, and what was read before
    register: Register,
    record: Any,
    attachment: Attachment,
    *,
    by: Any,
    passed: Passed | None,
    sensitivity: str,
    read: int | None = None,
) -> Attachment:
    """Add a newer file to an attachment in force, or change who may know of it.

    Raises NotYours, Refused, and Outdated when another file has come since `read`.
    """
    record = _held(register, record, by)
    if attachment.void:
        raise NotYours
    if passed is not None:
        refuse_if(blocked_in_text(passed.name, _("文件名"), "file"))
    changed = files.replace(
        attachment,
        by=by,
        passed=passed,
        sensitivity=sensitivity,
        read=read,
        place=division_of(register, record),
    )
    _refuse_out_of_sight(register, record, changed, by)
    return changed


@action
def set_removed(  # noqa: PLR0913  what is removed, from what, by whom, why
    register: Register,
    record: Any,
    attachment: Attachment,
    *,
    by: Any,
    removed: bool,
    reason: str = "",
    read: int | None = None,
) -> Attachment:
    """Remove an attachment from a record, or bring it back.

    Raises NotYours, Refused, and Outdated when another file has come since `read`.
    """
    record = _held(register, record, by)
    refuse_if(blocked_in_text(reason, _("原因"), "reason"))
    place = division_of(register, record)
    return files.set_removed(
        attachment, by=by, removed=removed, place=place, reason=reason, read=read
    )


def is_restricted(register: Register, record: Any, attachment: Attachment) -> bool:
    """Whether an attachment or its record is restricted: then each download is written down."""
    if attachment.sensitivity == Sensitivity.RESTRICTED:
        return True
    rows: models.QuerySet[Any] = register.model._default_manager.filter(pk=record.pk)
    return not rows.filter(unrestricted(register)).exists()


def take(register: Register, record: Any, revision: Revision, *, by: Any) -> None:
    """Write down that a file was taken, where it is restricted."""
    if is_restricted(register, record, revision.attachment):
        files.note_download(revision, by=by, place=division_of(register, record))


def _received(
    register: Register,
    by: Any,
    key: UUID | None,
    seen: models.QuerySet[Attachment],
    passed: Passed,
) -> Attachment | None:
    """Return what was attached with a key already, for whoever may still open it.

    Raises Refused where it was another file.
    """
    if key is None:
        return None
    kept = Submission.objects.filter(key=key, account=by, register=_kept_under(register)).first()
    if kept is None or kept.subject_id is None:
        return None
    found = seen.filter(pk=kept.subject_id).first()
    if found is None:
        raise NotYours
    if not found.revisions.filter(number=1, sha256=passed.sha256).exists():
        words = _("这个键已经用来上传过“%(name)s”，内容不同。换一个再送")
        told = words % {"name": found.name}
        raise Refused(Problem("files.key_used", told, "Idempotency-Key"))
    return found


def _kept_under(register: Register) -> str:
    """Return under which name the keys of files are kept: apart from those of records."""
    return f"{register.key}.files"


def _held(register: Register, record: Any, by: Any) -> Any:
    """Hold the record while its attachments change; raise NotYours for who may not change it."""
    held = register.model._default_manager.select_for_update().get(pk=record.pk)
    if by is not None and not may(by, Act.CHANGE, register, held):
        raise NotYours
    return held


def _refuse_out_of_sight(register: Register, record: Any, attachment: Attachment, by: Any) -> None:
    """Refuse a sensitivity under which the actor himself could no longer open the file."""
    if by is None or opened(by, register, record).filter(pk=attachment.pk).exists():
        return
    words = _("设为“受限”后你自己也打不开这个附件。改选“内部”，或让上级协调员来改")
    raise Refused(Problem("files.out_of_sight", words, "sensitivity"))
