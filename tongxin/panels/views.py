"""The pages of panels: those that wait for somebody, one panel, and a door for each thing done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.accounts.choices import Power
from tongxin.accounts.views.asking import accepted, posted
from tongxin.accounts.views.asking import shown as page
from tongxin.core.access import access, power
from tongxin.core.errors import NotYours, Problem, Refused
from tongxin.core.text import number_in

from . import actions, queries, topics
from .choices import Kind, MemberState, PanelState
from .forms import DeclarationForm, MembersForm, ReasonForm, VoteForm
from .models import Member, Panel
from .permissions import leads, may_convene, seen_by, sits_on, stood_aside

READS = power(Power.VIEW, Power.PUBLIC)
TONES = {
    MemberState.ASKED: ("warn", "clock"),
    MemberState.CLEARED: ("info", "clock"),
    MemberState.IN: ("ok", "tick"),
    MemberState.ASIDE: ("neu", "dashed"),
    MemberState.RELEASED: ("neu", "dashed"),
}

WAITING = (MemberState.ASKED, MemberState.CLEARED)


@access(READS)
def index(request: HttpRequest) -> HttpResponse:
    """The panels that somebody sits on or calls together, the newest first."""
    found, following = queries.page_of(request.user, number_in(request.GET.get("before", "")))
    mine = queries.own_states(request.user, found)
    context = {
        "lines": [(each, mine.get(each.pk)) for each in found],
        "older": f"?before={following}" if following else "",
        "crumbs": [(_("评审"), "")],
    }
    return render(request, "panels/index.html", context)


@access(READS)
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """One panel: what it judges and how, who sits on it, and what is to be done."""
    found, own = _found(request, pk)
    return _page(request, found, own)


@access(READS)
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare an interest in what is judged, or that there is none."""
    found, _own = _seated(request, pk)
    form = DeclarationForm(posted(request))

    def say() -> Member:
        return actions.declare(found, form.cleaned_data["conflict"], by=request.user)

    if accepted(request, form, say):
        now = sits_on(request.user, found)
        cleared = now is not None and now.state == MemberState.CLEARED
        messages.success(request, _("已声明，可以评了") if cleared else _("已声明回避"))
        return redirect(found)
    words = _("有任何一种情形的，选它，就回避这次评审；只记是哪一种，不用写细节，也不公开。")
    return _form(request, form, found, _("声明利害关系"), words)


@access(READS)
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote on the proposal of a committee."""
    found, _own = _seated(request, pk)
    if found.kind != Kind.COMMITTEE:
        raise Http404
    form = VoteForm(posted(request))

    def cast() -> Member:
        told = form.cleaned_data
        return actions.vote(found, told["vote"], by=request.user, reason=told["reason"])

    if accepted(request, form, cast):
        messages.success(request, _("已投票"))
        return redirect(found)
    return _form(request, form, found, _("投票"), found.proposal)


@access(READS)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask more people onto a panel."""
    found = _convened(request, pk)
    seated = {seat.member.account_id for seat in queries.seats_of(found, None)}
    others = [each for each in queries.candidates(found.place_id) if each.number not in seated]
    form = MembersForm(posted(request), candidates=others)

    def call() -> Panel:
        return actions.ask(found, form.cleaned_data["members"], by=request.user)

    if accepted(request, form, call):
        messages.success(request, _("已邀请"))
        return redirect(found)
    words = "" if others else _("这个地区的评审专家都已在评审组里。由安全管理员先任命专家。")
    return _form(request, form, found, _("再邀请人"), words)


@access(READS)
def release(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Let a member go, with a reason."""
    found = _convened(request, pk)
    seat = get_object_or_404(found.members.select_related("account"), pk=number)
    form = ReasonForm(posted(request))

    def let_go() -> Panel:
        reason = form.cleaned_data["reason"]
        return actions.release(found, number, by=request.user, reason=reason)

    if accepted(request, form, let_go):
        messages.success(request, _("已移出，他的评分不计"))
        return redirect(found)
    words = _("移出“%(name)s”，他已给的评分或表决不计。")
    name = seat.account.display_name or seat.account.username
    return _form(request, form, found, _("移出"), words % {"name": name})


@access(READS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Put together what a panel gave."""
    found = _convened(request, pk)
    return _press(
        request, found, lambda: topics.get(found.topic).close(found, request.user), _("已汇总")
    )


@access(READS)
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a panel off, with a reason."""
    found = _convened(request, pk)
    form = ReasonForm(posted(request))

    def stop() -> Panel:
        return actions.call_off(found, by=request.user, reason=form.cleaned_data["reason"])

    if accepted(request, form, stop):
        messages.success(request, _("已撤销这次评审"))
        return redirect(_subject(found))
    words = _("撤销以后，这次评审里给的评分和表决都不计。")
    return _form(request, form, found, _("撤销评审"), words)


def _found(request: HttpRequest, pk: int) -> tuple[Panel, Member | None]:
    found = seen_by(request.user).filter(pk=pk).select_related("convened_by").first()
    if found is None:
        raise Http404
    return found, sits_on(request.user, found)


def _seated(request: HttpRequest, pk: int) -> tuple[Panel, Member]:
    found, own = _found(request, pk)
    if own is None:
        raise Http404
    return found, own


def _convened(request: HttpRequest, pk: int) -> Panel:
    found, _own = _found(request, pk)
    if not leads(request.user, found):
        raise Http404
    return found


def _subject(found: Panel) -> str:
    return reverse(topics.get(found.topic).page, args=[found.topic_id])


def _press(request: HttpRequest, found: Panel, act: Callable[[], Any], done: str) -> HttpResponse:
    """Do what a button asks for; the page says why not."""
    try:
        act()
    except Refused as refusal:
        return _page(request, found, sits_on(request.user, found), refusal.problems, 422)
    except NotYours as stranger:
        raise Http404 from stranger
    messages.success(request, done)
    return redirect(found)


def _page(
    request: HttpRequest,
    found: Panel,
    own: Member | None,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> HttpResponse:
    seats = queries.seats_of(found, own)
    committee = found.kind == Kind.COMMITTEE
    convenes = own is None and may_convene(request.user, found.place_id)
    told = [(seat, *TONES[MemberState(seat.member.state)]) for seat in seats]
    aside = stood_aside(own)
    context = {
        "panel": found,
        "own": own,
        "seats": told,
        "committee": committee,
        "tally": queries.tally_of(found) if committee and found.state != PanelState.OPEN else None,
        "open": found.state == PanelState.OPEN,
        "convenes": convenes,
        "waiting": sum(each.member.state in WAITING for each in seats),
        "aside": aside,
        "subject": "" if aside and not convenes else _subject(found),
        "sheet": reverse(topics.get(found.topic).sheet, args=[found.topic_id]),
        "problems": problems,
        "crumbs": [(_("评审"), reverse("panels:index")), (found.title, "")],
    }
    return render(request, "panels/panel.html", context, status=status)


def _form(request: HttpRequest, form: Any, found: Panel, here: str, words: str) -> HttpResponse:
    way = [(_("评审"), reverse("panels:index")), (found.title, found.get_absolute_url())]
    context = {"panel": found, "here": here, "words": words, "crumbs": [*way, (here, "")]}
    return page(request, "panels/form.html", form, **context)
