"""A tenancy: how it stands, what is missing, what happened; and one form for each move."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.permissions import holds
from tongxin.calendars.queries import last_day
from tongxin.calendars.rules import Due, amount
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.incubation import actions, forms
from tongxin.incubation.actions.applying import papers_of, tasks_of
from tongxin.incubation.actions.clocks import clock
from tongxin.incubation.actions.incubating import Agreed
from tongxin.incubation.actions.moving import life_of
from tongxin.incubation.choices import EventKind, State, Verb
from tongxin.incubation.models import Event, Tenancy
from tongxin.incubation.permissions import may_move
from tongxin.incubation.queries import events_by_month
from tongxin.incubation.register import EVENTS, TENANCIES
from tongxin.incubation.rules.clocks import late_by
from tongxin.incubation.rules.lives import (
    APPLYING,
    DECISIONS,
    GONE,
    INSIDE,
    PROMISED,
    REASONED,
    allowed,
    state_problems,
)
from tongxin.public_notices.choices import State as NoticeState
from tongxin.public_notices.models import PublicNotice
from tongxin.public_notices.permissions import may_prepare, works_there
from tongxin.public_notices.queries import calendar_for, ending_of, may_go_on, of_record
from tongxin.registers.actions import note_reading
from tongxin.registers.choices import Act
from tongxin.registers.doors import crumbs, record_at
from tongxin.registers.models import WAITING, counted
from tongxin.registers.permissions import visible_to

Form = type[forms.MoveForm]


def _admit(tenancy: Tenancy, *, by: Any, said: Any, **agreed: Any) -> Tenancy:
    return actions.admit(tenancy, by=by, said=said, agreed=Agreed(**agreed))


MOVES: dict[Verb, tuple[Form, Callable[..., Tenancy]]] = {
    Verb.SUBMIT: (forms.MoveForm, actions.submit),
    Verb.CHECK: (forms.MoveForm, actions.check),
    Verb.GIVE_BACK: (forms.MoveForm, actions.give_back),
    Verb.APPROVE: (forms.MoveForm, actions.approve),
    Verb.WAIT: (forms.MoveForm, actions.wait),
    Verb.REJECT: (forms.MoveForm, actions.reject),
    Verb.PUBLICISE: (forms.MoveForm, actions.publicise),
    Verb.ADMIT: (forms.AdmitForm, _admit),
    Verb.RELOCATE: (forms.PlacingForm, actions.relocate),
    Verb.REVIEW: (forms.FindingForm, actions.review),
    Verb.EXTEND: (forms.UntilForm, actions.extend),
    Verb.ASSESS: (forms.AssessForm, actions.assess),
    Verb.GRADUATE: (forms.OutcomeForm, actions.graduate),
    Verb.LEAVE: (forms.MoveForm, actions.leave),
    Verb.REMOVE: (forms.MoveForm, actions.remove),
    Verb.HAND_BACK: (forms.MoveForm, actions.hand_back),
    Verb.FOLLOW_UP: (forms.OutcomeForm, actions.follow_up),
    Verb.WITHDRAW: (forms.MoveForm, actions.withdraw),
}
ASIDE = REASONED | {Verb.RELOCATE}
"""Shown last, and not as the thing to do next."""


@access(SIGNED_IN)
def tenancy(request: HttpRequest, pk: int) -> HttpResponse:
    """How a tenancy stands: its clock, its task list, what can be done, what was done."""
    register, found, acts = record_at(request, TENANCIES.key, pk)
    note_reading(register, found, by=request.user)
    today, life, changes = timezone.localdate(), life_of(found), Act.CHANGE in acts
    decides = changes and holds(request.user, Power.ACCEPT, found.base.division_id)
    verbs = [verb for verb in allowed(life) if (decides if verb in DECISIONS else changes)]
    events = visible_to(request.user, EVENTS).filter(tenancy=found)
    notice = notice_shown(request.user, register, found)
    against: tuple[Problem, ...] = ()
    if found.state == State.PUBLICISED and notice and notice.state == NoticeState.CLOSED:
        against = may_go_on(notice, today)
    words, why = clock_of(found, notice, holding=life.holds)
    context = {
        "tenancy": found,
        "tasks": tasks_of(found) if found.state in APPLYING else (),
        "verbs": [verb for verb in verbs if verb not in ASIDE],
        "others": [verb for verb in verbs if verb in ASIDE],
        "clock": words,
        "due": why,
        "late": 0 if found.state == State.PUBLICISED else late_by(today, found.due_on),
        "notice": notice,
        "against": against,
        "may_draft_notice": found.state in PROMISED
        and (notice is None or bool(against))
        and may_prepare(request.user, register, found),
        "moves": found.moves.all(),
        "stays": found.stays.all(),
        "kinds": EventKind,
        "months": _months(events),
        "unread": events.filter(counted(stages=WAITING)).count(),
        "may_change": changes,
        "crumbs": crumbs(register, found, _("办理")),
    }
    return render(request, "incubation/tenancy.html", context)


@access(SIGNED_IN)
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which papers were handed in."""
    register, found, _acts = record_at(request, TENANCIES.key, pk, Act.CHANGE)
    asked = tuple(task.paper for task in tasks_of(found) if task.paper)
    form = forms.PapersForm(
        request.POST if request.method == "POST" else None,
        papers=asked,
        initial={"papers": papers_of(found)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_papers(found, by=request.user, papers=form.cleaned_data["papers"])
        except Refused as refusal:
            forms.refuse(form, refusal.problems)
        except NotYours as stranger:
            raise Http404 from stranger
        else:
            messages.success(request, _("已记下收到的材料"))
            return redirect("incubation:tenancy", pk)
    context = {
        "tenancy": found,
        "form": form,
        "title": _("收到的材料"),
        "crumbs": _crumbs(register, found, _("材料")),
    }
    return render(request, "incubation/move.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a tenancy further, or say in words why that is not to be done now."""
    register, found, _acts = record_at(request, TENANCIES.key, pk, Act.CHANGE)
    if verb not in set(Verb) or not may_move(request.user, Verb(verb), found):
        raise Http404
    kind, act = MOVES[Verb(verb)]
    typed = request.POST if request.method == "POST" else None
    form = kind(typed, tenancy=found, reasoned=Verb(verb) in REASONED)
    problems: tuple[Problem, ...] = tuple(state_problems(Verb(verb), life_of(found)))
    status = 200
    if request.method == "POST":
        if not problems and form.is_valid() and _done(request, act, found, form):
            facts = {"verb": Verb(verb).label, "name": found}
            messages.success(request, _("“%(name)s”：%(verb)s已办") % facts)
            return redirect("incubation:tenancy", pk)
        status = 422
    context = {
        "tenancy": found,
        "form": form,
        "problems": problems,
        "verb": Verb(verb),
        "title": Verb(verb).label,
        "clock": told_before(found, Verb(verb)),
        "crumbs": _crumbs(register, found, str(Verb(verb).label)),
    }
    return render(request, "incubation/move.html", context, status=status)


def _done(
    request: HttpRequest, act: Callable[..., Tenancy], found: Tenancy, form: forms.MoveForm
) -> bool:
    """Make a move; False when it was refused, with the reasons in the form."""
    try:
        act(found, by=request.user, said=form.said(), **form.more())
    except Refused as refusal:
        form.refuse(refusal.problems)
        return False
    except Outdated as outdated:
        form.read_again(outdated.current)
        words = _("这条入驻刚被别人改过，现在是“%(state)s”。看过再提交一次")
        facts = {"state": outdated.current.get_state_display()}
        form.refuse((Problem("incubation.outdated", words % facts),))
        return False
    except NotYours as stranger:
        raise Http404 from stranger
    return True


def notice_shown(account: Any, register: Any, found: Tenancy) -> PublicNotice | None:
    """Return the latest public notice about an application that its reader may see. One query."""
    latest = of_record(register.key, found.pk).exclude(state=NoticeState.WITHDRAWN).first()
    if latest is None or latest.starts_on is not None:
        return latest
    return latest if works_there(account, register, found) else None


def clock_of(
    tenancy: Tenancy, notice: PublicNotice | None, *, holding: bool
) -> tuple[str, Due | None]:
    """Say which clock runs and until when; and why until then, where it counts days.

    That of a public notice is its own: its last day follows the calendar.
    """
    if tenancy.state == State.PUBLICISED and notice is not None:
        ends = ending_of(notice, calendar_for([notice]))
        if ends is None or notice.state != NoticeState.POSTED:
            return "", None
        facts = {"due": ends.last_day.isoformat(), "since": ends.due.clock.start.isoformat()}
        words = _("公示到 %(due)s：自 %(since)s 次日起 %(period)s")
        return words % (facts | {"period": ends.due.period}), ends.due
    if tenancy.due_on is None or tenancy.state_on is None:
        return "", None
    clocks = {
        State.SUBMITTED: ("check", _("最迟 %(due)s 核对完：自 %(since)s 次日起 %(period)s")),
    }
    if holding:
        words = _("最迟 %(due)s 交还场地：自 %(since)s 次日起 %(period)s")
        clocks |= dict.fromkeys(GONE, ("handback", words))
    facts = {"due": tenancy.due_on.isoformat(), "since": tenancy.state_on.isoformat()}
    if tenancy.state not in clocks:
        return (_("协议到 %(due)s") % facts if tenancy.state in INSIDE else ""), None
    name, words = clocks[State(tenancy.state)]
    counted = last_day(clock(tenancy.base, name, tenancy.state_on))
    # A calendar or a clock that was changed since moves nothing that has begun.
    why = counted if counted.last_day == tenancy.due_on else None
    return words % (facts | {"period": counted.period}), why


def told_before(tenancy: Tenancy, verb: Verb) -> str:
    """Say before a move what its clock will be."""
    base = tenancy.base
    back = (base.handback_days, base.handback_unit, _("办理后 %(period)s内交还场地"))
    clocks = {
        Verb.SUBMIT: (base.check_days, base.check_unit, _("提交后 %(period)s内核对")),
        Verb.PUBLICISE: (
            base.notice_days,
            base.notice_unit,
            _("公示不少于 %(period)s，结束了再签协议"),
        ),
        Verb.GRADUATE: back,
        Verb.LEAVE: back,
        Verb.REMOVE: back,
    }
    if verb not in clocks:
        return ""
    days, unit, words = clocks[verb]
    return words % {"period": amount(days, unit)}


def _months(events: QuerySet[Event]) -> list[tuple[Any, list[int], int]]:
    """Return month, number of events of each kind, and their sum."""
    rows = []
    for month, counts in events_by_month(events).items():
        numbers = [counts.get(kind, 0) for kind in EventKind]
        rows.append((month, numbers, sum(numbers)))
    return rows


def _crumbs(register: Any, found: Tenancy, here: str) -> Iterable[tuple[Any, str]]:
    return [
        *crumbs(register, found, here)[:-1],
        (_("办理"), reverse("incubation:tenancy", args=[found.pk])),
        (here, ""),
    ]
