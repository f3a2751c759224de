"""What an organisation does itself: the calls it may answer, its application, how that stands."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Role
from tongxin.accounts.queries import standing
from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.text import number_in
from tongxin.divisions.queries import names_on
from tongxin.incubation import actions, forms
from tongxin.incubation.actions.applying import papers_of, tasks_of
from tongxin.incubation.actions.moving import life_of
from tongxin.incubation.choices import State, Verb
from tongxin.incubation.models import Intake, Tenancy
from tongxin.incubation.permissions import applicants, applicants_to
from tongxin.incubation.queries import calls as calls_for
from tongxin.incubation.queries import followed, lives_elsewhere
from tongxin.incubation.register import INTAKES, TENANCIES
from tongxin.incubation.rules.clocks import late_by
from tongxin.incubation.rules.lives import (
    APPLYING,
    REASONED,
    SENDERS,
    awaited,
    call_problems,
    sender_problems,
    state_problems,
)
from tongxin.organisations.models import Organisation
from tongxin.public_notices.choices import State as NoticeState
from tongxin.public_notices.queries import of_record
from tongxin.registers.choices import Act
from tongxin.registers.permissions import permitted

from .tenancies import clock_of, told_before

SHOWN = 50
STEPS = {Verb.SUBMIT: actions.submit, Verb.WITHDRAW: actions.withdraw}


@access(SIGNED_IN)
def calls(request: HttpRequest) -> HttpResponse:
    """The open calls that one's organisation may answer, and its applications."""
    if not standing(request.user).holds_role(Role.ORGANISATION):
        raise Http404
    today = timezone.localdate()
    context = {
        "today": today,
        "calls": calls_for(request.user, today)[:SHOWN],
        "applications": followed(request.user)[:SHOWN],
        "organisations": applicants(request.user).exists(),
        "crumbs": [(_("入驻申请"), "")],
    }
    return render(request, "incubation/calls.html", context)


@access(SIGNED_IN)
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call, and the application that answers it: what is on record is not asked again."""
    found = _call(request, pk)
    organisations = list(applicants_to(request.user, found))
    applicant = _chosen(request, organisations)
    form = _form(request, applicant)
    today, status = timezone.localdate(), 200
    if request.method == "POST":
        made = _answered(request, found, applicant, form)
        if made is not None:
            messages.success(request, _("已保存申请。材料齐了就提交"))
            return redirect("incubation:application", made.pk)
        status = 422
    context = {
        "call": found,
        "form": form,
        "applicant": applicant,
        "others": [each for each in organisations if each != applicant],
        "facts": _facts(applicant),
        "place": names_on([found.base.division_id], today)[found.base.division_id],
        "closed": list(call_problems(today, found.opens_on, found.closes_on)),
        "living": lives_elsewhere(applicant, None),
        "clock": told_before(Tenancy(base=found.base), Verb.SUBMIT),
        "crumbs": _crumbs(found.base.name),
    }
    return render(request, "incubation/call.html", context, status=status)


@access(SIGNED_IN)
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """How one's own application stands: what is missing, what is awaited, what was answered."""
    found = _application(request, pk)
    today, life = timezone.localdate(), life_of(found)
    notice = of_record(TENANCIES.key, found.pk).filter(starts_on__isnull=False)
    shown = notice.exclude(state=NoticeState.WITHDRAWN).first()
    words, why = clock_of(found, shown, holding=life.holds)
    moves = list(found.moves.all())
    last = moves[-1] if moves else None
    tasks = tasks_of(found) if found.state in APPLYING else []
    verbs = [] if found.void else [verb for verb in Verb if _open(verb, found, life)]
    context = {
        "tenancy": found,
        "awaited": awaited(found.state),
        "reason": last.note if last and last.verb in REASONED else "",
        "tasks": tasks,
        "ready": all(task.done for task in tasks),
        "may_correct": found.state in APPLYING and not found.void,
        "may_submit": Verb.SUBMIT in verbs,
        "may_withdraw": Verb.WITHDRAW in verbs,
        "clock": words,
        "due": why,
        "late": 0 if found.state == State.PUBLICISED else late_by(today, found.due_on),
        "notice": shown,
        "moves": [(each, each.note if each.verb in REASONED else "") for each in moves],
        "facts": _facts(found.organisation),
        "crumbs": _crumbs(found.base.name),
    }
    return render(request, "incubation/application.html", context)


@access(SIGNED_IN)
def application_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete or correct one's own application, while it is with the applicant."""
    found = _application(request, pk, Act.SEND)
    form = _form(request, found.organisation, found)
    problems: tuple[Problem, ...] = ()
    if found.state not in APPLYING:
        problems = tuple(state_problems(Verb.SUBMIT, life_of(found)))
    status = 200
    if request.method == "POST":
        if not problems and form.is_valid() and _corrected(request, found, form):
            messages.success(request, _("已保存申请"))
            return redirect("incubation:application", pk)
        status = 422
    context = {
        "tenancy": found,
        "form": form,
        "problems": problems,
        "title": _("补齐申请"),
        "action": _("保存"),
        "facts": _facts(found.organisation),
        "crumbs": _crumbs(found.base.name, found),
    }
    return render(request, "incubation/application_form.html", context, status=status)


