"""Assessing, judging by panels, deciding, and the life of a grade."""

from .appealing import Decision, appeal, call_review, find, take_vote
from .assessing import Sheet, cancel, open_assessment, save, send_back
from .deciding import Award, decide
from .evidencing import lay_out
from .judging import back_to_check, call_panel, put_together, score_as_expert
from .keeping import Ground, Papers, confirm, downgrade, put_up, take_back, withdraw

__all__ = (
    "Award",
    "Decision",
    "Ground",
    "Papers",
    "Sheet",
    "appeal",
    "back_to_check",
    "call_panel",
    "call_review",
    "cancel",
    "confirm",
    "decide",
    "downgrade",
    "find",
    "lay_out",
    "open_assessment",
    "put_together",
    "put_up",
    "save",
    "score_as_expert",
    "send_back",
    "take_back",
    "take_vote",
    "withdraw",
)
