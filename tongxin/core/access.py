"""Who may call a route at all: every view says so, and a view that does not is never reached."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = "anyone"
SIGNED_IN = "signed_in"
DEMO = "demo"


def access(rule: str) -> Callable[[View], View]:
    """Give a view its access rule: `anyone`, `signed_in`, `demo`, or `power:<name of a power>`.

    The rule opens the route; which records are seen behind it is asked again, of each record.
    """

    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def power(name: str) -> str:
    """Return the rule that opens a route to those who hold a power anywhere."""
    return f"power:{name}"
