"""Write docs/reference/routes.md: every route, with the rule that opens it.

    uv run python tools/routes.py

A test compares the committed page with the running routes, so that a new door shows in the diff.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "routes.md"
HEAD = """\
# Routes

Written by `uv run python tools/routes.py`. A route without a rule is answered with 404.

| name | path | rule |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the URL configuration: its full name, its path, and its access rule."""

    path: str
    name: str
    rule: str | None


def routes(urlconf: object = None) -> Iterator[Route]:
    """Walk a URL configuration, the project's own when none is given."""
    from django.urls import get_resolver  # noqa: PLC0415  needs settings, which main() sets up

    yield from _below(get_resolver(urlconf), "/", ())  # type: ignore[arg-type]


def _below(resolver: object, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    from django.urls import URLResolver  # noqa: PLC0415  as above

    from tongxin.accounts.middleware import rule_of  # noqa: PLC0415  as above

    for entry in resolver.url_patterns:  # type: ignore[attr-defined]
        path = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _below(entry, path, inner)
        else:
            name = ":".join((*spaces, entry.name or ""))
            rule = rule_of(entry.callback, SimpleNamespace(view_name=name))
            yield Route(path, name, rule)


def page(found: Iterator[Route]) -> str:
    """Return the page for some routes, in the order of their paths."""
    rows = []
    for route in sorted(found, key=lambda route: (route.path, route.name)):
        path = route.path.replace("|", "\\|")  # a bar would end the cell
        rows.append(f"| {route.name} | `{path}` | {route.rule or ''} |\n")
    return HEAD + "".join(rows)


def main() -> None:
    """Write the page."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxin.config.settings")
    import django  # noqa: PLC0415  after the path is set

    django.setup()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(routes()), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {sum(1 for _ in routes())} routes")


if __name__ == "__main__":
    main()
