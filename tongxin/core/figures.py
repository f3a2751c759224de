"""A figure: one small immutable value that every door renders, and nothing else."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .quantities import Quantity


class Flow(StrEnum):
    """How a figure behaves in time: as it stands on a day, within a period, or ever since."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"


class State(StrEnum):
    """What a figure rests on."""

    COUNTED = "counted"
    DECLARED = "declared"
    AGREED = "agreed"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure somebody stated: the observation, its words, its source."""

    pk: int
    quantity: Quantity
    stated_as: str
    source: str

    @property
    def text(self) -> str:
        """The words of the source where it was quoted, else the quantity."""
        return self.stated_as or str(self.quantity)


@dataclass(frozen=True, slots=True)
class Figure:
    """Counted and declared, side by side. A missing side is None, never zero.

    `counted` is None when no record exists: nothing on record does not mean there is nothing.
    `absent` names the divisions expected to report of which nothing is on record. `waiting` is
    how many records wait to be accepted and are not counted.
    """

    key: str
    title: str
    unit: str
    on: dt.date
    map_on: dt.date
    scope: str
    counted: Quantity | None
    declared: Statement | None
    records: int = 0
    absent: tuple[str, ...] = ()
    waiting: int = 0
    address: str = ""

    @property
    def state(self) -> State:
        """Whether it rests on records, on a statement, on both, or on nothing."""
        if self.declared is None:
            return State.COUNTED if self.counted is not None else State.MISSING
        if self.counted is None:
            return State.DECLARED
        same = self.counted.value == self.declared.quantity.value
        return State.AGREED if same else State.DIFFERENT

    @property
    def quantity(self) -> Quantity | None:
        """The value to print: what was declared, where something was; else what was counted."""
        return self.declared.quantity if self.declared else self.counted

    @property
    def text(self) -> str:
        """The value as it stands in a sentence; a dash where nothing is known."""
        if self.declared is not None:
            return self.declared.text
        return str(self.counted) if self.counted is not None else "—"

    @property
    def short_by(self) -> Any:
        """How many of the declared are not on record by name; None when that cannot be said."""
        if self.declared is None:
            return None
        counted = self.counted.value if self.counted else 0
        gap = self.declared.quantity.value - counted
        return gap if gap > 0 else None
