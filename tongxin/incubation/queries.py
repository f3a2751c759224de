"""Bases and tenants as tables, figures and rules ask for them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth

from tongxin.core.dates import Span
from tongxin.registers import declaration
from tongxin.registers.choices import Act
from tongxin.registers.models import ACCEPTED, Stages, counted
from tongxin.registers.permissions import permitted

from .choices import Premises, State, Verb
from .models import Base, Event, Intake, Move, Stay, Tenancy
from .rules.lives import APPLYING, CLOCKS, LIVE, PROMISED
from .rules.occupancy import Held

CHUNK = 500


def bases(
    programme: Any, on: dt.date, level: str = "", *, stages: Stages = ACCEPTED
) -> QuerySet[Base]:
    """Return the bases in use on a day, of one level or of all; an unknown opening day counts.

    Samples are no facts; they count in a programme that is a sample itself.
    """
    rows = Base.objects.filter(
        counted(stages=stages),
        Q(opened_on__isnull=True) | Q(opened_on__lte=on),
        programme=programme,
        sample=programme.sample,
    )
    return rows.filter(level=level) if level else rows


def stays_of(tenancies: QuerySet[Tenancy]) -> list[Held]:
    """Return the places that some tenancies have held at any time."""
    rows = Stay.objects.filter(tenancy__in=tenancies.values("pk"))
    return [
        Held(Span(since, until), places)
        for since, until, places in rows.values_list("since", "until", "places")
    ]


def held_of(base: Base, apart_from: int | None = None) -> list[Held]:
    """Return the places held in a base or promised in it, but for one tenancy."""
    found = held_of_bases([base.pk])[base.pk]
    return [held for tenancy, held in found if tenancy != apart_from]


def held_of_bases(bases: Iterable[int]) -> dict[int, list[tuple[int, Held]]]:
    """Return for each base the places held or promised in it, with the tenancy that holds them.

    Two queries for each 500 bases.
    """
    numbers = sorted(set(bases))
    found: dict[int, list[tuple[int, Held]]] = {number: [] for number in numbers}
    for at in range(0, len(numbers), CHUNK):
        for base, tenancy, held in _held_in(numbers[at : at + CHUNK]):
            found[base].append((tenancy, held))
    return found


def _held_in(bases: list[int]) -> Iterator[tuple[int, int, Held]]:
    stays = Stay.objects.filter(tenancy__base__in=bases, tenancy__void=False)
    names = ("tenancy__base_id", "tenancy_id", "since", "until", "places")
    for base, tenancy, since, until, places in stays.values_list(*names):
        yield base, tenancy, Held(Span(since, until), places)
    promised = Tenancy.objects.filter(
        base__in=bases, void=False, state__in=PROMISED, premises=Premises.ON
    )
    for base, tenancy, on, places in promised.values_list("base_id", "pk", "state_on", "places"):
        yield base, tenancy, Held(Span(on), places)


def open_stay(tenancy: Tenancy) -> Stay | None:
    """Return the places that a tenancy holds and has not handed back."""
    return Stay.objects.filter(tenancy=tenancy, until__isnull=True).first()


def waiting_list(base: Base) -> QuerySet[Tenancy]:
    """Return who waits for a place of a base, longest first."""
    return Tenancy.objects.filter(base=base, void=False, state=State.WAITING).order_by(
        "state_on", "id"
    )


def windows_of(base: Base) -> list[Intake]:
    """Return the calls of a base that are in force."""
    return list(Intake.objects.filter(counted(), base=base).order_by("opens_on"))


def calls(account: Any, on: dt.date) -> QuerySet[Intake]:
    """Return the calls that an account's organisation may answer, now or later; open ones first.

    Those that are over are not among them.
    """
    rows = permitted(account, Act.FOLLOW, declaration.of(Intake)).filter(closes_on__gte=on)
    rows = rows.select_related("base", "base__division")
    return rows.order_by(Case(When(opens_on__lte=on, then=0), default=1), "closes_on", "id")


def followed(account: Any) -> QuerySet[Tenancy]:
    """Return the applications of an account's organisation, the latest first."""
    rows = permitted(account, Act.FOLLOW, declaration.of(Tenancy))
    return rows.select_related("base", "organisation", "intake").order_by("-id")


