"""What becomes of namings: proposed, checked, named, kept, withdrawn."""

from .stepping import (
    check,
    designate,
    drop,
    keep,
    propose,
    publicise,
    put_right,
    rectify,
    return_plaque,
    withdraw,
)

__all__ = [
    "check",
    "designate",
    "drop",
    "keep",
    "propose",
    "publicise",
    "put_right",
    "rectify",
    "return_plaque",
    "withdraw",
]
