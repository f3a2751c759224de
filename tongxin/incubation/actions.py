"""Rules asked of the values of a base."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem

from .rules import base_problems


def check_base(values: Mapping[str, Any], base: Any) -> Iterator[Problem]:
    """Say what stands against a base with these values."""
    opened = values.get("opened_on", getattr(base, "opened_on", None))
    yield from base_problems(opened, timezone.localdate())
