"""How the API answers: JSON, with a tag that says whether a program has it already."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import parse_etags


def given(body: Any, **how: Any) -> JsonResponse:
    """Answer with a body."""
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False}, **how)


def tagged(
    request: HttpRequest,
    body: Any,
    version: int | None = None,
    *,
    tag: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with a body and its tag; whoever has it already is told so.

    The tag holds the version, where there is one, which a change names, and a checksum: how far a
    record has come changes without a new version. `tag` is one that the caller has made.
    """
    answer = given(body, status=status)
    checksum = tag or hashlib.sha256(answer.content).hexdigest()[:8]
    whole = f'"{checksum}"' if version is None else f'"{version}-{checksum}"'
    if has_it(request, whole):
        return HttpResponse(status=304, headers={"ETag": whole})
    answer["ETag"] = whole
    return answer


def has_it(request: HttpRequest, tag: str) -> bool:
    """Whether a program that reads says that it has what a tag stands for."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return request.method == "GET" and tag in {each.removeprefix("W/") for each in known}
