"""The unified social credit code, and what a status asks for. GB 32100-2015."""

import re
from collections.abc import Iterator
from operator import mul

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

from .choices import OrganisationKind, Status

LENGTH = 18
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES = {char: at for at, char in enumerate(CHARACTERS)}
WEIGHTS = tuple(3**at % 31 for at in range(LENGTH - 1))
WRITTEN = re.compile(rf"[0-9]{{8}}[{CHARACTERS}]{{10}}")
CODED_KINDS = {OrganisationKind.ASSOCIATION, OrganisationKind.SERVICE, OrganisationKind.FOUNDATION}


def tidy_code(text: str) -> str:
    """Return a code without the spaces and dashes people put in, in capitals."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return uscc.compact(text).upper()


def is_whole(code: str) -> bool:
    """Whether a code has its length, its characters and its check character: most have.

    What is wrong with the others is asked of `stdnum`, which takes thirty times as long.
    """
    if WRITTEN.fullmatch(code) is None:
        return False
    *body, check = map(VALUES.__getitem__, code)
    total: int = sum(map(mul, body, WEIGHTS)) + check
    return total % len(CHARACTERS) == 0


def code_problems(code: str, kind: str, status: str) -> Iterator[Problem]:
    """Say what is wrong with a unified code of 18 characters for this kind and status."""
    if not code:
        if status == Status.REGISTERED:
            words = _("填写统一社会信用代码；还没有登记的，把登记状态改成“已备案”或“名称已预核准”")
            yield Problem("organisations.no_code", words, "credit_code")
        return
    if is_whole(code):
        yield from _kind_problems(code, kind)
        return
    try:
        uscc.validate(code)
    except InvalidLength:
        words = _("统一社会信用代码是 18 位，现在 %(count)d 位。对照登记证书补全") % {
            "count": len(code)
        }
        yield Problem("organisations.code_length", words, "credit_code")
        return
    except InvalidChecksum:
        words = _(
            "统一社会信用代码“%(code)s”的最后一位校验不符，多半是抄错了一位。对照登记证书改正"
        )
        yield Problem("organisations.code_check", words % {"code": code}, "credit_code")
        return
    except ValidationError:
        words = _(
            "统一社会信用代码“%(code)s”里有不会出现的字符。只用数字和大写字母，没有 I、O、S、V、Z"
        )
        yield Problem("organisations.code_characters", words % {"code": code}, "credit_code")
        return
    yield from _kind_problems(code, kind)


def _kind_problems(code: str, kind: str) -> Iterator[Problem]:
    """The second character names the kind. An unknown one is left alone: offices do issue such."""
    issued_as = code[:2]
    if kind in CODED_KINDS and issued_as in set(CODED_KINDS) and issued_as != kind:
        words = _(
            "代码以 %(prefix)s 开头，那是“%(means)s”，种类选的是“%(kind)s”。改种类，或核对代码"
        )
        yield Problem(
            "organisations.code_kind",
            words
            % {
                "prefix": issued_as,
                "means": OrganisationKind(issued_as).label,
                "kind": OrganisationKind(kind).label,
            },
            "kind",
        )
