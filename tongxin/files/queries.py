"""Attachments of a record, and what is amiss on the shelf."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from .models import Attachment, Revision
from .storage import checksum_of, is_stale, lying


@dataclass(frozen=True, slots=True)
class Amiss:
    """One content that is not as its row says, or a content without a row."""

    what: str
    stored: str
    revision: Revision | None = None


def attachments_of(register: str, subject_id: int, seen: Q) -> QuerySet[Attachment]:
    """Return the attachments of a record that meet a condition, each with its newest file."""
    newest = Revision.objects.filter(attachment=OuterRef("pk"), number=OuterRef("newest"))
    return Attachment.objects.filter(seen, register=register, subject_id=subject_id).annotate(
        size=Subquery(newest.values("size")[:1]),
        received_at=Subquery(newest.values("received_at")[:1], output_field=models.DateTimeField()),
    )


def revisions_of(attachment: Attachment) -> QuerySet[Revision]:
    """Return every file that was uploaded for an attachment, newest first."""
    return attachment.revisions.select_related("received_by").order_by("-number")


def same_content(among: QuerySet[Attachment], sha256: str) -> Attachment | None:
    """Return the attachment, among some in force, whose newest file is this very content."""
    held = Revision.objects.filter(
        attachment=OuterRef("pk"), number=OuterRef("newest"), sha256=sha256
    )
    return among.filter(models.Exists(held), void=False).first()


def newest_of_each(attachments: Iterable[Attachment]) -> dict[int, Revision]:
    """Return the newest file of each of some attachments, by their numbers. One query."""
    numbers = [each.pk for each in attachments]
    rows = Revision.objects.filter(attachment__in=numbers, number=F("attachment__newest"))
    return {row.attachment_id: row for row in rows}


def newest_of(attachment: Attachment) -> Revision:
    """Return the newest file of an attachment."""
    return attachment.revisions.get(number=attachment.newest)


def amiss() -> Iterator[Amiss]:
    """Compare every row with the shelf, and the shelf with the rows."""
    for revision in Revision.objects.order_by("id").iterator(chunk_size=500):
        found = checksum_of(revision.stored)
        if found != revision.sha256:
            yield Amiss("missing" if found is None else "altered", revision.stored, revision)
    yield from (Amiss("unknown", stored) for stored in unclaimed())


def unclaimed() -> Iterator[str]:
    """Return contents that no row names: of an upload that was cut off before its row was made."""
    claimed = set(Revision.objects.values_list("stored", flat=True))
    yield from (name for name in lying() if name not in claimed and is_stale(name))
