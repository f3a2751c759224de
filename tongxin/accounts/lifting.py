"""Pages of the security administrator for those who cannot come in: locked, or without a phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.core.access import access, power
from tongxin.core.errors import NotYours

from . import door_actions
from .choices import Power
from .lost_form import LostForm
from .queries import locks_within, standing


@access(power(Power.POSTINGS))
def locks(request: HttpRequest) -> HttpResponse:
    """The accounts of the territory that are locked out at this moment."""
    return _page(request, LostForm())


@access(power(Power.POSTINGS))
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one of them in again."""
    lock = get_object_or_404(locks_within(standing(request.user).roots(Power.POSTINGS)), pk=pk)
    try:
        account = door_actions.unlock(lock, by=request.user)
    except NotYours:
        messages.error(request, _("这个账号由上一级安全管理员解锁"))
    else:
        messages.success(request, _("已解锁：%(account)s") % {"account": account})
    return redirect("accounts:locks")


@access(power(Power.POSTINGS))
@require_POST
def lost(request: HttpRequest) -> HttpResponse:
    """Take the second factors away from somebody who has lost them."""
    form = LostForm(request.POST)
    form.granter = request.user
    if form.is_valid():
        facts = form.cleaned_data
        door_actions.forget_factors(facts["account"], by=request.user, reason=facts["reason"])
        messages.success(
            request, _("已重设 %(account)s 的两步登录") % {"account": facts["account"]}
        )
        return redirect("accounts:locks")
    return _page(request, form)


def _page(request: HttpRequest, form: Any) -> HttpResponse:
    roots = standing(request.user).roots(Power.POSTINGS)
    context = {"locks": locks_within(roots), "form": form}
    return render(request, "accounts/locks.html", context, status=422 if form.errors else 200)
