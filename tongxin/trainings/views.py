"""The list of a training: head counts for all, names for those who may know them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import NotYours, Refused
from tongxin.participants.rules import WORDING, WORDINGS
from tongxin.registers.choices import Act
from tongxin.registers.permissions import acts_on

from . import actions
from .forms import ParticipantForm
from .models import Training
from .queries import counts_of, line_of, lines_of
from .register import TRAININGS


@access(SIGNED_IN)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came to a training: counts kept apart, lines, and a form for somebody who agreed."""
    training, acts = _training(request, pk)
    may_change = Act.CHANGE in acts
    if request.method == "POST" and not may_change:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = ParticipantForm(sent, training=training) if may_change else None
    if form is not None and sent is not None and form.is_valid() and _add(request, training, form):
        return redirect("trainings:list", pk)
    context = {
        "training": training,
        "listed": counts_of(training),
        "lines": lines_of(training, request.user),
        "form": form,
        "may_change": may_change,
        "wording": _wording(),
        "crumbs": _crumbs(training),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "trainings/list.html", context, status=status)


@access(SIGNED_IN)
def withdraw(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Withdraw a consent on the person's word; no reason is asked."""
    return _take_back(request, pk, position, struck=False)


@access(SIGNED_IN)
def strike(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Take a line entered by mistake off the list."""
    return _take_back(request, pk, position, struck=True)


def _take_back(request: HttpRequest, pk: int, position: int, *, struck: bool) -> HttpResponse:
    training, acts = _training(request, pk)
    line = line_of(training, position, request.user)
    if Act.CHANGE not in acts or line is None:
        raise Http404
    if request.method == "POST":
        act = actions.strike if struck else actions.withdraw
        try:
            act(training, position, by=request.user)
        except (NotYours, Refused) as refusal:
            raise Http404 from refusal
        done = (
            _("已从名单划去第 %(position)d 行") if struck else _("第 %(position)d 行的姓名已删除")
        )
        messages.success(request, done % {"position": position})
        return redirect("trainings:list", pk)
    context = {
        "training": training,
        "line": line,
        "struck": struck,
        "crumbs": _crumbs(training, _("划去") if struck else _("撤回同意")),
    }
    return render(request, "trainings/take_back.html", context)


def _add(request: HttpRequest, training: Training, form: ParticipantForm) -> bool:
    """Put somebody on the list; False when it was refused, with the reasons in the form."""
    facts = form.cleaned_data
    try:
        actions.add_participant(
            training,
            by=request.user,
            said=form.said(),
            times=facts["times"],
            key=facts.get("submission"),
        )
    except Refused as refusal:
        form.refuse(refusal.problems)
        return False
    except NotYours as stranger:
        raise Http404 from stranger
    messages.success(request, _("已登记到名单上"))
    return True


def _training(request: HttpRequest, pk: int) -> tuple[Training, frozenset[str]]:
    """Find a training that the account may see, or answer as if there were none."""
    found, acts = acts_on(request.user, TRAININGS, pk)
    if found is None:
        raise Http404
    return found, acts


def _wording() -> str:
    """The words that people agree to, in the language of the page."""
    texts = WORDINGS[WORDING]
    return texts.get(get_language() or "", next(iter(texts.values())))


def _crumbs(training: Training, here: str = "") -> list[tuple[Any, str]]:
    way = [
        (_("台账"), reverse("registers:index")),
        (TRAININGS.title, reverse("registers:list", args=[TRAININGS.key])),
        (training.name, training.get_absolute_url()),
    ]
    if not here:
        return [*way, (_("参加人员"), "")]
    return [*way, (_("参加人员"), reverse("trainings:list", args=[training.pk])), (here, "")]
