"""My tokens: for which programs, until when; making one, and ending one."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.core.access import SIGNED_IN, access
from tongxin.core.errors import Refused
from tongxin.core.text import number_in

from . import second_factor, token_actions
from .choices import TokenState
from .forms.tokens import TokenForm
from .models import Token
from .token_rules import LONGEST, MOST


@access(SIGNED_IN)
@reauthentication_required(allow_get=True)
def mine(request: HttpRequest) -> HttpResponse:
    """The tokens of my account, and a form for a new one, whose secret is shown this once.

    Who makes one shows the password again: it outlives the session in which it was made. Roles that
    need a second factor have no session without one, and so no token without one.
    """
    account: Any = request.user
    secret, form = "", TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        shown = second_factor.shown(request)
        try:
            made = token_actions.make_token(account, second_factor=shown, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal.problems)
        else:
            secret, form = made[1], TokenForm()
    context = {
        "tokens": [_line(each) for each in token_actions.tokens_of(account)],
        "form": form,
        "secret": secret,
        "most": MOST,
        "longest": LONGEST,
    }
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one of my tokens. Nothing more is asked: ending one must be quick."""
    number = number_in(request.POST.get("which", ""))
    token = Token.objects.filter(account=request.user, pk=number).first()  # type: ignore[misc]
    if token is None:
        raise Http404
    token_actions.end_token(token, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("已停用令牌“%(name)s”") % {"name": token})
    return redirect("tokens")


def _line(token: Token) -> dict[str, Any]:
    state = token_actions.state_of(token)
    return {"row": token, "state": state, "valid": state == TokenState.VALID}
