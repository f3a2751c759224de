"""Rules asked of the values of a designation."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem

from .rules import designation_problems


def check_designation(values: Mapping[str, Any], designation: Any) -> Iterator[Problem]:
    """Say what stands against a designation with these values."""
    begins = values.get("designated_on", getattr(designation, "designated_on", None))
    ends = values.get("until", getattr(designation, "until", None))
    yield from designation_problems(begins, ends, timezone.localdate())
