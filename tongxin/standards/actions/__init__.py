"""Writing standards."""

from .writing import begin_draft, change, discard, found, publish, seed

__all__ = (
    "begin_draft",
    "change",
    "discard",
    "found",
    "publish",
    "seed",
)
