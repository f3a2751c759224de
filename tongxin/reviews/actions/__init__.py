"""What becomes of a review: decided by people, and kept up with what is written."""

from .deciding import (
    Pressed,
    accept,
    accept_all,
    ask,
    comment,
    cosign,
    give_back,
    hand_on,
    undo,
    withdraw,
)

__all__ = [
    "Pressed",
    "accept",
    "accept_all",
    "ask",
    "comment",
    "cosign",
    "give_back",
    "hand_on",
    "undo",
    "withdraw",
]
