"""The door of programs: who asks, by a token alone; and how a refusal is told."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from tongxin.accounts.bearers import bearer_of
from tongxin.accounts.choices import TokenScope
from tongxin.core.errors import NotYours

from . import problems
from .problems import Declined, Wrong

LONGEST_SECRET = 200


class Bearer(HttpBearer):
    """A personal token in the header `Authorization`. A session's cookie opens nothing here."""

    def __init__(self, *, writes: bool = False) -> None:
        self.writes = writes
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the token shown, its account being the request's from here on."""
        shown = bearer_of(request, token) if len(token) <= LONGEST_SECRET else None
        if shown is None:
            return None
        request.user = shown.account
        if self.writes and shown.scope != TokenScope.WRITE:
            raise problems.reads_only()
        return shown


READS, WRITES = Bearer(), Bearer(writes=True)
api = NinjaAPI(
    title="Tongxin",
    version="1",
    description=(
        "The registers, for programs: the same records, rules and scope as the pages. "
        "Send a personal token as `Authorization: Bearer …`; "
        "say the language by `Accept-Language: en` or `zh-hans`."
    ),
    urls_namespace="api",
    auth=READS,
    docs_url=None,
    openapi_url=None,
)


@api.exception_handler(Declined)
def declined(_request: HttpRequest, refusal: Declined) -> HttpResponse:
    """Tell what is wrong."""
    return problems.answer(refusal)


@api.exception_handler(AuthenticationError)
def nobody(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Tell that a token is wanted."""
    return problems.answer(problems.no_token(), {"WWW-Authenticate": "Bearer"})


@api.exception_handler(Http404)
@api.exception_handler(NotYours)
def nothing(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """Answer as if there were nothing."""
    return problems.answer(problems.nothing_here())


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Tell which part of an address cannot be read."""
    wrongs = [_misread(request, each) for each in error.errors]
    return problems.answer(Declined(422, wrongs))


def _misread(request: HttpRequest, found: dict[str, Any]) -> Wrong:
    name, facts = str(found["loc"][-1]), found.get("ctx", {})
    value = request.GET.get(name)
    told = {"name": name, "value": value, **{key: str(each) for key, each in facts.items()}}
    words = {
        "greater_than_equal": _("参数 %(name)s 不能小于 %(ge)s，现在是“%(value)s”"),
        "less_than_equal": _("参数 %(name)s 不能大于 %(le)s，现在是“%(value)s”"),
        "string_too_long": _("参数 %(name)s 最多 %(max_length)s 个字符"),
        "literal_error": _("参数 %(name)s 只能是 %(expected)s，现在是“%(value)s”"),
        "int_parsing": _("参数 %(name)s 要写整数，现在是“%(value)s”"),
        "bool_parsing": _("参数 %(name)s 只能是 true 或 false，现在是“%(value)s”"),
    }
    other = _("参数 %(name)s 的值“%(value)s”用不了，对照接口说明改")
    return Wrong("api.parameter", words.get(found["type"], other) % told, name, value)
