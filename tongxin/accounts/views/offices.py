"""Pages of offices: the list, a new one, one office, its name, its end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tongxin.accounts import actions
from tongxin.accounts.choices import Power
from tongxin.accounts.forms import CloseForm, OfficeForm, RenameForm
from tongxin.accounts.models import Office
from tongxin.accounts.queries import accounts_within, named, offices_within, standing
from tongxin.core.access import access, power
from tongxin.divisions.queries import names_on

from .asking import SHOWN, accepted, paged, posted, pressed, shown


@access(power(Power.OFFICES))
def offices(request: HttpRequest) -> HttpResponse:
    """The offices of the administrator's territory, and a form for a new one."""
    stand = standing(request.user)
    roots = stand.roots(Power.OFFICES)
    form = OfficeForm(posted(request), roots=roots)

    def open_it() -> None:
        facts = form.cleaned_data
        made = actions.open_office(by=request.user, division=facts["place"], name=facts["name"])
        messages.success(request, _("已设立“%(name)s”") % {"name": made})

    if accepted(request, form, open_it):
        return redirect("accounts:offices")
    text = request.GET.get("q", "").strip()[:60]
    rows, following = paged(request, named(offices_within(roots), text, "name"), "name", "pk")
    names = names_on([office.division_id for office in rows], stand.on)
    return shown(
        request,
        "accounts/offices.html",
        form,
        offices=[(each, names[each.division_id]) for each in rows],
        following=following,
        text=text,
    )


@access(power(Power.OFFICES))
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """One office: where it is, whether it is open, and the accounts it keeps."""
    stand = standing(request.user)
    found = _office(request, pk)
    kept = accounts_within(stand.roots(Power.ACCOUNTS)).filter(office=found)
    context = {
        "office": found,
        "place": names_on([found.division_id], stand.on)[found.division_id],
        "accounts": kept[:SHOWN],
    }
    return render(request, "accounts/office.html", context)


@access(power(Power.OFFICES))
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an office another name."""
    found = _office(request, pk)
    form = RenameForm(posted(request), initial={"name": found.name})

    def rename_it() -> None:
        name = form.cleaned_data["name"]
        actions.rename_office(found, by=request.user, name=name)
        messages.success(request, _("现在叫“%(name)s”") % {"name": name})

    if accepted(request, form, rename_it):
        return redirect("accounts:office", pk=pk)
    return shown(request, "accounts/office_rename.html", form, office=found)


@access(power(Power.OFFICES))
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an office in which nobody works any more."""
    found = _office(request, pk)
    form = CloseForm(posted(request), initial={"on": standing(request.user).on})

    def close_it() -> None:
        actions.close_office(found, by=request.user, on=form.cleaned_data["on"])
        messages.success(request, _("已关闭“%(name)s”") % {"name": found})

    if accepted(request, form, close_it):
        return redirect("accounts:office", pk=pk)
    return shown(request, "accounts/office_close.html", form, office=found)


@access(power(Power.OFFICES))
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an office again that was closed."""
    found = _office(request, pk)
    done = _("已恢复“%(name)s”") % {"name": found}
    pressed(request, lambda: actions.reopen_office(found, by=request.user), done)
    return redirect("accounts:office", pk=pk)


def _office(request: HttpRequest, pk: int) -> Office:
    roots = standing(request.user).roots(Power.OFFICES)
    return get_object_or_404(offices_within(roots), pk=pk)
