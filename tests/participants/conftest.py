"""The small world, for this room."""

from tests.demo.worlds import small, small_founded

__all__ = ["small", "small_founded"]
