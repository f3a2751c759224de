"""What must hold of a campaign. Dates in, answers out."""

import datetime as dt
from collections.abc import Iterator

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _


def campaign_problems(began_on: dt.date | None, ended_on: dt.date | None) -> Iterator[Problem]:
    """Say what is wrong with the days of a campaign; unknown days are allowed."""
    if began_on and ended_on and ended_on < began_on:
        words = _("结束日期要不早于 %(day)s") % {"day": began_on.isoformat()}
        yield Problem("campaigns.order", words, "ended_on")
