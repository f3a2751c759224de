"""Calling panels together, sitting on them, and putting together what they gave."""

from .closing import call_off, close, count_votes
from .convening import Matter, Terms, ask, convene, release
from .judging import declare, fill, vote

__all__ = (
    "Matter",
    "Terms",
    "ask",
    "call_off",
    "close",
    "convene",
    "count_votes",
    "declare",
    "fill",
    "release",
    "vote",
)