def unfinished(account: Any) -> QuerySet[Tenancy]:
    """Return those of them that wait for the organisation: not handed in yet, or given back."""
    return followed(account).filter(void=False, state__in=APPLYING)


def lives_elsewhere(organisation: Any, apart_from: int | None) -> Tenancy | None:
    """Return the tenancy that an organisation already has and that has not ended."""
    found = lives_of([organisation.pk]).get(organisation.pk, ())
    return next((each for each in found if each.pk != apart_from), None)


def lives_of(organisations: Iterable[int]) -> dict[int, list[Tenancy]]:
    """Return for each organisation that has some its tenancies that have not ended.

    One query for each 500 organisations; only number and state are read.
    """
    numbers = sorted(set(organisations))
    found: dict[int, list[Tenancy]] = {}
    for at in range(0, len(numbers), CHUNK):
        rows = Tenancy.objects.filter(
            organisation__in=numbers[at : at + CHUNK], void=False, state__in=LIVE
        )
        for each in rows.only("pk", "state", "organisation_id").order_by("pk"):
            found.setdefault(each.organisation_id, []).append(each)  # type: ignore[arg-type]
    return found


def running_out(rows: QuerySet[Tenancy], clock: str, on: dt.date) -> QuerySet[Tenancy]:
    """Return those of some tenancies of which a clock runs out soon, or has: check, handback, term.

    `due_on` is the last day of the clock that runs; after the end only that of handing back.
    """
    states, soon = CLOCKS[clock]
    rows = rows.filter(void=False, base__void=False, state__in=states)
    return rows.filter(due_on__lte=on + soon)


def tenants(programme: Any, stages: Stages = ACCEPTED) -> QuerySet[Tenancy]:
    """Return the tenancies of a programme that were admitted; each lies where its base does."""
    return Tenancy.objects.filter(
        counted(stages=stages),
        counted("base__", stages),
        base__programme=programme,
        base__sample=programme.sample,
        sample=programme.sample,
        admitted_on__isnull=False,
    ).annotate(division_id=F("base__division_id"), place_state=F("base__place_state"))


def admitted(programme: Any, on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Tenancy]:
    """Return the tenancies that have begun up to a day."""
    return tenants(programme, stages).filter(admitted_on__lte=on)


def departed(programme: Any, on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Tenancy]:
    """Return the tenancies that have ended up to a day, whichever way."""
    return tenants(programme, stages).filter(ended_on__lte=on)


def incubating(programme: Any, on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Tenancy]:
    """Return the tenants incubated on a day, each with whether it sat in the base on that day."""
    staying = Stay.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), tenancy=OuterRef("pk"), since__lte=on
    )
    rows = admitted(programme, on, stages).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    where = Case(
        When(Exists(staying), then=Value(Premises.ON.value)),
        default=Value(Premises.OFF.value),
        output_field=CharField(),
    )
    return rows.annotate(premises_then=where)


def graduated(programme: Any, on: dt.date, stages: Stages = ACCEPTED) -> QuerySet[Tenancy]:
    """Return the tenants that had graduated on a day, each with what had become of it by then."""
    verbs = (Verb.GRADUATE, Verb.FOLLOW_UP)
    told = Move.objects.filter(tenancy=OuterRef("pk"), verb__in=verbs, on__lte=on)
    latest = told.exclude(outcome="").order_by("-on", "-id").values("outcome")[:1]
    rows = departed(programme, on, stages).filter(state=State.GRADUATED)
    return rows.annotate(
        outcome_then=Coalesce(Subquery(latest), Value(""), output_field=CharField())
    )


def events_by_month(events: QuerySet[Event]) -> dict[dt.date, dict[str, int]]:
    """Return for each month with an event that counts how many there were of each kind."""
    rows = events.filter(counted())
    found: dict[dt.date, dict[str, int]] = {}
    months = rows.annotate(month=TruncMonth("happened_on")).order_by("month")
    for month, kind, number in months.values_list("month", "kind").annotate(n=Count("pk")):
        found.setdefault(month, {})[kind] = number
    return found
