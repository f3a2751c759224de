"""Every change in this room: one function for each."""

from .answering import answer, correct
from .applying import (
    approve,
    check,
    give_back,
    note_papers,
    notice_begins,
    publicise,
    reject,
    submit,
    wait,
    withdraw,
)
from .incubating import (
    admit,
    assess,
    extend,
    follow_up,
    graduate,
    hand_back,
    leave,
    relocate,
    remove,
    review,
)
from .setting import set_clocks

__all__ = (
    "admit",
    "answer",
    "approve",
    "assess",
    "check",
    "correct",
    "extend",
    "follow_up",
    "give_back",
    "graduate",
    "hand_back",
    "leave",
    "note_papers",
    "notice_begins",
    "publicise",
    "reject",
    "relocate",
    "remove",
    "review",
    "set_clocks",
    "submit",
    "wait",
    "withdraw",
)
