"""When a committee may be closed, and what its votes come to.

Quorum of two thirds and a majority of all members: 民政部令第39号《社会组织评估管理办法》, on the
committee of assessment and on the committee of re-examination.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tongxin.panels.choices import Majority, Outcome, Quorum, Vote


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of a committee: of how many members, and what a proposal needs."""

    members: int
    votes: tuple[str, ...]
    quorum: Quorum
    majority: Majority

    @property
    def cast(self) -> int:
        """How many have voted; abstaining is voting."""
        return len(self.votes)

    def of(self, vote: str) -> int:
        """How many said this."""
        return sum(each == vote for each in self.votes)

    @property
    def needed_to_vote(self) -> int:
        """How many must have voted."""
        return least(self.members, self.quorum == Quorum.TWO_THIRDS)

    @property
    def needed_to_carry(self) -> int:
        """How many must be for the proposal."""
        if self.majority == Majority.OF_CAST:
            return least(self.cast, two_thirds=False)
        return least(self.members, self.majority == Majority.TWO_THIRDS_OF_ALL)

    @property
    def quorate(self) -> bool:
        """Whether enough have voted."""
        return self.members > 0 and self.cast >= self.needed_to_vote

    @property
    def outcome(self) -> Outcome:
        """What the votes come to, once enough have voted."""
        carried = self.of(Vote.FOR) >= self.needed_to_carry
        return Outcome.CARRIED if carried else Outcome.LOST


def least(count: int, two_thirds: bool) -> int:  # noqa: FBT001  which of two shares
    """The least number that is two thirds of a count, or more than half of it.

    >>> least(7, True), least(6, True), least(7, False), least(6, False)
    (5, 4, 4, 4)
    """
    if two_thirds:
        share = Fraction(2 * count, 3)
        return -(-share.numerator // share.denominator)
    return count // 2 + 1


def tally(members: int, votes: Sequence[str], quorum: str, majority: str) -> Tally:
    """Count votes; abstaining counts as voting, and not as being for it."""
    return Tally(members, tuple(votes), Quorum(quorum), Majority(majority))
