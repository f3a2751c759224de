"""Writing standards, and assessing by them."""

from .assessing import decide, open_assessment, save, send_back
from .writing import begin_draft, change, discard, found, publish, seed

__all__ = (
    "begin_draft",
    "change",
    "decide",
    "discard",
    "found",
    "open_assessment",
    "publish",
    "save",
    "seed",
    "send_back",
)
