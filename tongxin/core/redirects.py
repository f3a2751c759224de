"""Where a request may be sent on to: paths of this site, and nothing else."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url

PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""One stroke, then printable ASCII: browsers drop tabs and line ends, and turn \\ into /."""


def is_own_path(target: str) -> bool:
    """Whether a text is a path of this site, however a browser may read it.

    An address with scheme and host is none, even if the host is ours: no page of ours needs one,
    and what need not be parsed cannot be parsed wrongly.
    """
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    return PATH.fullmatch(target) is not None and "//" not in path


def back(request: HttpRequest, otherwise: Any) -> HttpResponseRedirect:
    """Send a request back to the page that its form named, or elsewhere when that is not ours."""
    named = request.POST.get("next", "")
    return HttpResponseRedirect(named if is_own_path(named) else resolve_url(otherwise))
