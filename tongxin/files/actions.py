"""Keeping a file: attached, replaced, labelled, removed, brought back; each with its entry.

Who may do so is asked by the room that keeps the record; these actions write.
"""

from typing import Any

from django.db import models

from tongxin.core.errors import Outdated, Problem, Refused
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, note_read, record, unchanged

from .gate import Passed
from .models import Attachment, Revision
from .queries import newest_of, unclaimed
from .storage import discard, put


@action
def attach(  # noqa: PLR0913  the facts of an attachment
    *,
    by: Any,
    register: str,
    subject: models.Model,
    passed: Passed,
    sensitivity: str,
    place: int,
) -> Attachment:
    """Attach a file that passed the gate to a record."""
    attachment = Attachment.objects.create(
        register=register,
        subject_id=subject.pk,
        name=passed.name,
        sensitivity=sensitivity,
        entered_by=by,
    )
    revision = _keep(attachment, 1, passed, by)
    after = {"sensitivity": sensitivity, **_told(revision)}
    record(by, "files.attached", attachment, after=after, place=place, **_of(attachment))
    return attachment


@action
def replace(  # noqa: PLR0913  the facts of a revision, and what was read before
    attachment: Attachment,
    *,
    by: Any,
    passed: Passed | None,
    sensitivity: str,
    read: int | None,
    place: int,
) -> Attachment:
    """Add a newer file, or change who may know of the attachment, or both.

    `read` is the number of the newest file when the form was opened; raises Outdated when another
    has come since. Nothing new leaves no entry.
    """
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    newest = newest_of(attachment)
    if passed is not None and passed.sha256 == newest.sha256:
        passed = None
    if passed is None and sensitivity == attachment.sensitivity:
        unchanged()
        return attachment
    if read is not None and read != attachment.newest:
        raise Outdated(attachment)
    before, after = {}, {}
    if sensitivity != attachment.sensitivity:
        before["sensitivity"], after["sensitivity"] = attachment.sensitivity, sensitivity
        attachment.sensitivity = sensitivity
    if passed is not None:
        revision = _keep(attachment, attachment.newest + 1, passed, by)
        before |= _told(newest)
        after |= _told(revision)
        attachment.newest, attachment.name = revision.number, revision.name
    attachment.save(update_fields=["sensitivity", "newest", "name", "changed_at"])
    verb = "files.labelled" if passed is None else "files.replaced"
    record(by, verb, attachment, before=before, after=after, place=place, **_of(attachment))
    return attachment


@action
def set_removed(  # noqa: PLR0913  what is removed, by whom, why, and what was read
    attachment: Attachment,
    *,
    by: Any,
    removed: bool,
    place: int,
    reason: str = "",
    read: int | None = None,
) -> Attachment:
    """Take an attachment off its record, or bring it back. Its files stay.

    Raises Refused without a reason, and Outdated when another file has come since `read`.
    """
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if attachment.void == removed:
        unchanged()
        return attachment
    if read is not None and read != attachment.newest:
        raise Outdated(attachment)
    if removed and not reason.strip():
        raise Refused(Problem("files.no_reason", _("写一句移除的原因"), "reason"))
    attachment.void = removed
    attachment.save(update_fields=["void", "changed_at"])
    record(
        by,
        "files.removed" if removed else "files.returned",
        attachment,
        before={"void": not removed},
        after={"void": removed},
        place=place,
        reason=reason,
        **_of(attachment),
    )
    return attachment


def note_download(revision: Revision, *, by: Any, place: int) -> None:
    """Write down that a restricted file was taken."""
    attachment = revision.attachment
    facts = {"number": revision.number, **_of(attachment)}
    note_read(by, "files.downloaded", attachment, place=place, **facts)


def sweep() -> int:
    """Take away contents that no row names; return how many. No record changes."""
    gone = list(unclaimed())
    for stored in gone:
        discard(stored)
    return len(gone)


def _keep(attachment: Attachment, number: int, passed: Passed, by: Any) -> Revision:
    """Put a content on the shelf and make its row; take it away again when there can be none."""
    stored = put(passed.content)
    try:
        return Revision.objects.create(
            attachment=attachment,
            number=number,
            name=passed.name,
            stored=stored,
            kind=passed.kind,
            declared=passed.declared,
            size=len(passed.content),
            sha256=passed.sha256,
            cleaned=passed.cleaned,
            received_by=by,
        )
    except BaseException:
        discard(stored)
        raise


def _told(revision: Revision) -> dict[str, Any]:
    """Return a file as the journal keeps it."""
    return {
        "name": revision.name,
        "number": revision.number,
        "size": revision.size,
        "sha256": revision.sha256,
    }


def _of(attachment: Attachment) -> dict[str, Any]:
    """Return the record that an attachment belongs to, for the journal."""
    return {"register": attachment.register, "record": attachment.subject_id}
