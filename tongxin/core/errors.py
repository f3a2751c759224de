"""How a rule says no: which field, which value, what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way: a field name (or "" for the whole form) and its words.

    `code` is the name by which tests and programs know it, `room.what`.
    """

    code: str
    message: Any
    field: str = ""

    def __str__(self) -> str:
        return str(self.message)


class Refused(Exception):
    """An action that was not done, with every reason found; nothing has been written."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(problem.code for problem in self.problems))


class NotYours(Exception):
    """The actor holds nothing that allows this; doors answer as if the thing did not exist."""


class Outdated(Exception):
    """Somebody changed the record after it was read; carries the record as it is now."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__(f"{current} has changed since it was read")


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise `Refused` with all the problems, if there are any."""
    found = tuple(problems)
    if found:
        raise Refused(found)
