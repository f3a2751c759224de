"""What went wrong, as a program reads it: problem details (RFC 9457) in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PROBLEM = "application/problem+json"
TYPE = "urn:tongxin:problem:"
TITLES = {
    400: gettext_lazy("请求的内容读不懂"),
    401: gettext_lazy("没有有效的令牌"),
    403: gettext_lazy("这个令牌只能读"),
    404: gettext_lazy("这里没有内容"),
    409: gettext_lazy("这一步已经办过"),
    412: gettext_lazy("记录已被修改"),
    413: gettext_lazy("请求的内容太大"),
    415: gettext_lazy("请求的内容不是这里要的类型"),
    422: gettext_lazy("有内容要改"),
    428: gettext_lazy("没有写明读到的版本"),
    500: gettext_lazy("文件对不上"),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: its name for programs, its words, the field, and what was sent."""

    code: str
    message: Any
    field: str = ""
    value: Any = None


class Declined(Exception):
    """A request that is not done, with everything that is wrong with it."""

    def __init__(self, status: int, wrongs: Wrong | Iterable[Wrong], **more: Any) -> None:
        self.status, self.more = status, more
        self.wrongs = (wrongs,) if isinstance(wrongs, Wrong) else tuple(wrongs)
        super().__init__(status, [wrong.code for wrong in self.wrongs])


def answer(declined: Declined, headers: Mapping[str, str] | None = None) -> JsonResponse:
    """Return the answer: the first problem on top, and each of them below."""
    first = declined.wrongs[0]
    body = {
        "type": f"{TYPE}{first.code}",
        "title": str(TITLES[declined.status]),
        "status": declined.status,
        "detail": str(first.message),
        "code": first.code,
        "field": first.field or None,
        "value": first.value,
        "errors": [
            {
                "code": wrong.code,
                "detail": str(wrong.message),
                "field": wrong.field or None,
                "value": wrong.value,
            }
            for wrong in declined.wrongs
        ],
        **declined.more,
    }
    return JsonResponse(
        body,
        status=declined.status,
        content_type=PROBLEM,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )


def nothing_here() -> Declined:
    """Nothing here, or nothing for this account: the same words and bytes."""
    words = _("这里没有内容，或者这个账号看不到。核对地址和编号")
    return Declined(404, Wrong("api.nothing_here", words))


def no_token() -> Declined:
    """No token, or one that opens nothing any more: which of these stays unsaid."""
    words = _("在 Authorization 里写 Bearer 和一个有效的令牌；在“我的令牌”里创建")
    return Declined(401, Wrong("api.no_token", words))


def unreadable() -> Declined:
    """An address or a request of which nothing can be made."""
    return Declined(400, Wrong("api.unreadable", TITLES[400]))


def reads_only() -> Declined:
    """A token that may not write."""
    words = _("要登记或修改，在“我的令牌”里另创建一个能读写的令牌")
    return Declined(403, Wrong("api.reads_only", words))
