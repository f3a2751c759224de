"""Who may call a route at all: every view says so, and a view that does not is never reached."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = "anyone"
SIGNED_IN = "signed_in"
DEMO = "demo"
TOKEN = "token"  # noqa: S105  the name of a rule


def access(rule: str) -> Callable[[View], View]:
    """Give a view its access rule: one of those above, or `power:<names of powers>`.

    The rule opens the route; which records are seen behind it is asked again, of each record.
    """

    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def power(*names: str) -> str:
    """Return the rule that opens a route to those who hold one of these powers anywhere."""
    return f"power:{' '.join(names)}"
