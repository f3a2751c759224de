"""Taking names down: those a notice showed, and those of whoever objected."""

import datetime as dt

from tongxin.journal.actions import action, erase_personal, record
from tongxin.public_notices.models import Objection, PublicNotice
from tongxin.public_notices.queries import with_names_to_take_down, with_objectors_to_forget

from .holding import place_of, subject_of


def take_down(on: dt.date) -> int:
    """Take down every name whose day has come; each is an action of its own."""
    notices, objections = list(with_names_to_take_down(on)), list(with_objectors_to_forget(on))
    for notice in notices:
        _names(notice, on)
    for objection in objections:
        _objector(objection)
    return len(notices) + len(objections)


@action
def _names(notice: PublicNotice, on: dt.date) -> None:
    """Delete the names that a notice showed, and what the journal kept of them."""
    notice = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    place = place_of(*subject_of(notice.register, notice.subject_id))
    notice.names, notice.names_gone_on = "", on
    notice.version += 1
    notice.save(update_fields=["names", "names_gone_on", "version", "changed_at"])
    erase_personal([notice], ["names"])
    after = {"names_gone_on": on}
    record(None, "public_notices.names_taken_down", notice, after=after, place=place)


@action
def _objector(objection: Objection) -> None:
    """Delete the signature of an objection; that it was signed stays."""
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    notice = objection.notice
    place = place_of(*subject_of(notice.register, notice.subject_id))
    objection.objector = ""
    objection.save(update_fields=["objector"])
    record(None, "public_notices.names_taken_down", objection, place=place)
