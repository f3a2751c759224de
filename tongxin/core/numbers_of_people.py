"""Numbers that belong to a person, found in free text: identity, bank card, telephone.

Registers are about organisations, places and money. An identity number or a card number typed into
them by habit is refused; a telephone number may be an office's, so whoever typed it is asked.

Reads each character once, whatever is typed: text is cut into groups of digits and letters, and
only groups, or neighbours parted by one space or dash, are looked at.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from .words import gettext_lazy as _

IDENTITY_LENGTH, OLD_IDENTITY_LENGTH, BODY = 18, 15, 17
MOBILE_LENGTH = 11
CARD_LENGTHS = range(16, 20)
CARD_GROUP = 4
SHOWN_AT_START, SHOWN_AT_END = 3, 2
EARLIEST, LATEST = 1880, 2100
PROVINCES = frozenset(
    f"{number}"
    for span in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for number in range(*span)
)
IDENTITY_WEIGHTS = tuple(2**at % 11 for at in range(BODY, 0, -1))
IDENTITY_CHECKS = "10X98765432"
CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(3**at % 31 for at in range(BODY))
CARD_STARTS = re.compile(r"62|4|5[1-5]|2[2-7]\d\d|35|30[0-5]|3[68]|6011|65|9558")
MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}[1-9]\d{6,7}")
MOBILE_GROUPS = frozenset({(11,), (3, 4, 4), (2, 11), (2, 3, 4, 4), (13,)})
LANDLINE_GROUPS = frozenset({(11,), (12,), (3, 7), (3, 8), (4, 7), (4, 8)})
SHORTEST = 10
FEW_PARTS = 5
CHAIN = re.compile(r"[0-9A-Za-z]++(?:[ -][0-9A-Za-z]++)*+")
LETTERS = re.compile(r"[A-Za-z]*")
GROUP = re.compile(r"[0-9A-Za-z]+")
# An amount, a measure or the number of a document is no telephone.
COUNTED = re.compile(r"[.,]\d|\s?[元万亿%％‰平㎡米号]")
MONEY = re.compile(r"(?:[¥￥$€]\s?|\d[.,]|[〕\]】第]\s?)$")
REGISTERED = re.compile(r"(?:注册号|登记号|登记证号|文号|编号|单号)[码]?[:：]?\s?$")
LOOK_BACK = 8
HALF = str.maketrans(
    {
        **{chr(0xFF10 + at): chr(0x30 + at) for at in range(10)},
        **{chr(0xFF21 + at): chr(0x41 + at) for at in range(26)},
        **{chr(0xFF41 + at): chr(0x61 + at) for at in range(26)},
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u3000\t", " "),
        **dict.fromkeys("‐‑‒–—−－﹣", "-"),
    }
)
ALIKE = re.escape("".join(map(chr, HALF)))
LIKELY = re.compile(rf"[0-9A-Za-z{ALIKE}][0-9A-Za-z {ALIKE}-]{{{SHORTEST - 1}}}")
"""A text without this holds no number: most hold none, and this is found out soonest."""


class Kind(Enum):
    """What kind of number was found."""

    IDENTITY = "identity"
    CARD = "card"
    TELEPHONE = "telephone"


NAMES = {
    Kind.IDENTITY: _("身份证号"),
    Kind.CARD: _("银行卡号"),
    Kind.TELEPHONE: _("电话号码"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text: its kind, where it stands, and how it may be shown."""

    kind: Kind
    start: int
    end: int
    masked: str

    @property
    def blocked(self) -> bool:
        """Whether no register keeps such a number, whoever asks."""
        return self.kind is not Kind.TELEPHONE


def numbers_in(text: str) -> list[Found]:
    """Return the numbers of people in a text, in the order in which they stand.

    >>> [each.masked for each in numbers_in("联系人身份证 11010519491231002X")]
    ['110*************2X']
    """
    if LIKELY.search(text) is None:
        return []
    plain = text.translate(HALF)
    found: list[Found] = []
    for chain in CHAIN.finditer(plain):
        if chain.end() - chain.start() >= SHORTEST:
            found += _in_chain(plain, chain.start(), chain.end())
    return found


def masked(text: str) -> str:
    """Return a text with every such number masked.

    >>> masked("电话 13812345678，面议")
    '电话 138******78，面议'
    """
    parts, at = [], 0
    for each in numbers_in(text):
        parts += [text[at : each.start], each.masked]
        at = each.end
    return "".join([*parts, text[at:]])


