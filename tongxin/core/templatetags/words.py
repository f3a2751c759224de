"""Template words that every page may use."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template

from tongxin.core import words

register = template.Library()
DASH = "—"


@register.filter
def shown(value: Any) -> str:
    """Show a value, or a dash where nothing is recorded: an empty cell is never a zero."""
    if value is None or value == "":
        return DASH
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


@register.filter
def listed(names: Iterable[Any]) -> str:
    """Show names one after another, parted as the reader's language parts them."""
    return words.listed(names)


@register.filter
def inline(label: Any) -> str:
    """Show a label as it stands within a sentence."""
    return words.inline(label)


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """Return this page's query string with some parameters changed; None takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"
