"""The demo, for this room."""

from tests.demo.worlds import nantong, nantong_loaded

__all__ = ["nantong", "nantong_loaded"]
