"""Rules asked of the values of bases, calls, tenancies and events."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils import timezone

from tongxin.core.dates import Span
from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.incubation.models import Base, Stay, Tenancy
from tongxin.incubation.queries import held_of, held_of_bases, lives_of
from tongxin.incubation.rules.bases import base_problems, capacity_problems, intake_problems
from tongxin.incubation.rules.lives import APPLYING, LIVE, event_problems
from tongxin.incubation.rules.occupancy import peak, room_problems
from tongxin.registers.lookups import together

APPLIED_FOR = ("organisation", "applicant", "admission", "premises", "places", "plan")


def check_bases(rows: Sequence[Mapping[str, Any]]) -> Callable[..., Iterator[Problem]]:
    """Return what says what stands against bases.

    What is held in them is looked up for all when the first of them gets other places.
    """
    held = together((row["id"] for row in rows if "id" in row), held_of_bases)
    return partial(_against_base, held)


def _against_base(
    held: Callable[[int], Any], values: Mapping[str, Any], base: Any
) -> Iterator[Problem]:
    today = timezone.localdate()
    opened, *contract = (
        values.get(name, getattr(base, name, None))
        for name in ("opened_on", "contract_from", "contract_until")
    )
    yield from base_problems(opened, today, (contract[0], contract[1]))
    if base is not None and values.get("capacity", base.capacity) != base.capacity:
        taken = peak([each for _tenancy, each in held(base.pk)], Span(today))
        yield from capacity_problems(values["capacity"], taken)


def check_intake(values: Mapping[str, Any], intake: Any) -> Iterator[Problem]:
    """Say what stands against an intake with these values."""
    opens, closes, places, base = (
        values.get(name, getattr(intake, name, None))
        for name in ("opens_on", "closes_on", "places", "base")
    )
    yield from intake_problems(opens, closes, places, base.capacity if base else None)


def check_tenancies(rows: Sequence[Mapping[str, Any]]) -> Callable[..., Iterator[Problem]]:
    """Return what says what stands against applications; brought back, against their places.

    What was applied for changes only while it is with the applicant.
    """
    told = [row["organisation"] for row in rows if row.get("organisation")]
    lives = together((getattr(each, "pk", each) for each in told), lives_of)
    return partial(_against_tenancy, lives)


def _against_tenancy(
    lives: Callable[[int], Any], values: Mapping[str, Any], tenancy: Any
) -> Iterator[Problem]:
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
        own = tenancy.pk if tenancy else None
        yield from _twice(organisation, lives(organisation.pk) or (), own)
    if values.get("void") is False:
        yield from _restoring(tenancy)


def check_event(values: Mapping[str, Any], event: Any) -> Iterator[Problem]:
    """Say what stands against an event with these values."""
    tenancy = values.get("tenancy", getattr(event, "tenancy", None))
    on: dt.date | None = values.get("happened_on", getattr(event, "happened_on", None))
    yield from event_problems(on, tenancy.admitted_on, tenancy.ended_on, timezone.localdate())


def twice_problems(organisation: Any, apart_from: int | None) -> Iterator[Problem]:
    """Say that an organisation already has a tenancy that has not ended."""
    return _twice(organisation, lives_of([organisation.pk]).get(organisation.pk, ()), apart_from)


def _twice(
    organisation: Any, lives: Iterable[Tenancy], apart_from: int | None
) -> Iterator[Problem]:
    other = next((each for each in lives if each.pk != apart_from), None)
    if other is not None:
        words = _("“%(name)s”另有一条没有办完的入驻（%(state)s）。先办完那一条")
        facts = {"name": organisation, "state": other.get_state_display()}
        yield Problem("incubation.twice", words % facts, "organisation")


def _restoring(tenancy: Any) -> Iterator[Problem]:
    """Say that the places which a tenancy held have been given to others since.

    Asked of each by itself: it is held with its organisation and its base one after the other.
    """
    base = Base.objects.get(pk=tenancy.base_id)  # held by `moving.hold_around` before
    for stay in Stay.objects.filter(tenancy=tenancy):
        held = held_of(base, apart_from=tenancy.pk)
        yield from room_problems(base.capacity, held, Span(stay.since, stay.until), stay.places)
