"""Handing a file over: as a file that no browser shows, runs or keeps, to pages and programs."""

import logging
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tongxin.files.models import Revision
from tongxin.files.storage import Damaged, read
from tongxin.registers.declaration import Register

from . import actions

logger = logging.getLogger(__name__)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    # Compressed already, most of it: not compressed again on the way.
    "Content-Encoding": "identity",
}


def handed_over(register: Register, record: Any, revision: Revision, *, by: Any) -> HttpResponse:
    """Return a file for whoever may open it; that a restricted one is taken is written down.

    Raises Damaged where the content on the shelf is not what was kept.
    """
    try:
        content = read(revision.stored, revision.sha256)
    except Damaged:
        logger.exception("the content of revision %s is not what was kept", revision.pk)
        raise
    actions.take(register, record, revision, by=by)
    disposition = content_disposition_header(as_attachment=True, filename=revision.name)
    headers = HEADERS | {"Content-Disposition": disposition}
    return HttpResponse(content, content_type=revision.get_kind_display(), headers=headers)
