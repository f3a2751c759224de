"""What panels judge: the rooms above say it once, when they are ready."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of thing that is judged.

    `page` is the route of what is judged, by its number; `sheet` that of an expert's own sheet.
    `barred` names the accounts that worked on it, or judged it before. `close` puts together what
    a panel gave: an action of the room above, which closes the panel.
    """

    key: str
    page: str
    sheet: str
    barred: Callable[[int], Collection[int]]
    close: Callable[[Any, Any], Any]


_TOPICS: dict[str, Topic] = {}


def register(topic: Topic) -> None:
    """Let panels judge a kind of thing."""
    _TOPICS[topic.key] = topic


def get(key: str) -> Topic:
    """Return a kind of thing that is judged; raises KeyError."""
    return _TOPICS[key]
