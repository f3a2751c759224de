"""Reading what a program sends: a JSON object, as the form of the register wants it."""

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tongxin.registers.forms import OFFICE_NUMBER

from .problems import Declined, Wrong

NEVER_SENT = frozenset({"version", "submission"})
"""Hidden fields of the page: here the version and the key travel in headers."""
KEYS = uuid.UUID("0d5e1a52-6f0f-4b0c-9d0e-6f3f0b6b7a11")
LONGEST_KEY = 200
CHECKSUM = re.compile(r'(?:W/)?"([0-9a-f]{8})"')
TAG = re.compile(r'(?:W/)?"([0-9]{1,9})(?:-[0-9a-f]{8})?"')


def body_of(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that was sent; numbers stay as they were written."""
    if request.content_type != "application/json":
        words = _("Content-Type 写 application/json，现在是“%(type)s”")
        told = words % {"type": request.content_type}
        raise Declined(415, Wrong("api.not_json", told, value=request.content_type))
    try:
        return _object(request.body)
    except RequestDataTooBig:
        words = _("请求的内容最多 1 MB。分几次送")
        raise Declined(413, Wrong("api.too_big", words)) from None
    except (ValueError, TypeError, RecursionError):
        words = _('请求的内容要是一个 JSON 对象，例如 {"name": "名称"}')
        raise Declined(400, Wrong("api.unreadable", words)) from None


def _object(raw: bytes) -> dict[str, Any]:
    found = json.loads(
        raw.decode("utf-8"),
        parse_int=str,
        parse_float=str,
        parse_constant=_refuse,
        object_pairs_hook=_once,
    )
    if not isinstance(found, dict):
        raise TypeError
    return found


def _refuse(_text: str) -> Any:
    raise ValueError


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; one that says a thing twice says nothing."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def texts_of(sent: Mapping[str, Any], known: Iterable[str]) -> dict[str, str]:
    """Return what was sent as a form reads it. Raises Declined for what no form asks for."""
    names = sorted(known)
    wrongs = [wrong for name, value in sent.items() if (wrong := _wrong(name, value, names))]
    if wrongs:
        raise Declined(422, wrongs)
    return {name: _text(value) for name, value in sent.items()}


def _wrong(name: str, value: Any, known: list[str]) -> Wrong | None:
    if name not in known:
        words = _("没有“%(name)s”这一项。可以写：%(known)s")
        told = words % {"name": _shown(name), "known": ", ".join(known)}
        return Wrong("api.unknown_field", told, _shown(name), echo(value))
    if isinstance(value, (dict, list)):
        words = _("“%(name)s”只能是一个值，不能是列表或对象")
        return Wrong("api.not_a_value", words % {"name": name}, name)
    if isinstance(value, str) and _shown(value) != value:
        words = _("“%(name)s”里有不能保存的字符，去掉再送")
        return Wrong("api.characters", words % {"name": name}, name, _shown(value))
    return None


def _shown(text: str) -> str:
    """Return a text without what neither database nor answer can hold."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def echo(value: Any) -> Any:
    """Return a value that was sent as an answer can hold it."""
    return _shown(value) if isinstance(value, str) else None


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def names_of(form: Any) -> set[str]:
    """Return the names that a form takes from a program."""
    return {*form.fields, OFFICE_NUMBER} - NEVER_SENT


def offered(form: Any) -> dict[str, str]:
    """Return what a form offers before anything is typed: what is kept, or the usual choice."""
    return {name: _text(form[name].value()) for name in form.fields if name not in NEVER_SENT}


def wrongs_in(form: Any) -> list[Wrong]:
    """Return what a form or its action said against what was sent."""
    return [
        Wrong(
            error.code if "." in (error.code or "") else f"registers.{error.code or 'refused'}",
            message,
            "" if name == "__all__" else name,
            None if name == "__all__" else form.data.get(name),
        )
        for name, errors in form.errors.as_data().items()
        for error in errors
        for message in error.messages
    ]


def version_in(request: HttpRequest, *, needed: bool) -> int | None:
    """Return the version that a program has read, from `If-Match`. Raises Declined without one."""
    told = request.headers.get("If-Match", "")
    if not told and not needed:
        return None
    found = TAG.fullmatch(told.strip())
    if found is None:
        raise _no_version(told)
    return int(found[1])


def checksum_in(request: HttpRequest) -> str:
    """Return the checksum of what a program has read, where there are no versions."""
    told = request.headers.get("If-Match", "")
    found = CHECKSUM.fullmatch(told.strip())
    if found is None:
        raise _no_version(told)
    return found[1]


def _no_version(told: str) -> Declined:
    words = _('在 If-Match 里写读到的 ETag，例如 "3"；先读一次记录')
    return Declined(428, Wrong("api.no_version", words, "If-Match", told or None))


def key_in(request: HttpRequest, where: str) -> uuid.UUID | None:
    """Return the key under which an entry is done once: of this account, in this place."""
    told = request.headers.get("Idempotency-Key", "")
    if not told:
        return None
    if len(told) > LONGEST_KEY:
        words = _("Idempotency-Key 最多 %(most)d 个字符") % {"most": LONGEST_KEY}
        raise Declined(422, Wrong("api.key", words, "Idempotency-Key"))
    return uuid.uuid5(KEYS, f"{request.user.pk}/{where}/{told}")
