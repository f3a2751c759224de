"""What becomes of a record when somebody writes it. Words in, answers out."""

from tongxin.divisions.choices import Level

from .choices import Stage

TOPS = frozenset({Level.CITY, Level.PROVINCE})
"""Levels that accept what is their own: a programme is led by one of them."""


def reaches_up_to(level: str | None, wanted: str) -> bool:
    """Whether a level is as high as the one that is wanted; where none is, any is."""
    order = list(Level)
    return not wanted or (
        level is not None and order.index(Level(level)) <= order.index(Level(wanted))
    )


def stage_after(now: str | None, *, alone: bool, draft: bool) -> Stage:
    """Return how far a record has come after somebody wrote it; `now` is None for a new one.

    `alone` says that whoever writes it is who accepts it. What waits for an acceptance goes on
    waiting even then, for its author is another; only its reviewer's decision accepts it.
    """
    if draft:
        return Stage.DRAFT
    if alone and now in {None, Stage.ACCEPTED}:
        return Stage.ACCEPTED
    return Stage.SUBMITTED
