"""What is answered where no route was reached: pages for people, problem details for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from tongxin.api import problems
from tongxin.core.access import ANYONE, access
from tongxin.core.middleware import FOR_PROGRAMS
from tongxin.desk import views


@access(ANYONE)
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Nothing here, or nothing for this account: the same words and bytes."""
    if request.path.startswith(FOR_PROGRAMS):
        return problems.answer(problems.nothing_here())
    return views.not_found(request, exception)


@access(ANYONE)
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A request that cannot be read."""
    if request.path.startswith(FOR_PROGRAMS):
        return problems.answer(problems.unreadable())
    return views.bad_request(request, exception)
