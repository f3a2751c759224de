"""Pages of the administrators: offices, and who is posted where."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tongxin.core.access import access, power
from tongxin.core.errors import Refused
from tongxin.divisions.queries import names_on

from . import actions
from .choices import Power
from .forms import EndForm, OfficeForm, PostingForm
from .queries import offices_within, postings_within, standing

SHOWN = 200


@access(power(Power.OFFICES))
def offices(request: HttpRequest) -> HttpResponse:
    """The offices of the administrator's territory, and a form for a new one."""
    stand = standing(request.user)
    form = OfficeForm(_posted(request), roots=stand.roots(Power.OFFICES))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = actions.open_office(by=request.user, division=facts["place"], name=facts["name"])
        except Refused as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, _("已设立“%(name)s”") % {"name": made})
            return redirect("accounts:offices")
    shown = list(offices_within(stand.roots(Power.OFFICES))[:SHOWN])
    names = names_on([office.division_id for office in shown], stand.on)
    context = {"form": form, "offices": [(each, names[each.division_id]) for each in shown]}
    return render(request, "accounts/offices.html", context, status=422 if form.errors else 200)


@access(power(Power.POSTINGS))
def postings(request: HttpRequest) -> HttpResponse:
    """The postings of the administrator's territory, and a form for a new one."""
    stand = standing(request.user)
    form = PostingForm(_posted(request), roots=stand.roots(Power.POSTINGS))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.post(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, _("已任职：%(posting)s") % {"posting": made})
            return redirect("accounts:postings")
    shown = postings_within(stand.roots(Power.POSTINGS)).order_by("account__username", "since")
    context = {"form": form, "postings": shown[:SHOWN], "today": stand.on}
    return render(request, "accounts/postings.html", context, status=422 if form.errors else 200)


@access(power(Power.POSTINGS))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a posting on a day."""
    roots = standing(request.user).roots(Power.POSTINGS)
    posting = get_object_or_404(postings_within(roots), pk=pk)
    form = EndForm(_posted(request), roots=roots, initial={"until": standing(request.user).on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_posting(posting, by=request.user, until=form.cleaned_data["until"])
        except Refused as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, _("已结束任职：%(posting)s") % {"posting": posting})
            return redirect("accounts:postings")
    context = {"form": form, "posting": posting}
    return render(request, "accounts/end.html", context, status=422 if form.errors else 200)


def _posted(request: HttpRequest) -> Any:
    """What was sent; a form sent empty is still a form that was sent."""
    return request.POST if request.method == "POST" else None
