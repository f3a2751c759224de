"""The routes of programs. Each opens to a token, save the description of them all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tongxin.core.access import TOKEN, access

from . import document  # and with it every module whose functions put themselves on the list
from .door import api


def headed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer HEAD as GET is answered, without the body: the library has no word for it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "HEAD":
            return view(request, *args, **kwargs)
        request.method = "GET"
        told = view(request, *args, **kwargs)
        told["Content-Length"] = str(len(told.content))
        told.content = b""
        return told

    return answer


app_name = "api"
# Of the library's list: one route for each address, not one for each method, and no root page.
ROUTES: dict[str, Any] = {str(each.pattern): each for each in api.urls[0] if str(each.pattern)}
urlpatterns = [
    path("openapi.json", document.described, name="openapi"),
    *(
        path(pattern, access(TOKEN)(headed(route.callback)), name=route.name)
        for pattern, route in ROUTES.items()
    ),
]
