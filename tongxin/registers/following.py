"""Rooms above that follow what becomes of records: told within the action, asked by the page."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .declaration import Register


@dataclass(frozen=True, slots=True)
class Written:
    """What has just been written: the record, its fields as they were and are, its stage then.

    `before` and `was` are None for a record that is new.
    """

    register: Register
    subject: Any
    by: Any
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    was: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence on the page of a record, and where it leads."""

    text: str
    label: str = ""
    url: str = ""
    tone: str = ""
    icon: str = "info"


class Follower(Protocol):
    """What a room gives that follows records."""

    def written(self, told: Sequence[Written]) -> None:
        """Do what follows from it, in the same transaction; all are of one register.

        The cost of many must not be that of each: a sheet may bring ten thousand.
        """

    def notes(self, register: Register, record: Any) -> Collection[Note]:
        """Return what is to be said on the page of a record that is not simply accepted."""


_FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Add a follower; called once, when its room is made ready."""
    _FOLLOWERS.append(follower)


def tell(*told: Written) -> None:
    """Tell every follower what has been written, of one register."""
    for follower in _FOLLOWERS:
        follower.written(told)


def notes_on(register: Register, record: Any) -> Iterator[Note]:
    """Return the sentences for a record's page."""
    for follower in _FOLLOWERS:
        yield from follower.notes(register, record)
