"""Rules asked of the values of a training."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem

from .rules import training_problems


def check_training(values: Mapping[str, Any], training: Any) -> Iterator[Problem]:
    """Say what stands against a training with these values."""
    names = ("held_on", "sessions", "attendances", "persons")
    asked = (values.get(name, getattr(training, name, None)) for name in names)
    yield from training_problems(*asked, timezone.localdate())
