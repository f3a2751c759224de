"""Trying every role with one press. These routes exist only while the demo runs."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tongxin.accounts.models import Account
from tongxin.accounts.second_factor import enter_demo
from tongxin.core.access import DEMO, access

from .people import PEOPLE


@access(DEMO)
def roles(request: HttpRequest) -> HttpResponse:
    """All the roles, each with a button."""
    return render(request, "demo/roles.html", {"people": PEOPLE})


@access(DEMO)
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's accounts, and only those."""
    wanted = request.POST.get("username", "")
    names = [person.username for person in PEOPLE if person.username == wanted]
    account = get_object_or_404(Account, username__in=names)
    login(request, account)
    enter_demo(request, account)
    return redirect("desk:home")
