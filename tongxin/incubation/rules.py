"""What must hold of a base. Values in, answers out."""

import datetime as dt
from collections.abc import Iterator

from tongxin.core.errors import Problem
from tongxin.core.words import gettext as _


def base_problems(opened_on: dt.date | None, today: dt.date) -> Iterator[Problem]:
    """Say what is wrong with a base's values; an unknown opening day is allowed."""
    if opened_on and opened_on > today:
        words = _("启用日期不能晚于今天（%(today)s）") % {"today": today.isoformat()}
        yield Problem("incubation.future", words, "opened_on")
