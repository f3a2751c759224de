"""The life of a grade: publicised, confirmed, lowered, withdrawn, its papers returned."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.views.asking import posted
from tongxin.assessments import actions, queries
from tongxin.assessments.actions import Ground, Papers
from tongxin.assessments.forms import ConfirmForm, DowngradeForm, ReturnForm, WithdrawForm
from tongxin.assessments.models import Assessment, Grade
from tongxin.assessments.permissions import may_keep_grade, may_write_down
from tongxin.assessments.rules.holding import lower
from tongxin.core.access import access, power
from tongxin.core.words import in_source_language
from tongxin.public_notices.beginnings import NAME_LENGTH, beginning_of
from tongxin.public_notices.forms import NoticeForm
from tongxin.registers import declaration

from .asking import asked, done, found_at

READS = power(Power.VIEW, Power.PUBLIC)


@access(READS)
def put_up(request: HttpRequest, number: int) -> HttpResponse:
    """Draft the notice of a proposed grade."""
    found, grade = _graded(request, number, may_write_down)
    form = NoticeForm(posted(request), initial=_beginning(found, grade))

    def draft() -> Any:
        return actions.put_up(grade, form.values(), by=request.user)

    if made := done(request, form, draft, _("已存公示草稿，由协调员发布")):
        return redirect(made)
    return asked(request, form, found, _("公示评定结果"), found.get_absolute_url())


@access(READS)
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm a proposed grade."""
    found, grade = _graded(request, number, may_keep_grade)
    papers = {"certificate": grade.certificate, "plaque": grade.plaque}
    form = ConfirmForm(posted(request), initial={"on": timezone.localdate(), **papers})

    def do() -> Any:
        told = form.cleaned_data
        papers = Papers(told["certificate"], told["plaque"])
        return actions.confirm(grade, told["on"], papers, by=request.user, seen=grade.revision)

    if done(request, form, do, _("等级已确认，五年有效")):
        return redirect(found)
    words = _("确认“%(grade)s”。公示期满、异议和复核都办完，才能确认。") % {"grade": grade.name}
    return asked(request, form, found, _("确认等级"), found.get_absolute_url(), words)


@access(READS)
def downgrade(request: HttpRequest, number: int) -> HttpResponse:
    """Lower a grade."""
    found, grade = _graded(request, number, may_keep_grade)
    below = lower([each.name for each in found.version.tree.grades], grade.name)
    form = DowngradeForm(posted(request), initial={"on": timezone.localdate()}, below=below)

    def do() -> Any:
        told = form.cleaned_data
        ground = Ground(told["on"], told["basis"], told["reason"])
        return actions.downgrade(grade, told["to"], ground, by=request.user, seen=grade.revision)

    if done(request, form, do, _("已降级。原证书和牌匾 15 日内交回")):
        return redirect(found)
    words = _("现在是“%(grade)s”。") % {"grade": grade.name}
    return asked(request, form, found, _("降级"), found.get_absolute_url(), words)


@access(READS)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a grade."""
    found, grade = _graded(request, number, may_keep_grade)
    form = WithdrawForm(posted(request), initial={"on": timezone.localdate()})

    def do() -> Any:
        told = form.cleaned_data
        ground = Ground(told["on"], told["basis"], told["reason"])
        return actions.withdraw(grade, ground, by=request.user, seen=grade.revision)

    if done(request, form, do, _("已取消等级。证书和牌匾 15 日内交回")):
        return redirect(found)
    words = _("取消“%(grade)s”。") % {"grade": grade.name}
    return asked(request, form, found, _("取消等级"), found.get_absolute_url(), words)


@access(READS)
def take_back(request: HttpRequest, number: int, change: int) -> HttpResponse:
    """Note that old papers came back."""
    found, grade = _graded(request, number, may_keep_grade)
    row = get_object_or_404(grade.changes, pk=change)
    form = ReturnForm(posted(request), initial={"on": timezone.localdate()})

    def do() -> Any:
        told = form.cleaned_data
        return actions.take_back(row, told["on"], by=request.user, seen=grade.revision)

    if done(request, form, do, _("已登记交回")):
        return redirect(found)
    return asked(request, form, found, _("登记交回证书和牌匾"), found.get_absolute_url())


def _graded(request: HttpRequest, number: int, ask: Any) -> tuple[Assessment, Grade]:
    """Find the grade of an assessment with which an account may do something."""
    found = found_at(request, number)
    grade = queries.grade_of(found) if ask(request.user, found) else None
    if grade is None:
        raise Http404
    return found, grade


def _beginning(found: Assessment, grade: Grade) -> dict[str, Any]:
    """Return what the draft of the notice of a grade begins with, in words that are kept."""
    told = {"name": found.name, "grade": grade.name, "round": found.round}
    with in_source_language():
        name = _("关于“%(name)s”评估结果的公示") % told
        words = _("%(round)s评估，拟评定“%(name)s”为“%(grade)s”。")
        text = words % told + _("有异议的，公示期内提出；被评单位可以申请复核。")
    register = declaration.get(found.register)
    subject = register.model._default_manager.get(pk=found.subject_id)
    return beginning_of(register, subject) | {"name": name[:NAME_LENGTH], "text": text}
