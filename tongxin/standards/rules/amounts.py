"""Points and bounds, exactly: fractions inside, decimals where a score is told."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from tongxin.standards.choices import Way

MOST_PLACES = 6
LIMIT = Decimal(10**15)
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Rounding:
    """How many decimals a score has, and what becomes of the others."""

    places: int = 2
    way: Way = Way.HALF_UP

    @property
    def step(self) -> Fraction:
        """The smallest difference between two scores."""
        return Fraction(1, 10**self.places)

    def of(self, points: Fraction) -> Decimal:
        """Return points as they are told; of a negative number the size is rounded."""
        scaled = abs(points) * 10**self.places
        whole = floor(scaled)
        rest = scaled - whole
        if self.way == Way.UP:
            whole = ceil(scaled)
        elif self.way != Way.DOWN:
            tie = self.way == Way.HALF_UP or whole % 2
            whole += rest > HALF or (rest == HALF and bool(tie))
        return Decimal(-whole if points < 0 else whole).scaleb(-self.places)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A stretch of numbers; a side that is None is open. `over` and `below` leave the bound out."""

    from_: Decimal | None = None
    over: Decimal | None = None
    to: Decimal | None = None
    below: Decimal | None = None

    def hold(self, value: Decimal) -> bool:
        """Whether a number lies within."""
        return (
            (self.from_ is None or value >= self.from_)
            and (self.over is None or value > self.over)
            and (self.to is None or value <= self.to)
            and (self.below is None or value < self.below)
        )

    def lowest(self, step: Fraction) -> Fraction | None:
        """The lowest of the numbers that lie `step` apart from zero on; None without end."""
        if self.over is not None:
            return (floor(Fraction(self.over) / step) + 1) * step
        return None if self.from_ is None else ceil(Fraction(self.from_) / step) * step

    def highest(self, step: Fraction) -> Fraction | None:
        """The highest of them; None without end."""
        if self.below is not None:
            return (ceil(Fraction(self.below) / step) - 1) * step
        return None if self.to is None else floor(Fraction(self.to) / step) * step

    def __str__(self) -> str:
        signs = (("≥", self.from_), (">", self.over), ("≤", self.to), ("<", self.below))
        return " ".join(f"{sign}{shown(bound)}" for sign, bound in signs if bound is not None)


def shown(number: Decimal | Fraction) -> str:
    """Return a number as people write it: no exponent, no needless zeros.

    >>> shown(Decimal("5.00")), shown(Decimal("1E+3")), shown(Fraction(1, 10))
    ('5', '1000', '0.1')
    """
    if isinstance(number, Fraction):
        number = Rounding(MOST_PLACES).of(number)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def decimals(number: Decimal) -> int:
    """How many decimals a number needs."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else MOST_PLACES + 1
