"""What can be done to the tree: found, rename, upgrade, transfer, merge, split; and load it."""

from .decrees import Decree
from .events import add_alias, found, merge, rename, split, transfer, upgrade
from .loading import load_divisions
from .tree import rebuild_reach

__all__ = [
    "Decree",
    "add_alias",
    "found",
    "load_divisions",
    "merge",
    "rebuild_reach",
    "rename",
    "split",
    "transfer",
    "upgrade",
]
