"""Rules asked of the values of campaigns and of those who take part."""

from collections.abc import Iterator, Mapping
from typing import Any

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _

from .queries import takes_part
from .rules import campaign_problems


def check_campaign(values: Mapping[str, Any], campaign: Any) -> Iterator[Problem]:
    """Say what stands against a campaign with these values."""
    names = ("began_on", "ended_on")
    yield from campaign_problems(*(values.get(n, getattr(campaign, n, None)) for n in names))


def check_participation(values: Mapping[str, Any], entry: Any) -> Iterator[Problem]:
    """An organisation takes part in a campaign once."""
    campaign = values.get("campaign", getattr(entry, "campaign", None))
    organisation = values.get("organisation", getattr(entry, "organisation", None))
    if takes_part(campaign, organisation, entry.pk if entry else None):
        words = _("“%(name)s”已登记参加这项活动，不用再登记") % {"name": organisation}
        yield Problem("campaigns.twice", words, "organisation")
