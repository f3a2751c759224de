"""What the pages of administrators have in common: reading a form, telling a refusal, paging."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxin.accounts.forms import HouseForm
from tongxin.accounts.queries import page_of
from tongxin.core.errors import Refused
from tongxin.core.text import number_in

SHOWN = 50


def posted(request: HttpRequest) -> Any:
    """Return what was sent; a form sent empty is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def accepted(request: HttpRequest, form: HouseForm, act: Callable[[], Any]) -> bool:
    """Whether a form was sent, could be read, and its act was done; refusals stand in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal.problems)
        return False
    return True


def pressed(request: HttpRequest, act: Callable[[], Any], done: str) -> None:
    """Do what a button without a form asks for, and say so, or why not."""
    try:
        act()
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem))
    else:
        messages.success(request, done)


def shown(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """Answer with a form's page: 422 when something in it has to be put right."""
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def paged(request: HttpRequest, rows: Any, *order: str) -> tuple[list[Any], str]:
    """Return one page of rows, and the query of the next one."""
    found, following = page_of(rows, order, number_in(request.GET.get("after", "")), SHOWN)
    if following is None:
        return found, ""
    query = request.GET.copy()
    query["after"] = str(following)
    return found, f"?{query.urlencode()}"


def one_of(choices: Any, value: str) -> str:
    """Return a value that is one of the choices, else nothing."""
    return value if value in choices.values else ""
