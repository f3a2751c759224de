"""When a site may be named."""

import datetime as dt

import pytest

from tongxin.sites.rules.designations import designation_problems

TODAY = dt.date(2017, 12, 31)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        (None, None, []),
        (TODAY, None, []),
        (None, TODAY, []),
        (TODAY - DAY, TODAY, []),
        (TODAY - DAY, TODAY + 900 * DAY, []),
        (TODAY + DAY, None, [("sites.future", "designated_on")]),
        (TODAY, TODAY, [("sites.order", "until")]),
        (TODAY, TODAY - DAY, [("sites.order", "until")]),
        (TODAY + DAY, TODAY, [("sites.future", "designated_on"), ("sites.order", "until")]),
    ],
)
def test_a_naming_is_not_of_tomorrow_and_ends_after_it_begins(begins, ends, found):
    problems = list(designation_problems(begins, ends, TODAY))

    assert [(problem.code, problem.field) for problem in problems] == found


def test_the_words_give_the_days():
    future, order = designation_problems(TODAY + DAY, TODAY, TODAY)

    assert "今天（2017-12-31）" in str(future)
    assert "晚于 2018-01-01" in str(order)
