"""A register is declared once by its room; list, page, form, search and history follow from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongxin.core.errors import Problem

from .choices import Stage
from .lookups import as_it_becomes

Lazy = Any  # a lazily translated string
Check = Callable[[Mapping[str, Any], models.Model | None], Iterable[Problem]]
Options = Callable[[Any], Iterable[tuple[str, Any]]]


BROUGHT_BACK: Mapping[str, Any] = {"void": False}
"""The values with which rules are asked about a record that was void and is to stand again."""


def _nothing(_values: Mapping[str, Any], _record: Any) -> Iterable[Problem]:
    return ()


class Kind(Enum):
    """How a column's value is shown."""

    TEXT = "text"
    DIVISION = "division"
    CHOICE = "choice"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list: `path` is the field, or leads to one through related records."""

    path: str
    label: Lazy
    kind: Kind = Kind.TEXT
    choices: type[models.TextChoices] | None = None
    fold: bool = False
    """Left out on a phone."""
    extra: bool = False
    """Shown only to who asks for it."""

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers, which stand at the right."""
        return self.kind in {Kind.MONEY, Kind.NUMBER}


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the list: `options(request)` gives values and labels."""

    path: str
    label: Lazy
    options: Options


@dataclass(frozen=True, slots=True)
class Part:
    """Records that belong to a record and are shown on its page: their register and their link."""

    register: str
    link: str


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that a register is.

    `form` is the path of a form class (`room.forms.Form`), `check` the room's rules for values
    (asked by `problems` and `checks_of`);
    `place` leads from a record to its division; `within` names a field that is always the current
    programme; `parent` the link of a record that is entered from another record's page.
    """

    key: str
    model: type[models.Model]
    title: Lazy
    noun: Lazy
    form: type[Any]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    check: Check = _nothing
    place: str = "division"
    within: str = ""
    parent: str = ""
    naming: Callable[[Any], str] | None = None
    """How a record without a name of its own is called."""
    parts: tuple[Part, ...] = ()
    beside: tuple[tuple[Lazy, str], ...] = ()
    """Other pages of a record: a label, and the name of a route that takes its number."""
    goes_to: Lazy = ""
    """Where the facts entered here are used, told to whoever enters them."""
    empty: Lazy = ""
    icon: str = "list"
    search: tuple[str, ...] = ("name",)
    edit_power: str = "records.edit"
    shared: Callable[[Any], models.Q] | None = None
    """Records that an account may see, though they lie above it, because it chooses from them."""
    own: Callable[[Any], models.Q] | None = None
    """Records that an account may see and change because they are about its own organisation."""
    followed: Callable[[Any], models.Q] | None = None
    """Records that an account sends in or answers for its own organisation, on pages of the room.

    They do not become seen by that: register, history and search show nothing of them.
    """
    sealed: bool = False
    """Nothing is written here while the journal has gone unsealed for hours: money, acceptance."""
    reviewed: bool = True
    """Whether what is entered counts only after somebody has accepted it."""
    accepted_at: str = ""
    """The level up to which a record climbs, one acceptance at each; else one is enough."""
    personal: tuple[str, ...] = ()
    """Fields whose values belong to a person: the journal keeps them where they can be erased."""
    known_by: tuple[tuple[str, ...], ...] = (("name", "division"),)
    """By which fields a record is known again in a sheet: the first that a row states all of.

    What a record cannot be without stands first. The programme need not be named.
    """
    check_rows: Callable[[Sequence[Mapping[str, Any]]], Check] | None = None
    """In place of `check` where rules look at other records: given all that some records become,
    it looks up in bulk what the rules need for them, and returns what asks them.
    """
    lock: Callable[[Any], None] | None = None
    """Holds what else a record that is brought back needs, in the order of its room."""
    merges: bool = False
    """Whether two records may turn out to be one: then like ones are pointed out, and merged."""
    codes: tuple[str, ...] = ()
    """Fields that hold a number by which somebody else knows the record."""
    order: int = 100

    def __post_init__(self) -> None:
        if self.check is not _nothing and self.check_rows is not None:
            message = f"register {self.key} says its rules twice"
            raise ValueError(message)

    def __str__(self) -> str:
        return self.key

    def problems(self, values: Mapping[str, Any], record: Any) -> Iterable[Problem]:
        """Say what stands against a record (None: a new one) with these values."""
        if self.check_rows is None:
            return self.check(values, record)
        return self.check_rows([as_it_becomes(record, values)])(values, record)

    def checks_of(self, rows: Sequence[Mapping[str, Any]]) -> Check:
        """Return what asks the rules about many rows, each all that its record becomes."""
        return self.check if self.check_rows is None else self.check_rows(rows)


