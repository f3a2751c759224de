"""The small world, for this room."""

from tests.demo.worlds import nantong, nantong_loaded, small, small_founded

__all__ = ["nantong", "nantong_loaded", "small", "small_founded"]
