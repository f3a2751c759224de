"""Opening an assessment, by a standard or from the record it is of, and taking it back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongxin.accounts.choices import Power
from tongxin.accounts.views.asking import accepted, posted
from tongxin.accounts.views.asking import shown as page
from tongxin.assessments import actions, queries
from tongxin.assessments.forms import BeginForm, CancelForm, OpenForm
from tongxin.assessments.models import Assessment
from tongxin.assessments.permissions import ASSESSED, may_fill, may_open
from tongxin.core.access import access, power
from tongxin.core.errors import Problem, Refused
from tongxin.registers.doors import crumbs as record_crumbs
from tongxin.registers.doors import record_at
from tongxin.standards.queries import starts, whole
from tongxin.standards.views.reading import crumbs, readable

from .asking import asked, done, found_at

READS = power(Power.VIEW, Power.PUBLIC)


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
    path = crumbs(version.standard, version, _("开始评估"))
    context = {"version": version, "like": like, "crumbs": path}
    return page(request, "assessments/new.html", form, **context)


@access(READS)
def begin(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Open the assessment of one record: by which standard, and in which round."""
    if key not in ASSESSED:
        raise Http404
    register, record, _acts = record_at(request, key, pk)
    if record.void or not may_open(request.user, key, record):
        raise Http404
    versions = {str(each.pk): each for each in starts(request.user)}
    this_year = _("%(year)s 年度") % {"year": timezone.localdate().year}
    form = BeginForm(posted(request), initial={"round": this_year}, versions=versions)
    made: list[Assessment] = []

    def open_it() -> None:
        told = form.cleaned_data
        version = whole(versions[told["version"]])
        made.append(
            actions.open_assessment(version, key, record, by=request.user, round_=told["round"])
        )

    if accepted(request, form, open_it):
        return redirect(made[0])
    of_record = reverse("assessments:of_record", args=[key, pk])
    path = record_crumbs(register, record, _("开始评估"))
    path[-1:] = [(_("评估"), of_record), (_("开始评估"), "")]
    context = {"record": record, "back": of_record, "versions": versions, "crumbs": path}
    return page(request, "assessments/begin.html", form, **context)


@access(READS)
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Take an assessment back that was opened by mistake, while it is filled in."""
    found = found_at(request, number)
    if not may_fill(request.user, found):
        raise Http404
    form = CancelForm(posted(request), initial={"version": found.revision})

    def take_back() -> Any:
        seen = form.cleaned_data["version"]
        actions.cancel(found, by=request.user, seen=seen, reason=form.cleaned_data["reason"])
        return True

    of_record = reverse("assessments:of_record", args=[found.register, found.subject_id])
    if done(request, form, take_back, _("评估已撤销，填过的内容留在日志里")):
        return redirect(of_record)
    words = _("撤销以后这张表不再保留。只想改内容的，返回去接着填")
    return asked(request, form, found, _("撤销评估"), found.get_absolute_url(), words)
