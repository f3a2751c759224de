"""Rules asked of the values of bases, calls, tenancies and events."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.dates import Span
from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.incubation.models import Base, Stay
from tongxin.incubation.queries import held_of, lives_elsewhere
from tongxin.incubation.rules.bases import base_problems, capacity_problems, intake_problems
from tongxin.incubation.rules.lives import APPLYING, LIVE, event_problems
from tongxin.incubation.rules.occupancy import peak, room_problems

APPLIED_FOR = ("organisation", "applicant", "admission", "premises", "places", "plan")


def check_base(values: Mapping[str, Any], base: Any) -> Iterator[Problem]:
    """Say what stands against a base with these values."""
    today = timezone.localdate()
    opened, *contract = (
        values.get(name, getattr(base, name, None))
        for name in ("opened_on", "contract_from", "contract_until")
    )
    yield from base_problems(opened, today, (contract[0], contract[1]))
    if base is not None and values.get("capacity", base.capacity) != base.capacity:
        yield from capacity_problems(values["capacity"], peak(held_of(base), Span(today)))


def check_intake(values: Mapping[str, Any], intake: Any) -> Iterator[Problem]:
    """Say what stands against an intake with these values."""
    opens, closes, places, base = (
        values.get(name, getattr(intake, name, None))
        for name in ("opens_on", "closes_on", "places", "base")
    )
    yield from intake_problems(opens, closes, places, base.capacity if base else None)


def check_tenancy(values: Mapping[str, Any], tenancy: Any) -> Iterator[Problem]:
    """Say what stands against an application with these values; brought back, against its places.

    What was applied for changes only while it is with the applicant.
    """

    def asked(name: str) -> Any:
        return values.get(name, getattr(tenancy, name, None))

    organisation, applicant, places = asked("organisation"), asked("applicant"), asked("places")
    if bool(organisation) == bool(applicant):
        words = (
            _("台账里的组织和未登记的团队只填一个")
            if organisation
            else _("写台账里的组织；还没有登记或备案的，写团队名称")
        )
        yield Problem("incubation.applicant", words, "organisation")
    if places is not None and places < 1:
        yield Problem("incubation.places", _("占用席位至少是 1"), "places")
    changed = [name for name in APPLIED_FOR if tenancy and asked(name) != getattr(tenancy, name)]
    if changed and tenancy.state not in APPLYING:
        words = _("现在是“%(state)s”，申请内容不能改。要改的，先退回补正")
        yield Problem(
            "incubation.fixed", words % {"state": tenancy.get_state_display()}, changed[0]
        )
    if organisation and (tenancy is None or tenancy.state in LIVE):
        yield from twice_problems(organisation, tenancy.pk if tenancy else None)
    if tenancy is not None and tenancy.void and not values:
        yield from _restoring(tenancy)


def check_event(values: Mapping[str, Any], event: Any) -> Iterator[Problem]:
    """Say what stands against an event with these values."""
    tenancy = values.get("tenancy", getattr(event, "tenancy", None))
    on: dt.date | None = values.get("happened_on", getattr(event, "happened_on", None))
    yield from event_problems(on, tenancy.admitted_on, tenancy.ended_on, timezone.localdate())


def twice_problems(organisation: Any, apart_from: int | None) -> Iterator[Problem]:
    """Say that an organisation already has a tenancy that has not ended."""
    other = lives_elsewhere(organisation, apart_from)
    if other is not None:
        words = _("“%(name)s”另有一条没有办完的入驻（%(state)s）。先办完那一条")
        facts = {"name": organisation, "state": other.get_state_display()}
        yield Problem("incubation.twice", words % facts, "organisation")


def _restoring(tenancy: Any) -> Iterator[Problem]:
    """Say that the places which a tenancy held have been given to others since."""
    base = Base.objects.get(pk=tenancy.base_id)  # held by `moving.hold_around` before
    for stay in Stay.objects.filter(tenancy=tenancy):
        held = held_of(base, apart_from=tenancy.pk)
        yield from room_problems(base.capacity, held, Span(stay.since, stay.until), stay.places)
