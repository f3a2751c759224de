"""A number as an office states it: value, how exact, unit, and what is counted."""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

TEN_THOUSAND = Decimal(10_000)
SMALL = {"": Decimal(1), "百": Decimal(100), "千": Decimal(1_000)}
LARGE = {"": Decimal(1), "万": TEN_THOUSAND, "亿": TEN_THOUSAND**2, "万亿": TEN_THOUSAND**3}
# 余 stands before the scale or after it: 2000余万元, 2000万余元. A comma parts thousands only.
PATTERN = re.compile(
    r"(?P<about>约|大约|近)?\s*"
    r"(?P<number>(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.\d{1,6})?)\s*"
    r"(?P<more>余|多)?"
    r"(?P<small>[百千]?)(?P<large>万亿|[万亿]?)"
    r"(?P<still_more>余|多)?\s*"
    r"(?P<unit>\D{0,8})"
)


class Qualifier(StrEnum):
    """How a value is meant; the words 余 and 约 are facts and are never dropped."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit. `basis` says what one unit is: organisations, persons, attendances."""

    value: Decimal
    unit: str
    qualifier: Qualifier = Qualifier.EXACT
    basis: str = ""

    def __add__(self, other: "Quantity") -> "Quantity":
        """Add what may be added: equal unit and basis; the sum is as vague as its vaguest part."""
        if (self.unit, self.basis) != (other.unit, other.basis):
            message = f"{self.unit}/{self.basis} does not add to {other.unit}/{other.basis}"
            raise ValueError(message)
        order = (Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.ABOUT)
        vaguest = max(self.qualifier, other.qualifier, key=order.index)
        return replace(self, value=self.value + other.value, qualifier=vaguest)

    @property
    def number(self) -> str:
        """The value alone, as text: no exponent, no trailing zeros, in 万 for sums of money."""
        if self.in_ten_thousands:
            return _digits(self.value / TEN_THOUSAND)
        return _digits(self.value)

    @property
    def in_ten_thousands(self) -> bool:
        """Whether the value is shown in 万: money of at least 1 万, with two decimals at most."""
        if not self.unit.startswith("元") or self.value < TEN_THOUSAND:
            return False
        scaled = self.value / TEN_THOUSAND
        return scaled == round(scaled, 2)

    @property
    def suffix(self) -> str:
        """What follows the number: 余 where it is a lower bound, then the unit."""
        more = "余" if self.qualifier is Qualifier.AT_LEAST else ""
        return ("万" if self.in_ten_thousands else "") + more + self.unit

    @property
    def prefix(self) -> str:
        """What precedes the number: 约 where it is an estimate."""
        return "约" if self.qualifier is Qualifier.ABOUT else ""

    def __str__(self) -> str:
        return f"{self.prefix}{self.number}{self.suffix}"


def parse(text: str) -> Quantity:
    """Read a quantity as people write it: 3400余人, 约60期, 2000万元, 1,234, full-width digits.

    Raises ValueError when there is no number, or more than one.
    """
    match = PATTERN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        message = f"no single number in {text!r}"
        raise ValueError(message)
    qualifier = Qualifier.EXACT
    if match["about"]:
        qualifier = Qualifier.ABOUT
    if match["more"] or match["still_more"]:
        qualifier = Qualifier.AT_LEAST
    number = Decimal(match["number"].replace(",", ""))
    value = number * SMALL[match["small"]] * LARGE[match["large"]]
    return Quantity(value.normalize() + 0, match["unit"], qualifier)


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
