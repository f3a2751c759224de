"""Default deny: a route is reached only by those whom its access rule names."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tongxin.core.access import ANYONE, DEMO, SIGNED_IN, TOKEN

from . import sessions, watching
from .duties import first_of_all
from .queries import standing

SHUT = {403, 404}
ASKS_BY_ITSELF = "X-Asks-By-Itself"
"""Header of a page that asks again and again how far something is: nobody sits there for that."""


class SessionClock:
    """End a session that has been idle, or has lasted, for too long; before anybody asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        request.timed_out = SESSION_KEY in session and sessions.is_over(session)  # type: ignore[attr-defined]
        if request.timed_out:  # type: ignore[attr-defined]
            session.flush()
        elif SESSION_KEY in session and ASKS_BY_ITSELF not in request.headers:
            sessions.note_use(session)
        return self.get_response(request)


class AccessRule:
    """Ask the rule of the route before its view runs. A route without a rule does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # What one account saw is in no cache. A form for a new record holds only what was typed:
        # going back to it must not lose that.
        match = request.resolver_match
        typed = match is not None and match.view_name in settings.TYPED_INTO
        typed = typed and response.status_code not in SHUT
        kept = "private, no-cache" if typed else "private, no-store"
        response.headers.setdefault("Cache-Control", kept)
        if response.status_code in SHUT and request.user.is_authenticated:
            watching.shut(request, response.status_code)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let the request pass, send a stranger to the door, or answer as if nothing were here."""
        rule = rule_of(view, request.resolver_match)
        # Behind a route for programs the door of programs asks: for a token, and for no session.
        if rule in {ANYONE, TOKEN} or (rule == DEMO and settings.DEMO):
            return None
        if rule is None or rule == DEMO:
            raise Http404
        if not request.user.is_authenticated:
            over = getattr(request, "timed_out", False)
            door = f"{reverse(settings.LOGIN_URL)}?idle=1" if over else None
            return redirect_to_login(request.get_full_path(), door)
        match = request.resolver_match
        if duty := first_of_all(request, match.view_name if match else ""):
            return redirect(duty)
        if rule == SIGNED_IN:
            return None
        kind, _, names = rule.partition(":")
        stand = standing(request.user)
        if kind == "power" and any(stand.has(name) for name in names.split()):
            return None
        raise Http404


def rule_of(view: Any, match: Any) -> str | None:
    """Return a view's own rule, or the one that the settings give to somebody else's route."""
    own: str | None = getattr(view, "access", None)
    if own is not None:
        return own
    given: str | None = settings.THIRD_PARTY_ACCESS.get(match.view_name if match else "")
    return given
