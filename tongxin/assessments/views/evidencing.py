"""The papers that stand for a clause: chosen from the subject's record, opened by who judges."""

import itertools
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongxin.accounts.choices import Power
from tongxin.accounts.views.asking import posted
from tongxin.accounts.views.asking import shown as page
from tongxin.assessments import actions, queries
from tongxin.assessments.forms import PapersForm
from tongxin.assessments.permissions import may_check, may_fill
from tongxin.core.access import access, power
from tongxin.files.queries import revisions_of
from tongxin.registers import declaration
from tongxin.registers.attached.views import given_or_damaged

from .asking import done, found_at, way

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

    # Whoever fills in clause by clause goes on with this one alone.
    alone = f"?{urlencode({'at': code})}" if "from" in request.GET else f"#c-{code}"
    back = f"{found.get_absolute_url()}{alone}"
    if done(request, form, keep, _("已存佐证材料")):
        return redirect(back)
    context = {
        "assessment": found,
        "clause": clause,
        "papers": papers,
        "back": back,
        "crumbs": way(found, _("佐证材料")),
    }
    return page(request, "assessments/papers.html", form, **context)


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
