"""Appeals against a proposed grade: written down, re-examined, decided."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.views.asking import posted
from tongxin.assessments import actions, queries
from tongxin.assessments.actions import Decision
from tongxin.assessments.forms import AppealForm, FindForm, ReviewForm
from tongxin.assessments.models import Appeal, Assessment
from tongxin.assessments.permissions import APPEAL, may_keep_grade, may_write_down
from tongxin.assessments.rules.holding import answer_clock
from tongxin.calendars.queries import last_day
from tongxin.core.access import access, power
from tongxin.panels.choices import Kind, PanelState
from tongxin.panels.permissions import seen_by
from tongxin.panels.queries import candidates, panels_of

from .asking import asked, done, found_at, way
from .judging import nobody, terms_of

READS = power(Power.VIEW, Power.PUBLIC)


@access(READS)
def new(request: HttpRequest, number: int) -> HttpResponse:
    """Write down an appeal that came in."""
    found = found_at(request, number)
    grade = queries.grade_of(found) if may_write_down(request.user, found) else None
    if grade is None:
        raise Http404
    form = AppealForm(posted(request), initial={"received_on": timezone.localdate()})

    def take() -> Appeal:
        told = form.cleaned_data
        return actions.appeal(grade, told["received_on"], told["text"], by=request.user)

    if made := done(request, form, take, _("已登记复核申请")):
        return redirect(made)
    return asked(request, form, found, _("登记复核申请"), found.get_absolute_url())


@access(READS)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: what it says, by when it is answered, who re-examines it, and the answer."""
    found, row = _found(request, pk)
    panels = panels_of(APPEAL, row.pk)
    may_see = set(
        seen_by(request.user).filter(topic=APPEAL, topic_id=pk).values_list("pk", flat=True)
    )
    keeps = may_keep_grade(request.user, found)
    due = last_day(answer_clock(row.received_on))
    is_open = any(each.state == PanelState.OPEN for each in panels)
    context = {
        "assessment": found,
        "appeal": row,
        "due": due,
        "late": (row.told_on or timezone.localdate()) > due.last_day,
        "panels": [each for each in panels if each.pk in may_see],
        "may_call": keeps and not row.finding and not is_open and not queries.carried(row),
        "may_find": keeps and not row.finding and queries.carried(row),
        "crumbs": way(found, _("复核")),
    }
    return render(request, "assessments/appeal.html", context)


@access(READS)
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the committee of re-examination."""
    found, row = _kept(request, pk)
    grades = [each.name for each in found.version.tree.grades]
    people = candidates(found.place_id)
    form = ReviewForm(
        posted(request), candidates=people, grades=grades, initial={"proposed": row.grade.name}
    )

    def convene() -> Any:
        told = form.cleaned_data
        terms = terms_of(Kind.COMMITTEE, told)
        return actions.call_review(row, told["proposed"], terms, told["members"], by=request.user)

    if made := done(request, form, convene, _("已邀请他们评审，先由各人声明利害关系")):
        return redirect(made)
    words = nobody(people) or _("原来评过这次评估的人不能参加复核。")
    return asked(request, form, found, _("召集复核委员会"), row.get_absolute_url(), words)


@access(READS)
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the decision on an appeal."""
    found, row = _kept(request, pk)
    today = timezone.localdate()
    form = FindForm(posted(request), initial={"decided_on": today, "told_on": today})

    def decide() -> Appeal:
        return actions.find(row, Decision(**form.cleaned_data), by=request.user)

    if done(request, form, decide, _("已登记复核决定")):
        return redirect(row)
    words = _("提交表决的等级：%(grade)s") % {"grade": row.proposed} if row.proposed else ""
    return asked(request, form, found, _("登记复核决定"), row.get_absolute_url(), words)


def _found(request: HttpRequest, pk: int) -> tuple[Assessment, Appeal]:
    row = Appeal.objects.filter(pk=pk).select_related("grade").first()
    if row is None:
        raise Http404
    return found_at(request, row.grade.assessment_id), row


def _kept(request: HttpRequest, pk: int) -> tuple[Assessment, Appeal]:
    found, row = _found(request, pk)
    if not may_keep_grade(request.user, found):
        raise Http404
    return found, row
