"""The gate: a file is looked at whole before a byte of it is kept."""

from .passing import Passed, inspect, too_large

__all__ = ("Passed", "inspect", "too_large")
