"""Rules asked of the values of campaigns and of those who take part."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _
from tongxin.registers.lookups import Once, Taken

from .models import Participation
from .rules import campaign_problems

TAKES_PART_ONCE = Once(Participation, "campaign", "organisation")


def check_campaign(values: Mapping[str, Any], campaign: Any) -> Iterator[Problem]:
    """Say what stands against a campaign with these values."""
    names = ("began_on", "ended_on")
    yield from campaign_problems(*(values.get(n, getattr(campaign, n, None)) for n in names))


def check_participations(rows: Sequence[Mapping[str, Any]]) -> Callable[..., Iterator[Problem]]:
    """Return what says what stands against participations: an organisation takes part once."""
    return partial(_against_participation, TAKES_PART_ONCE.taken_among(rows))


def _against_participation(
    taken: Taken, values: Mapping[str, Any], entry: Any
) -> Iterator[Problem]:
    if taken(values, entry):
        organisation = values.get("organisation", getattr(entry, "organisation", None))
        words = _("“%(name)s”已登记参加这项活动，不用再登记") % {"name": organisation}
        yield Problem("campaigns.twice", words, "organisation")
