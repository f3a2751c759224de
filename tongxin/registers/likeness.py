"""How alike two names are. Texts in, answers out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from tongxin.core.text import plain

SHORTEST = 5
"""Fewer characters within a longer name are no name, but words that many share."""
ALIKE = 0.75
ALIKE_IN_ONE_PLACE = 0.6
"""Names of one place have less to tell them apart by, and are entered twice more often."""


class Ground(IntEnum):
    """Why two records may be one, the strongest first."""

    CODE = 1
    NAME = 2
    SOUND = 3
    ALIKE = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a record when it is compared with another."""

    name: str
    sound: str
    place: int | None
    codes: tuple[str, ...] = ()


def pairs_of(text: str) -> set[str]:
    """Return the pairs of characters that follow one another in a name."""
    clean = plain(text)
    return {clean[at : at + 2] for at in range(len(clean) - 1)} or ({clean} if clean else set())


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """Return how much two names have in common, by their pairs: 0 is nothing, 1 is all.

    >>> likeness(pairs_of("同心服务社"), pairs_of("同心服务站"))
    0.75
    """
    left, right = set(one), set(other)
    together = len(left) + len(right)
    return 2 * len(left & right) / together if together else 0.0


def ground(one: Told, other: Told) -> Ground | None:
    """Return why two records may be one; None where nothing speaks for it."""
    if any(code and code in other.codes for code in one.codes):
        return Ground.CODE
    if plain(one.name) == plain(other.name):
        return Ground.NAME
    if one.sound == other.sound:
        return Ground.SOUND
    if _within(plain(one.name), plain(other.name)):
        return Ground.ALIKE
    wanted = ALIKE_IN_ONE_PLACE if one.place == other.place else ALIKE
    alike = likeness(pairs_of(one.name), pairs_of(other.name)) >= wanted
    return Ground.ALIKE if alike else None


def _within(one: str, other: str) -> bool:
    """Whether one name is the other with something before or behind it: a place, a kind."""
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST and short in long
