"""The papers that stand for a clause: chosen from the subject's record, opened by who judges."""

import itertools

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongxin.accounts.choices import Power
from tongxin.accounts.views.asking import posted
from tongxin.assessments import actions, queries
from tongxin.assessments.forms import PapersForm
from tongxin.assessments.permissions import may_check, may_fill
from tongxin.core.access import access, power
from tongxin.files.queries import revisions_of
from tongxin.registers import declaration
from tongxin.registers.attached.views import given_or_damaged

from .asking import asked, done, found_at

READS = power(Power.VIEW, Power.PUBLIC)


@access(READS)
def lay_out(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Choose the papers that stand for a clause."""
    found = found_at(request, number)
    if not (may_fill(request.user, found) or may_check(request.user, found)):
        raise Http404
    clause = next((each for each in found.version.tree.leaves() if each.code == code), None)
    if clause is None:
        raise Http404
    papers = queries.papers_of(request.user, found)
    now = [each.pk for each in queries.evidence_of(request.user, found).get(code, [])]
    form = PapersForm(posted(request), papers=papers, initial={"papers": now})

    def keep() -> bool:
        actions.lay_out(found, code, form.cleaned_data["papers"], by=request.user)
        return True

    if done(request, form, keep, _("已存佐证材料")):
        return redirect(f"{found.get_absolute_url()}#c-{code}")
    words = f"{code} {clause.text}"
    if not papers:
        words = _("这条台账记录还没有附件。先到记录的附件里上传，再回来选。")
    return asked(request, form, found, _("佐证材料"), found.get_absolute_url(), words)


@access(READS)
@require_safe
def take(request: HttpRequest, number: int, paper: int) -> HttpResponse:
    """Hand over a paper that stands for a clause to whoever sees the assessment.

    A restricted one only to those who may open it at its record.
    """
    found = found_at(request, number)
    shown = itertools.chain.from_iterable(queries.evidence_of(request.user, found).values())
    attachment = next((each for each in shown if each.pk == paper), None)
    if attachment is None:
        raise Http404
    register = declaration.get(found.register)
    record = register.model._default_manager.get(pk=found.subject_id)
    newest = revisions_of(attachment).get(number=attachment.newest)
    return given_or_damaged(request, register, record, newest)