def _in_chain(text: str, start: int, end: int) -> Iterator[Found]:
    """Look at every run of whole groups that has the length of a number; none is used twice."""
    # "ID1101…" and "Tel138…": letters before the digits are no part of a number.
    groups = [
        (LETTERS.match(text, hit.start()).end(), hit.end())  # type: ignore[union-attr]
        for hit in GROUP.finditer(text, start, end)
    ]
    at = 0
    while at < len(groups):
        found = _at(text, groups, at)
        if found is None:
            at += 1
            continue
        kind, last = found
        first, final = groups[at][0], groups[last][1]
        yield Found(kind, first, final, _mask(text[first:final]))
        at = last + 1


def _at(text: str, groups: list[tuple[int, int]], at: int) -> tuple[Kind, int] | None:
    """Return the kind of the number that begins with a group, and the group that ends it."""
    joined, sizes = "", []
    best: tuple[Kind, int] | None = None
    for last in range(at, min(at + max(CARD_LENGTHS), len(groups))):
        first, final = groups[last]
        if final - first + len(joined) > max(CARD_LENGTHS):
            break
        joined += text[first:final]
        sizes.append(final - first)
        # Written digit by digit, only an identity number is still known: by its date and check.
        if len(joined) < SHORTEST or (len(sizes) > FEW_PARTS and len(joined) != IDENTITY_LENGTH):
            continue
        kind = _kind(joined, tuple(sizes), text, (groups[at][0], final))
        if kind is not None and (best is None or kind is not Kind.TELEPHONE):
            best = (kind, last)
    return best


def _kind(digits: str, sizes: tuple[int, ...], text: str, span: tuple[int, int]) -> Kind | None:
    """Return what a number is: several readings are tried, the most personal first."""
    if is_identity(digits):
        return Kind.IDENTITY
    if not digits.isdecimal():
        return None
    before = text[max(0, span[0] - LOOK_BACK) : span[0]]
    if len(sizes) == 1 and is_old_identity(digits):
        return None if REGISTERED.search(before) else Kind.IDENTITY
    if _in_fours(sizes) and is_card(digits):
        return Kind.CARD
    amount = MONEY.search(before) or COUNTED.match(text, span[1])
    return Kind.TELEPHONE if not amount and _is_telephone(digits, sizes) else None


def is_identity(digits: str) -> bool:
    """Whether 18 characters are a citizen's number: province, day of birth, check character.

    >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
    (True, False)
    """
    body, check = digits[:BODY], digits[BODY:].upper()
    if len(digits) != IDENTITY_LENGTH or not body.isdecimal() or body[:2] not in PROVINCES:
        return False
    if not (EARLIEST <= int(body[6:10]) <= LATEST and _is_day(body[6:14])):
        return False
    total = sum(int(char) * weight for char, weight in zip(body, IDENTITY_WEIGHTS, strict=True))
    return check == IDENTITY_CHECKS[total % 11]


def is_old_identity(digits: str) -> bool:
    """Whether 15 digits are a number of the form used until 1999, which had no check."""
    if len(digits) != OLD_IDENTITY_LENGTH or digits[:2] not in PROVINCES:
        return False
    return digits[2:6] != "0000" and digits[12:] != "000" and _is_day(f"19{digits[6:12]}")


def is_card(digits: str) -> bool:
    """Whether 16 to 19 digits are the number of a bank card, and no organisation's credit code."""
    if len(digits) not in CARD_LENGTHS or not CARD_STARTS.match(digits):
        return False
    return _luhn(digits) and not _is_credit_code(digits)


def _luhn(digits: str) -> bool:
    total = 0
    for at, char in enumerate(reversed(digits)):
        value = int(char) * (1 + at % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004  the sum of its two digits
    return total % 10 == 0


def _is_credit_code(code: str) -> bool:
    if len(code) != IDENTITY_LENGTH:
        return False
    pairs = zip(code[:BODY], CREDIT_WEIGHTS, strict=True)
    total = sum(CREDIT_CHARACTERS.index(char) * weight for char, weight in pairs)
    return code[BODY] == CREDIT_CHARACTERS[(31 - total % 31) % 31]


def _is_telephone(digits: str, sizes: tuple[int, ...]) -> bool:
    if sizes in MOBILE_GROUPS and MOBILE.fullmatch(digits):
        return True
    return sizes in LANDLINE_GROUPS and LANDLINE.fullmatch(digits) is not None


def _in_fours(sizes: tuple[int, ...]) -> bool:
    """Whether a card number is written in one, or in fours with a rest."""
    return len(sizes) == 1 or (
        all(size == CARD_GROUP for size in sizes[:-1]) and sizes[-1] <= CARD_GROUP
    )


def _is_day(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def _mask(text: str) -> str:
    hidden = len(text) - SHOWN_AT_START - SHOWN_AT_END
    return f"{text[:SHOWN_AT_START]}{'*' * hidden}{text[-SHOWN_AT_END:]}"
