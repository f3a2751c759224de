"""What no page could make sense of is answered before any page is asked."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
FOR_PROGRAMS, OF_PROGRAMS = "/api/", (*METHODS, "PATCH")
# What the house never asks of a device, and passkeys, which it asks for itself only.
NEVER_ASKED = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
POLICY = ", ".join(
    [
        *(f"{name}=()" for name in NEVER_ASKED),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)


class OwnPagesOnly:
    """Keep answers to the house's own pages, and the devices of readers out of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class ReadableAddress:
    """Refuse an address with a null character: PostgreSQL takes none, and nobody types one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path:
            raise BadRequest
        return self.get_response(request)


class KnownMethod:
    """Refuse every method that no page and no program's door uses, TRACE among them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = OF_PROGRAMS if request.path.startswith(FOR_PROGRAMS) else METHODS
        if request.method not in known:
            return HttpResponseNotAllowed(known)
        return self.get_response(request)


class NothingLeftBehind:
    """Tell the browser to drop its copies of pages with the answer that takes its session away.

    Stands outside the session's own middleware, which deletes the cookie on the way out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and not cookie.value:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response
