"""Which programme, and which day's map, the pages of a request speak of."""

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .models import Programme
from .queries import programmes_for

CHOSEN = "programme"


class CurrentProgramme:
    """Give each request of an account the programme it last chose, or its newest one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/static/"):
            return self.get_response(request)
        known = programmes_for(request.user) if request.user.is_authenticated else []
        chosen = request.session.get(CHOSEN) if known else None
        programme = next((each for each in known if each.key == chosen), None)
        programme = programme or (known[0] if known else None)
        request.programmes, request.programme = known, programme  # type: ignore[attr-defined]
        request.day_of_map = _day(programme)  # type: ignore[attr-defined]
        return self.get_response(request)


def _day(programme: Programme | None) -> dt.date:
    return programme.day if programme else timezone.localdate()
