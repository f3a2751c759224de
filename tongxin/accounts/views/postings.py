"""Pages of postings: who works where and as what; giving, correcting, ending."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.accounts import actions
from tongxin.accounts.choices import PostingState, Power
from tongxin.accounts.forms import CorrectForm, EndForm, PostingForm
from tongxin.accounts.models import Account, Posting
from tongxin.accounts.permissions import regrantable
from tongxin.accounts.queries import (
    holding,
    last_used,
    named,
    postings_within,
    standing,
    unused,
)
from tongxin.accounts.rules import unused_from
from tongxin.accounts.second_factor import with_one
from tongxin.core.access import access, power
from tongxin.core.text import number_in
from tongxin.divisions.queries import names_on

from .asking import accepted, one_of, paged, posted, pressed, shown

ORDER = ("account__username", "since", "pk")


@access(power(Power.POSTINGS))
def postings(request: HttpRequest) -> HttpResponse:
    """The postings of the administrator's territory, and a form for a new one."""
    stand = standing(request.user)
    roots = stand.roots(Power.POSTINGS)
    form = PostingForm(posted(request), roots=roots, initial=_asked_for(request))

    def post_it() -> None:
        made = actions.post(by=request.user, **form.cleaned_data)
        messages.success(request, _("已任职：%(posting)s") % {"posting": made})

    if accepted(request, form, post_it):
        return redirect("accounts:postings")
    text = request.GET.get("q", "").strip()[:60]
    state = one_of(PostingState, request.GET.get("state", ""))
    rows = holding(postings_within(roots), state, stand.on)
    for name in ("account", "office"):
        number = number_in(request.GET.get(name, ""))
        if number is not None:
            rows = rows.filter(**{name: number})
    rows = named(rows, text, "account__username", "account__display_name", "office__name")
    found, following = paged(request, rows, *ORDER)
    names = names_on([each.office.division_id for each in found], stand.on)
    ahead = regrantable(request.user, (each for each in found if not _is_over(each, stand.on)))
    return shown(
        request,
        "accounts/postings.html",
        form,
        postings=[(each, names[each.office.division_id], each.pk in ahead) for each in found],
        with_factor=with_one(each.account_id for each in found),
        following=following,
        text=text,
        state=state,
        states=PostingState.choices,
        narrowed=bool(request.GET),
    )


@access(power(Power.POSTINGS))
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct role and days of a posting that was entered wrongly."""
    posting = _posting(request, pk)
    now = {"role": posting.role, "since": posting.since, "until": posting.until}
    form = CorrectForm(posted(request), initial=now)

    def correct_it() -> None:
        actions.correct_posting(posting, by=request.user, **form.cleaned_data)
        messages.success(request, _("已更正任职：%(posting)s") % {"posting": posting})

    if accepted(request, form, correct_it):
        return redirect("accounts:postings")
    return shown(request, "accounts/correct.html", form, posting=posting)


@access(power(Power.POSTINGS))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a posting on a day."""
    posting = _posting(request, pk)
    today = standing(request.user).on
    form = EndForm(posted(request), initial={"until": today})

    def end_it() -> None:
        actions.end_posting(posting, by=request.user, until=form.cleaned_data["until"])
        messages.success(request, _("已结束任职：%(posting)s") % {"posting": posting})

    if accepted(request, form, end_it):
        return redirect("accounts:postings")
    ahead = posting.since > today
    return shown(request, "accounts/end.html", form, posting=posting, ahead=ahead)


@access(power(Power.POSTINGS))
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a posting that has not begun."""
    posting = _posting(request, pk)
    done = _("已撤回任职：%(posting)s") % {"posting": posting}
    pressed(request, lambda: actions.withdraw_posting(posting, by=request.user), done)
    return redirect("accounts:postings")


@access(power(Power.POSTINGS))
def unused_accounts(request: HttpRequest) -> HttpResponse:
    """The postings of accounts that nobody has used for 90 days; one press ends an account's."""
    stand = standing(request.user)
    rows = holding(
        postings_within(stand.roots(Power.POSTINGS)), PostingState.STANDING, stand.on
    ).filter(account__in=Account.objects.filter(unused(stand.on)), since__lt=stand.on)
    if request.method == "POST":
        mine = list(rows.filter(account=number_in(request.POST.get("account", "")) or 0))
        if mine:
            words = _("已结束“%(name)s”的任职") % {"name": mine[0].account.username}
            pressed(
                request,
                lambda: actions.end_unused(mine[0].account, by=request.user, postings=mine),
                words,
            )
        return redirect("accounts:unused")
    found, following = paged(request, rows, *ORDER)
    people: dict[Account, list[Posting]] = {}
    for posting in found:
        people.setdefault(posting.account, []).append(posting)
    his = regrantable(request.user, found)
    listed = [
        (account, held, unused_from(last_used(account)), {each.pk for each in held} <= his)
        for account, held in people.items()
    ]
    context = {"people": listed, "following": following}
    return render(request, "accounts/unused.html", context)


def _is_over(posting: Posting, day: dt.date) -> bool:
    return posting.until is not None and posting.until <= day


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the form offers: the account that the list is narrowed to."""
    return {"account": request.GET.get("username", "")[:60]}


def _posting(request: HttpRequest, pk: int) -> Posting:
    roots = standing(request.user).roots(Power.POSTINGS)
    return get_object_or_404(postings_within(roots), pk=pk)
