"""A standard as a value: a tree of clauses whose leaves each say how they are scored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from tongxin.standards.choices import Better, Kind, Method, Partial

from .amounts import Bounds, Rounding

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be ticked, and what it gives."""

    name: str
    text: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that is counted: so many points for each `per` of it."""

    name: str
    text: str
    points: Decimal
    per: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Tier:
    """A stretch of values, and what it gives."""

    bounds: Bounds
    points: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A word of judgement, and the points among which whoever judges chooses."""

    name: str
    text: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class PassFail:
    """All or nothing."""

    kind = Kind.PASS_FAIL
    points: Decimal


@dataclass(frozen=True, slots=True)
class Options:
    """One of several."""

    kind = Kind.OPTIONS
    options: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Tiers:
    """A number that lies in one of several stretches; outside all of them it gives nothing."""

    kind = Kind.TIERS
    tiers: tuple[Tier, ...]
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """Nothing below `start`, `points` at it, and `each` for every further `step`."""

    kind = Kind.THRESHOLD
    start: Decimal
    points: Decimal
    step: Decimal = Decimal(1)
    each: Decimal = ZERO
    partial: Partial = Partial.DOWN
    places: int | None = None


@dataclass(frozen=True, slots=True)
class PerUnit:
    """So many points for each of what is counted; several things have their own weight."""

    kind = Kind.PER_UNIT
    units: tuple[Unit, ...]
    partial: Partial = Partial.DOWN
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """The part of the maximum that one's own value is of the best, or the best of one's own."""

    kind = Kind.RATIO
    better: Better


@dataclass(frozen=True, slots=True)
class Bands:
    """Points that somebody judges, within the band of a word."""

    kind = Kind.BAND
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The sum of what is there of several."""

    kind = Kind.SUM
    parts: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Deduction:
    """The maximum, less so many points for each fault, and never less than `floor`."""

    kind = Kind.DEDUCTION
    units: tuple[Unit, ...]
    floor: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Manual:
    """Points that somebody gives."""

    kind = Kind.MANUAL
    floor: Decimal = ZERO


Rule = PassFail | Options | Tiers | Threshold | PerUnit | Ratio | Bands | Parts | Deduction | Manual


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: either a heading over others, or a leaf with a rule."""

    code: str
    text: str
    maximum: Decimal
    rule: Rule | None = None
    clauses: tuple["Clause", ...] = ()
    capped: bool = False
    """Whether the clauses below may add up to more, and are cut at the maximum."""
    veto: bool = False
    rounding: Rounding | None = None
    unit: str = ""
    evidence: tuple[str, ...] = ()
    methods: tuple[Method, ...] = ()
    note: str = ""

    @property
    def lowest(self) -> Decimal:
        """The least that can come of it."""
        if self.clauses:
            return sum((each.lowest for each in self.clauses), ZERO)
        return self.rule.floor if isinstance(self.rule, Deduction | Manual) else ZERO


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is so or not of whoever is assessed, and decides about the grade."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Cap:
    """The highest grade that is given when a condition is as it says."""

    condition: str
    holds: bool
    highest: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, and the totals that earn it."""

    name: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of a standard, whole."""

    key: str
    name: str
    version: str
    maximum: Decimal
    clauses: tuple[Clause, ...]
    bonus: tuple[Clause, ...] = ()
    bonus_cap: Decimal | None = None
    final_cap: Decimal | None = None
    rounding: Rounding = field(default_factory=Rounding)
    total_rounding: Rounding = field(default_factory=Rounding)
    conditions: tuple[Condition, ...] = ()
    caps: tuple[Cap, ...] = ()
    grades: tuple[Grade, ...] = ()
    """From the highest to the lowest."""
    example: bool = False
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def highest(self) -> Decimal:
        """The highest total there can be."""
        extra = sum((each.maximum for each in self.bonus), ZERO)
        extra = extra if self.bonus_cap is None else min(extra, self.bonus_cap)
        whole = self.maximum + extra
        return whole if self.final_cap is None else min(whole, self.final_cap)

    def walk(self) -> Iterator[tuple[int, Clause]]:
        """Yield every clause with its depth, in the order in which one reads; bonus last."""
        yield from walk_of((*self.clauses, *self.bonus), 0)

    def leaves(self) -> Iterator[Clause]:
        """Yield every clause that is scored by itself."""
        return (clause for _depth, clause in self.walk() if clause.rule is not None)


def walk_of(clauses: tuple[Clause, ...], depth: int) -> Iterator[tuple[int, Clause]]:
    """Yield clauses and all below them, each with its depth."""
    for clause in clauses:
        yield depth, clause
        yield from walk_of(clause.clauses, depth + 1)
