"""My own sign-ins: on which devices I am signed in, and how to end them."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.core.access import SIGNED_IN, access

from . import door_actions, single_sign_on
from .devices import in_words
from .models import SignIn
from .queries import sign_ins_of
from .sessions import SessionStore

OTHERS = "others"


@access(SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    """Where I am signed in: this device first."""
    own = request.session.session_key
    shown = [
        {"handle": row.handle, "device": in_words(row.device), "row": row, "own": own == row.pk}
        for row in open_ones(request)
    ]
    shown.sort(key=lambda each: not each["own"])
    context = {
        "sign_ins": shown,
        "provider": single_sign_on.offered(),
        "connected": single_sign_on.is_connected(request.user),
    }
    return render(request, "accounts/sign_ins.html", context)


@access(SIGNED_IN)
@require_POST
def disconnect(request: HttpRequest) -> HttpResponse:
    """Let the provider no longer sign in to my account."""
    door_actions.disconnect(request.user)  # type: ignore[arg-type]
    messages.success(request, _("已断开"))
    return redirect("sign_ins")


@access(SIGNED_IN)
@require_POST
@reauthentication_required
def end(request: HttpRequest) -> HttpResponse:
    """End one of them, or all but this one.

    Who does so shows the password again: else a stranger at an open screen could shut the owner
    out. The form that was sent is taken up again afterwards.
    """
    wanted = request.POST.get("which", "")
    own = request.session.session_key
    keys = [
        row.pk for row in open_ones(request) if row.pk != own and wanted in {OTHERS, row.handle}
    ]
    gone = door_actions.end_sign_ins(request.user, keys)  # type: ignore[arg-type]
    messages.success(request, _("已退出 %(count)s 处登录") % {"count": gone})
    return redirect("sign_ins")


def open_ones(request: HttpRequest) -> list[SignIn]:
    """The sessions with which somebody could go on: the rest wait only to be cleared away."""
    account = request.user
    valid = account.get_session_auth_hash()  # type: ignore[union-attr]
    rows = sign_ins_of(account)
    read = SessionStore().decode
    return [row for row in rows if read(row.session_data).get(HASH_SESSION_KEY) == valid]
