"""A naming: how it stands, what can be done next, what was done; and one form for each step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.public_notices.queries import notice_for
from tongxin.registers.actions import note_reading
from tongxin.registers.choices import Act, Stage
from tongxin.registers.doors import crumbs, record_at
from tongxin.registers.move_forms import MoveForm
from tongxin.sites import actions, forms
from tongxin.sites.actions.stepping import life_of
from tongxin.sites.choices import Verb
from tongxin.sites.models import Designation
from tongxin.sites.permissions import may_step
from tongxin.sites.rules.lives import NEXT, REASONED, allowed, standing_problems

from .sites import line_of

STEPS: dict[Verb, tuple[type[MoveForm], Callable[..., Designation]]] = {
    Verb.CHECK: (MoveForm, actions.check),
    Verb.PUBLICISE: (MoveForm, actions.publicise),
    Verb.DESIGNATE: (forms.DesignateForm, actions.designate),
    Verb.KEEP: (forms.ReviewForm, actions.keep),
    Verb.RECTIFY: (forms.RectifyForm, actions.rectify),
    Verb.PUT_RIGHT: (MoveForm, actions.put_right),
    Verb.RETURN_PLAQUE: (MoveForm, actions.return_plaque),
    Verb.DROP: (MoveForm, actions.drop),
    Verb.WITHDRAW: (MoveForm, actions.withdraw),
}
AGAINST = frozenset({Verb.DROP, Verb.WITHDRAW, Verb.RECTIFY})
"""Shown last, and not as the thing to do next."""


@access(SIGNED_IN)
def designation(request: HttpRequest, pk: int) -> HttpResponse:
    """How a naming stands, what can be done with it, and what was done."""
    register, found, acts = record_at(request, "designations", pk)
    note_reading(register, found, by=request.user)
    accepted = found.stage == Stage.ACCEPTED and not found.void
    verbs = allowed(life_of(found)) if accepted and may_step(request.user, found) else []
    context = {
        "designation": found,
        "line": line_of(found),
        "verbs": [verb for verb in verbs if verb not in AGAINST],
        "others": [verb for verb in verbs if verb in AGAINST],
        "notice": notice_for(found),
        "steps": found.steps.all(),
        "past": Act.HISTORY in acts,
        "crumbs": crumbs(register, found, _("办理")),
    }
    return render(request, "sites/designation.html", context)


@access(SIGNED_IN)
def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Take a naming further, or say in words why that is not to be done now."""
    register, found, _acts = record_at(request, "designations", pk)
    if verb not in set(NEXT) or not may_step(request.user, found):
        raise Http404
    chosen = Verb(verb)
    kind, act = STEPS[chosen]
    form = kind(
        request.POST if request.method == "POST" else None, read=found, reasoned=chosen in REASONED
    )
    problems: tuple[Problem, ...] = tuple(standing_problems(chosen, life_of(found)))
    status = 200
    if request.method == "POST":
        if not problems and form.is_valid() and _done(request, act, found, form):
            facts = {"verb": chosen.label, "name": found.site.name}
            messages.success(request, _("“%(name)s”：%(verb)s已办") % facts)
            return redirect("sites:designation", pk)
        status = 422
    context = {
        "heading": f"{chosen.label}：{found.site.name}",
        "note": f"{found.name} · {line_of(found).words}",
        "form": form,
        "problems": problems,
        "button": chosen.label,
        "back": reverse("sites:designation", args=[pk]),
        "crumbs": _crumbs(register, found, str(chosen.label)),
    }
    return render(request, "sites/step.html", context, status=status)


def _done(
    request: HttpRequest,
    act: Callable[..., Designation],
    found: Designation,
    form: MoveForm,
) -> bool:
    """Take a step; False when it was refused, with the reasons in the form."""
    try:
        act(found, by=request.user, said=form.said(), **form.more())
    except Refused as refusal:
        form.refuse(refusal.problems)
        return False
    except Outdated as outdated:
        form.read_again(outdated.current)
        words = _("这条命名刚被别人改过，现在是“%(now)s”。看过再提交一次")
        facts = {"now": outdated.current.get_standing_display()}
        form.refuse((Problem("sites.outdated", words % facts),))
        return False
    except NotYours as stranger:
        raise Http404 from stranger
    return True


def _crumbs(register: Any, found: Designation, here: str) -> list[tuple[Any, str]]:
    way = crumbs(register, found, here)[:-1]
    return [*way, (_("办理"), reverse("sites:designation", args=[found.pk])), (here, "")]