STAGES = Filter("stage", _("审核"), lambda _request: Stage.choices)
_REGISTERS: dict[str, Register] = {}


def declare(register: Register) -> Register:
    """Add a register to the house; called once by the room's `register.py`."""
    if register.key in _REGISTERS:
        message = f"register {register.key} is declared twice"
        raise ValueError(message)
    if register.reviewed:
        register = replace(register, filters=(*register.filters, STAGES))
    _REGISTERS[register.key] = register
    return register


def get(key: str) -> Register:
    """Return a register; raises KeyError."""
    return _REGISTERS[key]


def every() -> list[Register]:
    """Return all registers in the order in which they are shown."""
    return sorted(_REGISTERS.values(), key=lambda register: (register.order, register.key))


def of(model: type[models.Model]) -> Register:
    """Return the register in which records of a model stand; raises KeyError."""
    for register in _REGISTERS.values():
        if register.model is model:
            return register
    raise KeyError(model)


def key_of(model: type[models.Model]) -> str:
    """Return the key of the register of a model."""
    return of(model).key


@dataclass(frozen=True, slots=True)
class Door:
    """A page of a higher room that a list leads to: its words, route, and more of its address.

    `entering` leads there whoever may enter records; `as_shown` takes the wishes of the list along.
    """

    label: Lazy
    route: str
    more: tuple[str, ...] = ()
    icon: str = "doc"
    entering: bool = False
    as_shown: bool = False


_DOORS: list[Door] = []


def lead_to(door: Door) -> None:
    """Let every list lead to a page; called once by the room that has it, when it is ready."""
    if door not in _DOORS:
        _DOORS.append(door)


def doors() -> tuple[Door, ...]:
    """Return the pages that lists lead to."""
    return tuple(_DOORS)


@dataclass(frozen=True, slots=True)
class Way:
    """A page of a higher room about one record: its words, and the route that takes key, number.

    `registers` names those that have it; none, all of them.
    """

    label: Lazy
    route: str
    icon: str = "doc"
    registers: tuple[str, ...] = ()


_WAYS: list[Way] = []


def lead_on(way: Way) -> None:
    """Let the page of every record lead on; called once by the room that has it."""
    if way not in _WAYS:
        _WAYS.append(way)


def ways(register: str) -> tuple[Way, ...]:
    """Return the pages that the page of a record of a register leads on to."""
    return tuple(way for way in _WAYS if not way.registers or register in way.registers)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a higher room says of a record beside its name: in words, and where it is told."""

    words: Lazy
    url: str
    icon: str = "flag"


Marking = Callable[[Any, Register, Any], Iterable[Mark]]
_MARKINGS: list[Marking] = []


def mark_with(marking: Marking) -> None:
    """Let a room mark records for an account; one query for each page. Called once by the room."""
    if marking not in _MARKINGS:
        _MARKINGS.append(marking)


def marks_of(account: Any, register: Register, record: Any) -> list[Mark]:
    """Return what other rooms say of a record to whoever sees it."""
    return [mark for marking in _MARKINGS for mark in marking(account, register, record)]


def choice_filter(path: str, label: Lazy, choices: type[models.TextChoices]) -> Filter:
    """Return a filter over fixed words."""
    return Filter(path, label, lambda _request: choices.choices)
