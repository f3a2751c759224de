"""Rules asked of the values of a training."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from tongxin.core.errors import Problem

from .rules import training_problems


def check_training(values: Mapping[str, Any], training: Any) -> Iterator[Problem]:
    """Say what stands against a training with these values."""

    def asked(name: str) -> Any:
        return values.get(name, getattr(training, name, None))

    yield from training_problems(
        asked("held_on"),
        asked("sessions"),
        asked("attendances"),
        asked("persons"),
        timezone.localdate(),
    )
