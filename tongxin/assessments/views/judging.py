"""Calling experts and committee, an expert's own sheet, and back to the check."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.views.asking import posted
from tongxin.assessments import actions, queries
from tongxin.assessments.choices import Stage
from tongxin.assessments.forms import BackForm
from tongxin.assessments.models import Assessment
from tongxin.assessments.permissions import TOPIC, may_steer
from tongxin.core.access import access, power
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.core.text import number_in
from tongxin.panels.actions import Terms
from tongxin.panels.choices import Averaging, Kind, Majority, MemberState, PanelState, Quorum
from tongxin.panels.forms import CommitteeForm, ExpertsForm
from tongxin.panels.models import Member
from tongxin.panels.queries import candidates
from tongxin.standards.rules.scoring import Result, score

from .asking import asked, done, found_at, ordered, sent
from .filling import Scored, texts_of
from .sheet import sheet_page
from .stepping import onward, step_of, together

READS = power(Power.VIEW, Power.PUBLIC)


@access(READS)
def call(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Call experts, or the committee, to an assessment."""
    found = found_at(request, number)
    if kind not in Kind.values or not may_steer(request.user, found):
        raise Http404
    form_of = ExpertsForm if kind == Kind.EXPERTS else CommitteeForm
    people = candidates(found.place_id)
    form = form_of(posted(request), candidates=people)

    def convene() -> Any:
        return actions.call_panel(
            found,
            terms_of(Kind(kind), form.cleaned_data),
            form.cleaned_data["members"],
            by=request.user,
            seen=found.revision,
        )

    if made := done(request, form, convene, _("已邀请他们评审，先由各人声明利害关系")):
        return redirect(made)
    here = _("邀请专家评分") if kind == Kind.EXPERTS else _("交评审委员会表决")
    return asked(request, form, found, here, found.get_absolute_url(), nobody(people))


@access(READS)
def judge(request: HttpRequest, number: int) -> HttpResponse:
    """An expert's own sheet; what others gave is not on it."""
    seat = _seat(request, number)
    if seat.state != MemberState.CLEARED or seat.panel.state != PanelState.OPEN:
        return redirect(seat.panel)  # which says what is to be done first, or why not
    found = found_at(request, number)
    told = json.loads(seat.told) if seat.told else _as_checked(found)
    texts = texts_of(found, told)
    problems: tuple[Problem, ...] = ()
    seen, step = seat.revision, step_of(request, found)
    if request.method == "POST":
        texts = together(texts, sent(request), step)
        refusal, seen = _keep(request, found, seat, texts)
        if refusal is None:
            over = request.POST.get("act") == "hand_in"
            return redirect(seat.panel if over else onward(request, request.path, step))
        problems = refusal
        told = {"values": ordered(found, texts).values}
    results = Scored(
        queries.result_at(found, Stage.SELF),
        queries.result_at(found, Stage.CHECK),
        _scored(found, told),
    )
    judging = (seat.panel, results, seen)
    return sheet_page(request, found, texts, problems, turn=True, judging=judging, step=step)


@access(READS)
def back(request: HttpRequest, number: int) -> HttpResponse:
    """Give an assessment back, with a reason: from its check to whoever filled it in, or to it."""
    found = found_at(request, number)
    if not may_steer(request.user, found):
        raise Http404
    checked = found.state == Stage.CHECK
    give_back = actions.send_back if checked else actions.back_to_check
    form = BackForm(posted(request), initial={"version": found.revision})

    def give() -> Any:
        told = form.cleaned_data
        return give_back(found, by=request.user, seen=told["version"] or 0, reason=told["reason"])

    if done(request, form, give, _("已退回自评") if checked else _("已退回初审")):
        return redirect(found)
    here = _("退回自评") if checked else _("退回初审")
    return asked(request, form, found, here, found.get_absolute_url())


def terms_of(kind: Kind, told: dict[str, Any]) -> Terms:
    """Return how a panel judges, as a form says it."""
    if kind == Kind.EXPERTS:
        return Terms(kind, averaging=Averaging(told["averaging"]))
    return Terms(kind, quorum=Quorum(told["quorum"]), majority=Majority(told["majority"]))


def nobody(people: list[Any]) -> str:
    """Say what to do where nobody is posted to judge."""
    return "" if people else _("这个地区还没有评审专家。由安全管理员先任命。")


def _seat(request: HttpRequest, number: int) -> Member:
    """Find the seat of an account on the newest panel of experts, whatever its state."""
    rows = Member.objects.filter(
        account=request.user.pk,
        panel__topic=TOPIC,
        panel__topic_id=number,
        panel__kind=Kind.EXPERTS,
    )
    seat = rows.select_related("panel").order_by("-panel_id").first()
    if seat is None:
        raise Http404
    return seat


def _as_checked(found: Assessment) -> dict[str, Any]:
    """What an expert's sheet begins with: the values of the check, and no reasons."""
    told = json.loads(found.told).get(Stage.CHECK, {})
    return {"values": told.get("values", {})}


def _scored(found: Assessment, told: dict[str, Any]) -> Result | None:
    try:
        return score(found.version.tree, told.get("values", {}), queries.conditions_of(found))
    except Refused:
        return None


def _keep(
    request: HttpRequest, found: Assessment, seat: Member, texts: dict[str, str]
) -> tuple[tuple[Problem, ...] | None, int]:
    """Keep an expert's sheet; return what stands against it, and the revision that was seen."""
    seen = number_in(request.POST.get("seen", "")) or 0
    hand_in = request.POST.get("act") == "hand_in"
    try:
        actions.score_as_expert(
            found, seat.panel, ordered(found, texts), by=request.user, seen=seen, hand_in=hand_in
        )
    except Refused as refusal:
        return refusal.problems, seen
    except Outdated as outdated:
        words = _("你在别处刚存过这张表。看看有没有冲突，再存一次就以这里为准")
        return (Problem("assessments.outdated", words),), outdated.current.revision
    except NotYours as strange:
        raise Http404 from strange
    if hand_in or "at" not in request.GET:
        words = _("已提交，现在能看到别人的评分") if hand_in else _("已存")
        messages.success(request, words)
    return None, seen
