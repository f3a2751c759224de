"""When a site may be named. Dates in, answers out."""

import datetime as dt
from collections.abc import Iterator

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _


def designation_problems(
    designated_on: dt.date | None, until: dt.date | None, today: dt.date
) -> Iterator[Problem]:
    """Say what is wrong with the days of a designation; a day may be unknown, never future."""
    if designated_on and designated_on > today:
        words = _("命名日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("sites.future", words, "designated_on")
    if designated_on and until and until <= designated_on:
        words = _("到期日期要晚于 %(day)s") % {"day": designated_on.isoformat()}
        yield Problem("sites.order", words, "until")