@access(SIGNED_IN)
def application_step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Hand one's own application in, or take it back."""
    found = _application(request, pk, Act.SEND)
    if verb not in SENDERS:
        raise Http404
    step = Verb(verb)
    form = forms.OwnMoveForm(
        request.POST if request.method == "POST" else None,
        tenancy=found,
        reasoned=step in REASONED,
    )
    problems = (*state_problems(step, life_of(found)), *sender_problems(step, found.state))
    status = 200

    def take() -> Any:
        return STEPS[step](found, by=request.user, said=form.said())

    if request.method == "POST":
        if not problems and form.is_valid() and _taken(form, take):
            facts = {"verb": step.label, "name": found.base.name}
            messages.success(request, _("“%(name)s”：%(verb)s已办") % facts)
            return redirect("incubation:application", pk)
        status = 422
    context = {
        "tenancy": found,
        "form": form,
        "problems": problems,
        "title": step.label,
        "action": step.label,
        "clock": told_before(found, step),
        "crumbs": _crumbs(found.base.name, found),
    }
    return render(request, "incubation/application_form.html", context, status=status)


def _call(request: HttpRequest, pk: int) -> Intake:
    rows = permitted(request.user, Act.FOLLOW, INTAKES).select_related("base")
    found: Intake | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _application(request: HttpRequest, pk: int, act: str = Act.FOLLOW) -> Tenancy:
    rows = permitted(request.user, act, TENANCIES)
    rows = rows.select_related("base", "organisation", "intake")
    found: Tenancy | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest, organisations: list[Organisation]) -> Organisation:
    """Return the organisation that applies: the one asked for, or the first of one's own."""
    asked = request.POST.get("organisation") or request.GET.get("organisation") or ""
    if not organisations:
        raise Http404
    if not asked:
        return organisations[0]
    found = next((each for each in organisations if each.pk == number_in(asked)), None)
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest, applicant: Any, tenancy: Tenancy | None = None
) -> forms.ApplicationForm:
    return forms.ApplicationForm(
        request.POST if request.method == "POST" else None,
        register=TENANCIES,
        request=request,
        instance=tenancy,
        applicant=applicant,
        handed=papers_of(tenancy) if tenancy else (),
    )


def _answered(
    request: HttpRequest, found: Intake, applicant: Organisation, form: forms.ApplicationForm
) -> Tenancy | None:
    """Begin an application; None when it was refused, with the reasons in the form."""
    if not form.is_valid():
        return None
    try:
        return actions.answer(
            found,
            applicant,
            by=request.user,
            values=form.values(),
            papers=form.papers_typed(),
            key=form.cleaned_data["submission"],
        )
    except Refused as refusal:
        form.refuse(refusal.problems)
    except NotYours as stranger:
        raise Http404 from stranger
    return None


def _corrected(request: HttpRequest, found: Tenancy, form: forms.ApplicationForm) -> bool:
    """Save what was corrected; False when it was refused, with the reasons in the form."""

    def correct() -> Any:
        return actions.correct(
            found,
            by=request.user,
            values=form.values(),
            papers=form.papers_typed(),
            version=form.cleaned_data["version"],
        )

    return _taken(form, correct)


def _taken(form: Any, act: Callable[[], Any]) -> bool:
    """Do it; False when it was refused, with the reasons in the form."""
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal.problems)
        return False
    except Outdated as outdated:
        _changed_since(form, outdated.current)
        return False
    except NotYours as stranger:
        raise Http404 from stranger
    return True


def _changed_since(form: Any, current: Tenancy) -> None:
    """Say that the application was changed in between; what was typed stays, for another try."""
    typed = form.data.copy()
    typed["version"] = current.version
    form.data = typed
    words = _("这份申请刚被改过，现在是“%(state)s”。看过再提交一次")
    facts = {"state": current.get_state_display()}
    form.refuse((Problem("incubation.outdated", words % facts),))


def _open(verb: Verb, found: Tenancy, life: Any) -> bool:
    """Whether an applicant may take a step now."""
    if verb not in SENDERS:
        return False
    return not any(state_problems(verb, life)) and not any(sender_problems(verb, found.state))


def _facts(organisation: Any) -> list[tuple[str, Any]]:
    """Return what is on record of an organisation, and so is not asked again."""
    if organisation is None:
        return []
    today = timezone.localdate()
    names = ("name", "kind", "status", "credit_code", "registrar", "registered_on", "work")
    told = [(_label(name), _value(organisation, name)) for name in names]
    place = names_on([organisation.division_id], today).get(organisation.division_id, "")
    return [told[0], (_("地区"), place), *told[1:]]


def _label(name: str) -> str:
    return str(Organisation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _value(organisation: Organisation, name: str) -> Any:
    shown = getattr(organisation, f"get_{name}_display", None)
    return shown() if shown else getattr(organisation, name)


def _crumbs(here: str, tenancy: Tenancy | None = None) -> Iterable[tuple[Any, str]]:
    way = [(_("入驻申请"), reverse("incubation:calls"))]
    if tenancy is not None:
        return [*way, (here, reverse("incubation:application", args=[tenancy.pk])), (_("办理"), "")]
    return [*way, (here, "")]
