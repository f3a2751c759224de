"""Default deny: a route is reached only by those whom its access rule names."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from tongxin.core.access import ANYONE, DEMO, SIGNED_IN

from .queries import standing


class AccessRule:
    """Ask the rule of the route before its view runs. A route without a rule does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # What one account saw is for nobody else's cache, and is asked for anew each time.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let the request pass, send a stranger to the door, or answer as if nothing were here."""
        rule = rule_of(view, request.resolver_match)
        if rule == ANYONE or (rule == DEMO and settings.DEMO):
            return None
        if rule is None or rule == DEMO:
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if rule == SIGNED_IN:
            return None
        kind, _, name = rule.partition(":")
        if kind == "power" and standing(request.user).has(name):
            return None
        raise Http404


def rule_of(view: Any, match: Any) -> str | None:
    """Return a view's own rule, or the one that the settings give to somebody else's route."""
    own: str | None = getattr(view, "access", None)
    if own is not None:
        return own
    given: str | None = settings.THIRD_PARTY_ACCESS.get(match.view_name if match else "")
    return given
