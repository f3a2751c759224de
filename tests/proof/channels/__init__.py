"""Every way in which the product speaks to somebody: one adapter for each channel.

An adapter claims routes of `docs/reference/routes.md` by name and yields probes for one person.
A route that no adapter claims, and that is not excused with a reason, fails the build.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

ADAPTERS = {}
OPEN, HIDDEN, ANY = "open", "hidden", "any"


@dataclass(frozen=True)
class Probe:
    """One request, and what the oracle says of its answer.

    `hidden`: 404, the bytes of a page that never was. `open`: 200, or `status`, with every token
    of `must` in it. `any`: whatever comes. In each case no token is read that the oracle denies.
    """

    url: str
    expect: str = ANY
    data: dict | None = None
    method: str = "get"
    fragment: bool = False
    must: frozenset = frozenset()
    only: Callable | None = None
    """Asked of the answer at last; returns what is wrong with it."""
    status: tuple = (200,)
    version: int | None = None
    """What a program says that it has read; it sends `data` as JSON."""

    @property
    def by_program(self):
        """Whether a program asks, by a token, and no session."""
        return self.url.startswith("/api/")


@dataclass(frozen=True)
class Adapter:
    """A channel: its name, the routes it claims, and its probes."""

    name: str
    routes: tuple
    probes: Callable[..., Iterator[Probe]] = field(repr=False)


def adapter(name, *routes):
    """Add a channel; the function yields probes for a world, a person and a source of chance."""

    def mark(probes):
        ADAPTERS[name] = Adapter(name, routes, probes)
        return probes

    return mark
