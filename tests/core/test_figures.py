"""A figure keeps counted and declared apart, and never shows nothing as zero."""

import datetime as dt
from decimal import Decimal

import pytest

from tongxin.core.figures import Figure, State, Statement
from tongxin.core.quantities import Quantity, parse

DAY = dt.date(2017, 12, 31)


def figure(counted=None, stated=""):
    quantity = parse(stated) if stated else None
    return Figure(
        key="sites",
        title="示范点",
        unit="个",
        on=DAY,
        map_on=DAY,
        scope="甲市",
        counted=None if counted is None else Quantity(Decimal(counted), "个"),
        declared=Statement(1, quantity, stated, "材料") if quantity else None,
    )


@pytest.mark.parametrize(
    ("counted", "stated", "state", "text", "short_by"),
    [
        (None, "", State.MISSING, "—", None),
        (0, "", State.COUNTED, "0个", None),
        (10, "", State.COUNTED, "10个", None),
        (None, "10个", State.DECLARED, "10个", 10),
        (10, "10个", State.AGREED, "10个", None),
        (4, "10余个", State.DIFFERENT, "10余个", 6),
        (12, "10余个", State.DIFFERENT, "10余个", None),
    ],
)
def test_a_figure_says_what_it_rests_on(counted, stated, state, text, short_by):
    found = figure(counted, stated)

    assert (found.state, found.text, found.short_by) == (state, text, short_by)
