"""Drafting a notice about a record, and changing the draft."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.calendars.choices import Unit
from tongxin.core.errors import NotYours, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record, unchanged
from tongxin.public_notices.choices import State
from tongxin.public_notices.models import PublicNotice
from tongxin.public_notices.permissions import may_prepare
from tongxin.public_notices.queries import of_record
from tongxin.public_notices.rules import OPEN, Period, draft_problems, naming_problems
from tongxin.registers.declaration import Register

from .holding import PERSONAL, WRITTEN, held, numbers_problems, place_of, publicity_problems, write


@action
def draft(register: Register, subject: Any, *, by: Any, values: Mapping[str, Any]) -> PublicNotice:
    """Draft a notice about a record. Raises NotYours, or Refused with every problem found."""
    subject = register.model._default_manager.select_for_update().get(pk=subject.pk)
    if by is not None and not may_prepare(by, register, subject):
        raise NotYours
    refuse_if(
        [
            *publicity_problems(register, subject),
            *_another(register, subject),
            *_problems(values),
        ]
    )
    facts = {name: values[name] for name in WRITTEN if name in values}
    notice = PublicNotice.objects.create(
        register=register.key, subject_id=subject.pk, entered_by=by, **facts
    )
    record(
        by,
        "public_notices.drafted",
        notice,
        after=facts,
        place=place_of(register, subject),
        personal=PERSONAL,
    )
    return notice


@action
def change(
    notice: PublicNotice, *, by: Any, values: Mapping[str, Any], version: int | None = None
) -> PublicNotice:
    """Change a draft. Raises NotYours, Outdated, or Refused with every problem found."""
    notice, register, subject = held(notice, by=by, version=version, deciding=False)
    if notice.state != State.DRAFT:
        words = _("公示已发布，内容不能改。要改的，撤回后重新公示")
        raise Refused(Problem("public_notices.posted", words))
    refuse_if(_problems(values))
    differ = {
        name: values[name]
        for name in WRITTEN
        if name in values and values[name] != getattr(notice, name)
    }
    if not differ:
        unchanged()
        return notice
    return write(notice, place_of(register, subject), by=by, verb="changed", changes=differ)


def _another(register: Register, subject: Any) -> Iterator[Problem]:
    if of_record(register.key, subject.pk).filter(state__in=OPEN).exists():
        words = _("这条记录已有草稿或正在公示，先把那一份结束或撤回")
        yield Problem("public_notices.another", words)


def _problems(values: Mapping[str, Any]) -> Iterator[Problem]:
    least = None
    if values.get("least_count") is not None:
        least = (values["least_count"], Unit(values["least_unit"] or values["unit"]))
    period = Period(values["count"], Unit(values["unit"]), least)
    yield from draft_problems(period, timezone.localdate())
    yield from naming_problems(
        values.get("names", ""), values.get("names_basis", ""), values.get("names_until")
    )
    yield from numbers_problems({name: values.get(name) for name in WRITTEN})
