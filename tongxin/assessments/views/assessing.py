"""Assessments: the list, one with its sheet, the decision, and what if."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.accounts.choices import Power
from tongxin.assessments import actions, queries
from tongxin.assessments.actions import Award
from tongxin.assessments.choices import Stage
from tongxin.assessments.forms import AwardForm
from tongxin.assessments.models import Assessment
from tongxin.assessments.permissions import ASSESSED, may_check, may_fill, may_open, may_steer
from tongxin.core.access import access, power
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.text import number_in
from tongxin.registers.doors import crumbs as record_crumbs
from tongxin.registers.doors import record_at
from tongxin.standards.views.reading import crumbs, readable

from .asking import done, found_at, ordered, sent
from .filling import texts_of
from .sheet import sheet_page
from .stepping import Step, onward, step_of, together

READS = power(Power.VIEW, Power.PUBLIC)


@access(READS)
def index(request: HttpRequest) -> HttpResponse:
    """The assessments that one sees, the newest first."""
    found, following = queries.assessments_page(
        request.user, number_in(request.GET.get("before", ""))
    )
    context = {
        "assessments": _with_grades(found),
        "older": f"?before={following}" if following else "",
        "crumbs": [(_("标准"), reverse("standards:index")), (_("评估"), "")],
    }
    return render(request, "assessments/index.html", context)


@access(READS)
def of_record(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The assessments of one record."""
    if key not in ASSESSED:
        raise Http404
    register, record, _acts = record_at(request, key, pk)
    context = {
        "record": record,
        "assessments": _with_grades(queries.of_record(request.user, key, pk)),
        "begins": may_open(request.user, key, record) and not record.void,
        "crumbs": record_crumbs(register, record, _("评估")),
    }
    return render(request, "assessments/index.html", context)


@access(READS)
def assessment(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet: every clause with what is told and its scores; filled in by whose turn it is."""
    found = found_at(request, number)
    turn = may_fill(request.user, found) or may_check(request.user, found)
    stages = json.loads(found.told)
    told = stages.get(Stage.SELF if found.state == Stage.SELF else Stage.CHECK, {})
    texts = texts_of(found, told)
    step = step_of(request, found) if turn else None
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        if not turn:
            raise Http404
        texts = together(texts, sent(request), step)
        refusal = _save(request, found, texts, step)
        if refusal is None:
            return redirect(onward(request, found.get_absolute_url(), step))
        problems = refusal
    award = AwardForm(initial={"decided_on": timezone.localdate()})
    return sheet_page(request, found, texts, problems, turn=turn, award=award, step=step)


@access(READS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide by what holds now; what stands against it is told at the form, as it was typed."""
    found = found_at(request, number)
    if not may_steer(request.user, found):
        raise Http404
    seen = number_in(request.POST.get("seen", "")) or 0
    form = AwardForm(request.POST)

    def award() -> Any:
        return actions.decide(found, Award(**form.cleaned_data), by=request.user, seen=seen)

    if done(request, form, award, _("已评定，结果从此不再改动")):
        return redirect(found)
    found = found_at(request, number)  # as it is now: another one may have changed it
    turn = may_check(request.user, found)
    texts = texts_of(found, json.loads(found.told).get(Stage.CHECK, {}))
    return sheet_page(request, found, texts, (), turn=turn, award=form)


@access(READS)
def what_if(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Assessments by other versions, scored anew by this one; nothing is changed."""
    version = readable(request, key, number)
    found = queries.what_if(request.user, version)
    context = {
        "version": version,
        "anew": found,
        "moved": sum(each.moved for each in found),
        "crumbs": crumbs(version.standard, version, _("换这一版会怎样")),
    }
    return render(request, "assessments/what_if.html", context)


def _with_grades(found: list[Assessment]) -> list[tuple[Assessment, str]]:
    """Pair assessments with their grades as these stand today."""
    today = timezone.localdate()
    return [(each, queries.grade_in_words(each, today)) for each in found]


def _save(
    request: HttpRequest, found: Assessment, texts: dict[str, str], step: Step | None
) -> tuple[Problem, ...] | None:
    """Save a sheet; return what stands against it, or None."""
    seen = number_in(request.POST.get("seen", "")) or 0
    hand_in = request.POST.get("act") == "hand_in" and step is None
    try:
        actions.save(found, ordered(found, texts), by=request.user, seen=seen, hand_in=hand_in)
    except Refused as refusal:
        return refusal.problems
    except Outdated as outdated:
        found.revision = outdated.current.revision
        words = _("别人刚改过这张表。看看有没有冲突，再存一次就以你的为准")
        return (Problem("assessments.outdated", words),)
    except NotYours as strange:
        raise Http404 from strange
    if step is None or not step.following:
        messages.success(request, _("已交初审") if hand_in else _("已存"))
    return None
