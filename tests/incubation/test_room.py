"""Bases: their rule, which of them count, and their form."""

import datetime as dt

import pytest

from tests import factories as make
from tongxin.core.errors import Refused
from tongxin.incubation.models import Base
from tongxin.incubation.queries import bases
from tongxin.incubation.register import BASES
from tongxin.incubation.rules.bases import base_problems
from tongxin.registers.actions import change, set_void

ON = make.FACTS_ON
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("opened", "found"), [(None, []), (ON, []), (ON - DAY, []), (ON + DAY, ["incubation.future"])]
)
def test_a_base_does_not_open_after_today(opened, found):
    assert [problem.code for problem in base_problems(opened, ON)] == found


@pytest.mark.django_db
def test_a_change_is_asked_the_same_rule(small):
    base = small.record("bases", opened_on=ON)

    with pytest.raises(Refused, match=r"incubation\.future"):
        change(BASES, base, by=None, values={"opened_on": dt.date(2999, 1, 1)})

    change(BASES, base, by=None, values={"capacity": 12})
    assert Base.objects.get(pk=base.pk).capacity == 12


@pytest.mark.django_db
def test_bases_count_from_the_day_they_open_by_level_and_not_when_void(small):
    unknown = small.record("bases", level="county")
    opened = small.record("bases", level="city", opened_on=ON)
    small.record("bases", level="county", opened_on=ON + DAY)
    gone = small.record("bases", level="county")
    set_void(BASES, gone, by=None, void=True, reason="重复")

    assert set(bases(small.pilot, ON)) == {unknown, opened}
    assert list(bases(small.pilot, ON, "city")) == [opened]
    assert not bases(small.pilot, ON, "town").exists()


@pytest.mark.django_db
def test_a_base_is_entered(small):
    answer = small.enter("bases", name="青年谷", place="南镇", level="town", capacity="12")

    made = Base.objects.get(name="青年谷")
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert (made.division, made.programme, made.capacity) == (small.tree.south, small.pilot, 12)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "填写名称"),
        ({"level": ""}, "选择级别"),
        ({"opened_on": "2999-01-01"}, "启用日期不能晚于今天"),
        ({"capacity": "十二"}, "可入驻组织数要填数字"),
        ({"capacity": "-1"}, "可入驻组织数不能小于 0"),
        ({"capacity": "99999999999"}, "可入驻组织数不能大于 999999999，核对位数"),
        ({"place": ""}, "选择所属地区"),
    ],
)
def test_what_stands_against_a_base_is_said(small, typed, words):
    facts = {"name": "青年谷", "place": "南镇", "level": "town"}

    answer = small.enter("bases", **(facts | typed))

    assert answer.status_code == 422
    assert words in answer.context["form"].errors.as_text()
    assert not Base.objects.exists()
