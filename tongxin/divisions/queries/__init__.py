"""What the tree of divisions is on a day, and how it came to be so."""

from .days import on_day
from .finding import Match, find_on, labels_on, problem_with, search_on
from .firsts import first_in_each
from .lineage import Event, History, history_of, map_onto, successors_on
from .trees import Node, Tree, above, below, names_on, path_on, reached, reaches, tree_on

__all__ = [
    "Event",
    "History",
    "Match",
    "Node",
    "Tree",
    "above",
    "below",
    "find_on",
    "first_in_each",
    "history_of",
    "labels_on",
    "map_onto",
    "names_on",
    "on_day",
    "path_on",
    "problem_with",
    "reached",
    "reaches",
    "search_on",
    "successors_on",
    "tree_on",
]
