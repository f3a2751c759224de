"""The door of those who are invited: whoever holds the link sets the password."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongxin.accounts import actions
from tongxin.accounts.forms import InvitationForm
from tongxin.accounts.queries import invitation_of
from tongxin.core.access import ANYONE, access
from tongxin.core.errors import NotYours

from .asking import posted, shown


@access(ANYONE)
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Set the password of the account that a link belongs to. Looking at the page uses nothing."""
    found = invitation_of(key)
    if found is None:
        return _worthless(request)
    form = InvitationForm(posted(request), account=found.account)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(key, password=form.cleaned_data["password"])
        except NotYours:
            return _worthless(request)
        messages.success(request, _("密码已设好。用它登录"))
        return redirect("account_login")
    response = shown(request, "accounts/accept.html", form, invited=found.account)
    response.headers["Cache-Control"] = "no-store"
    return response


def link_of(request: HttpRequest, token: str) -> str:
    """Return the whole address of an invitation."""
    return request.build_absolute_uri(reverse("accounts:accept", args=[token]))


def _worthless(request: HttpRequest) -> HttpResponse:
    """One that was used, revoked, too old or never made: the same words."""
    return render(request, "accounts/worthless.html", status=404)
