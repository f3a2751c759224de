"""How the gate says no: one problem, beside the box of the file."""

from typing import Any

from tongxin.core.errors import Problem, Refused


def refused(code: str, words: Any) -> Refused:
    """Return the refusal of a file, to be raised."""
    return Refused(Problem(f"files.{code}", words, "file"))
