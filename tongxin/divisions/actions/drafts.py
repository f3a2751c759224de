"""Rows with what is derived from a name filled in, before they are saved."""

from typing import Any

from tongxin.core.text import initials, plain, sort_key
from tongxin.divisions.models import Alias, Version


def version(*, name: str, **facts: Any) -> Version:
    """Return an unsaved version with its name in the forms for comparing, sorting, searching."""
    return Version(
        name=name,
        plain_name=plain(name),
        sort_key=sort_key(name),
        initials=initials(name),
        **facts,
    )


def alias(*, name: str, **facts: Any) -> Alias:
    """Return an unsaved alias with its name in the form for comparing."""
    return Alias(name=name, plain_name=plain(name), **facts)
