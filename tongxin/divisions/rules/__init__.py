"""Pure answers about a tree of divisions in time: no database, no clock."""

from .descent import Descent, Heir, Holding, Standing
from .lives import ends_on, joined, nearest
from .naming import is_path, near_names, short_code
from .reach import LoopFound, ReachRow, compose_reach
from .shares import apportion, shares_add_up
from .standing import stands_above

__all__ = [
    "Descent",
    "Heir",
    "Holding",
    "LoopFound",
    "ReachRow",
    "Standing",
    "apportion",
    "compose_reach",
    "ends_on",
    "is_path",
    "joined",
    "near_names",
    "nearest",
    "shares_add_up",
    "short_code",
    "stands_above",
]
