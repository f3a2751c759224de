"""Assessments: the list, opening one, its sheet at every stage, the decision, and what if."""

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
from tongxin.accounts.views.asking import accepted, posted
from tongxin.accounts.views.asking import shown as page
from tongxin.core.access import access, power
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.text import number_in
from tongxin.standards import actions, queries
from tongxin.standards.actions.assessing import Award, Sheet
from tongxin.standards.choices import Stage
from tongxin.standards.forms import AwardForm, OpenForm
from tongxin.standards.models import Assessment
from tongxin.standards.permissions import may_check, may_fill
from tongxin.standards.rules.filling import texts_from, values_from

from .filling import rows_of, standing_of
from .reading import crumbs, readable

READS = power(Power.VIEW, Power.PUBLIC)


@access(READS)
def index(request: HttpRequest) -> HttpResponse:
    """The assessments that one sees, the newest first."""
    found, following = queries.assessments_page(
        request.user, number_in(request.GET.get("before", ""))
    )
    context = {
        "assessments": found,
        "older": f"?before={following}" if following else "",
        "crumbs": [(_("标准"), reverse("standards:index")), (_("评估"), "")],
    }
    return render(request, "standards/assessments.html", context)


@access(READS)
def new(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Open an assessment by a version."""
    version = readable(request, key, number)
    form = OpenForm(posted(request), kinds=queries.kinds())
    made: list[Assessment] = []
    like: list[Any] = []

    def open_it() -> None:
        told = form.cleaned_data
        like[:] = queries.subjects(request.user, told["register"], told["name"])
        if len(like) != 1:
            words = (
                _("有几个名称里都有“%(name)s”，写全名称")
                if like
                else _("台账里没有你能评估的“%(name)s”。先在台账里登记，或改名称")
            )
            raise Refused(Problem("standards.subject", words % {"name": told["name"]}, "name"))
        subject = like[0]
        made.append(
            actions.open_assessment(
                version, told["register"], subject, by=request.user, round_=told["round"]
            )
        )

    if accepted(request, form, open_it):
        return redirect(made[0])
    way = crumbs(version.standard, version, _("开始评估"))
    context = {"version": version, "like": like, "crumbs": way}
    return page(request, "standards/assess.html", form, **context)


@access(READS)
def assessment(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet: every clause with what is told and its score; filled in where it is one's turn."""
    found = _found(request, number)
    turn = may_fill(request.user, found) or may_check(request.user, found)
    texts = _texts(found)
    said: dict[str, list[str]] = {}
    if request.method == "POST":
        if not turn:
            raise Http404
        texts = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        refusal = _save(request, found, texts)
        if refusal is None:
            return redirect(found)
        for problem in refusal:
            said.setdefault(problem.field, []).append(str(problem))
    context = {
        "assessment": found,
        "standing": standing_of(found),
        "rows": rows_of(found, texts, said),
        "conditions": _conditions(found, texts),
        "said": [words for each in said.values() for words in each],
        "turn": turn,
        "checks": found.state == Stage.CHECK,
        "award": AwardForm(initial={"decided_on": timezone.localdate()}),
        "crumbs": [
            (_("标准"), reverse("standards:index")),
            (_("评估"), reverse("standards:assessments")),
            (str(found), ""),
        ],
    }
    status = 422 if said else 200
    return render(request, "standards/assessment.html", context, status=status)


@access(READS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide by what the check says, or give the sheet back."""
    found = _found(request, number)
    if not may_check(request.user, found):
        raise Http404
    seen = number_in(request.POST.get("seen", "")) or 0
    form = AwardForm(request.POST)
    try:
        if request.POST.get("act") == "back":
            reason = request.POST.get("reason", "")
            actions.send_back(found, by=request.user, seen=seen, reason=reason)
            messages.success(request, _("已退回自评"))
        elif form.is_valid():
            actions.decide(found, Award(**form.cleaned_data), by=request.user, seen=seen)
            messages.success(request, _("已评定，结果从此不再改动"))
        else:
            for errors in form.errors.values():
                messages.error(request, str(errors[0]))
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem))
    except Outdated:
        messages.error(request, _("别人刚改过这张表，没有动它。看过以后再按一次"))
    return redirect(found)


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
    return render(request, "standards/what_if.html", context)


def _found(request: HttpRequest, number: int) -> Assessment:
    found = queries.assessment_for(request.user, number)
    if found is None:
        raise Http404
    return found


def _texts(found: Assessment) -> dict[str, str]:
    """What the sheet of the present stage holds, as texts of its fields."""
    stages = json.loads(found.told)
    stage = Stage.CHECK if found.state == Stage.DECIDED else Stage(found.state)
    told = stages.get(stage.value, {})
    texts = texts_from(found.version.tree, told.get("values", {}))
    texts |= {f"r:{code}": words for code, words in told.get("reasons", {}).items()}
    return texts | {
        f"c:{name}": "yes" if so else "no" for name, so in told.get("conditions", {}).items()
    }


def _conditions(found: Assessment, texts: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (f"c:{each.name}", each.text, texts.get(f"c:{each.name}", ""))
        for each in found.version.tree.conditions
    ]


def _save(
    request: HttpRequest, found: Assessment, texts: dict[str, str]
) -> tuple[Problem, ...] | None:
    """Save a sheet; return what stands against it, or None."""
    standard = found.version.tree
    sheet = Sheet(
        values_from(standard, texts),
        {
            each.name: texts[f"c:{each.name}"] == "yes"
            for each in standard.conditions
            if texts.get(f"c:{each.name}")
        },
        {clause.code: texts.get(f"r:{clause.code}", "") for clause in standard.leaves()},
    )
    seen = number_in(request.POST.get("seen", "")) or 0
    hand_in = request.POST.get("act") == "hand_in"
    try:
        actions.save(found, sheet, by=request.user, seen=seen, hand_in=hand_in)
    except Refused as refusal:
        return refusal.problems
    except Outdated as outdated:
        found.revision = outdated.current.revision
        words = _("别人刚改过这张表。看看有没有冲突，再存一次就以你的为准")
        return (Problem("standards.outdated", words),)
    except NotYours as strange:
        raise Http404 from strange
    messages.success(request, _("已交初审") if hand_in else _("已存"))
    return None
