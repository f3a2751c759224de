"""Pages of accounts: the list, a new one by invitation, and what becomes of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.accounts import actions
from tongxin.accounts.choices import AccountState, Power
from tongxin.accounts.forms import AccountForm, OpenForm, ReasonForm
from tongxin.accounts.letters import send_invitation
from tongxin.accounts.models import Account
from tongxin.accounts.permissions import is_peer
from tongxin.accounts.queries import (
    accounts_within,
    in_state,
    named,
    open_invitation,
    standing,
    unused,
)
from tongxin.core.access import access, power
from tongxin.core.errors import Refused
from tongxin.divisions.queries import names_on

from .asking import accepted, one_of, paged, posted, pressed, shown
from .invitations import link_of

UNUSED = "unused"


@access(power(Power.ACCOUNTS))
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts of the administrator's territory."""
    stand = standing(request.user)
    text, state = request.GET.get("q", "").strip()[:60], request.GET.get("state", "")
    rows = accounts_within(stand.roots(Power.ACCOUNTS))
    if state == UNUSED:
        rows = rows.filter(unused(stand.on))
    else:
        state = one_of(AccountState, state)
        rows = in_state(rows, state)
    rows = named(rows, text, "username", "display_name")
    found, following = paged(request, rows, "username")
    names = names_on([_place(each) for each in found], stand.on)
    context = {
        "accounts": [(each, names[_place(each)]) for each in found],
        "following": following,
        "text": text,
        "state": state,
        "states": [*AccountState.choices, (UNUSED, _("90 天没有用"))],
    }
    return render(request, "accounts/accounts.html", context)


@access(power(Power.ACCOUNTS))
def open_new(request: HttpRequest) -> HttpResponse:
    """Open an account, and show its invitation."""
    roots = standing(request.user).roots(Power.ACCOUNTS)
    office = request.GET.get("office", "")
    form = OpenForm(posted(request), roots=roots, initial={"office": office})
    made: list[Account] = []
    if accepted(
        request,
        form,
        lambda: made.append(actions.open_account(by=request.user, **form.cleaned_data)),
    ):
        return _invited(request, made[0])
    return shown(request, "accounts/account_open.html", form)


@access(power(Power.ACCOUNTS))
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its holder's names, the office that keeps it, its state."""
    stand = standing(request.user)
    found = _account(request, pk)
    context = {
        "account": found,
        "place": names_on([_place(found)], stand.on)[_place(found)],
        "invitation": open_invitation(found),
        "own": found.pk == request.user.pk,
        "peer": is_peer(request.user, found),
        "unused": Account.objects.filter(unused(stand.on), pk=pk).exists(),
        "states": AccountState,
    }
    return render(request, "accounts/account.html", context)


@access(power(Power.ACCOUNTS))
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name shown, the address, and the office that keeps an account."""
    found = _account(request, pk)
    now = {"display_name": found.display_name, "email": found.email, "office": found.office_id}
    roots = standing(request.user).roots(Power.ACCOUNTS)
    form = AccountForm(posted(request), roots=roots, initial=now)

    def change_it() -> None:
        actions.change_account(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("已保存“%(name)s”") % {"name": found.username})

    if accepted(request, form, change_it):
        return redirect("accounts:account", pk=pk)
    return shown(request, "accounts/account_change.html", form, account=found)


@access(power(Power.ACCOUNTS))
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an account out of use, or bring it back, with the reason."""
    found = _account(request, pk)
    form = ReasonForm(posted(request), initial={"reason": request.GET.get("reason", "")[:200]})

    def switch_it() -> None:
        act = actions.deactivate if found.is_active else actions.reactivate
        act(found, by=request.user, reason=form.cleaned_data["reason"])
        words = _("已停用“%(name)s”") if found.is_active else _("已恢复启用“%(name)s”")
        messages.success(request, words % {"name": found.username})

    if accepted(request, form, switch_it):
        return redirect("accounts:account", pk=pk)
    return shown(request, "accounts/account_switch.html", form, account=found)


@access(power(Power.ACCOUNTS))
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new invitation, and show its link this once."""
    return _invited(request, _account(request, pk))


@access(power(Power.ACCOUNTS))
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the open invitation of an account worthless."""
    found = _account(request, pk)
    done = _("已收回“%(name)s”的邀请") % {"name": found.username}
    pressed(request, lambda: actions.revoke_invitation(found, by=request.user), done)
    return redirect("accounts:account", pk=pk)


def _invited(request: HttpRequest, account: Account) -> HttpResponse:
    """Answer with the link itself: it is not kept, so no other page could show it."""
    try:
        token = actions.invite(account, by=request.user)
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem))
        return redirect("accounts:account", pk=account.pk)
    link = link_of(request, token)
    context = {
        "account": account,
        "link": link,
        "invitation": open_invitation(account),
        "mailed": send_invitation(account, link),
    }
    response = render(request, "accounts/invited.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _account(request: HttpRequest, pk: int) -> Account:
    roots = standing(request.user).roots(Power.ACCOUNTS)
    return get_object_or_404(accounts_within(roots), pk=pk)


def _place(account: Account) -> int:
    """Return the division of the office that keeps an account; without one it is on no page."""
    return account.office.division_id if account.office else 0
