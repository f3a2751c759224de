"""Trainings: three counts kept apart, which of them count, and their form."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tongxin.core.errors import Refused
from tongxin.registers.actions import change, set_void
from tongxin.trainings.models import Training
from tongxin.trainings.queries import trainings
from tongxin.trainings.register import TRAININGS
from tongxin.trainings.rules import training_problems

ON = make.FACTS_ON
DAY = dt.timedelta(days=1)
TYPED = {"name": "骨干培训", "place": "北镇", "held_on": "2017-05-01", "sessions": "2"}


@pytest.mark.parametrize(
    ("held_on", "sessions", "attendances", "persons", "found"),
    [
        (None, None, None, None, []),
        (ON, 1, 30, 30, []),
        (ON, 2, 60, 30, []),
        (ON, 1, None, 30, []),
        (ON, 1, 30, None, []),
        (ON + DAY, 1, None, None, ["trainings.future"]),
        (ON, 0, None, None, ["trainings.sessions"]),
        (ON, 1, 30, 31, ["trainings.persons"]),
        (ON + DAY, 0, 0, 1, ["trainings.future", "trainings.sessions", "trainings.persons"]),
    ],
)
def test_sessions_attendances_and_persons_agree(held_on, sessions, attendances, persons, found):
    problems = training_problems(held_on, sessions, attendances, persons, ON)

    assert [problem.code for problem in problems] == found


@pytest.mark.django_db
def test_a_training_is_entered_with_the_counts_that_are_known(small):
    answer = small.enter("trainings", **TYPED, attendances="80")

    made = Training.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert (made.sessions, made.attendances, made.persons) == (2, 80, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"held_on": ""}, "填写举办日期"),
        ({"held_on": "2999-01-01"}, "举办日期不能晚于今天"),
        ({"held_on": "五一"}, "举办日期按“年-月-日”填写"),
        ({"sessions": "0"}, "期数至少是 1"),
        ({"sessions": ""}, "填写期数"),
        ({"sessions": "两期"}, "要填数字"),
        ({"attendances": "-3"}, "不能小于 0"),
        ({"attendances": "9999999999"}, "不能大于 999999999"),
        ({"attendances": "30", "persons": "31"}, "人数（31）不会多于人次（30）"),
    ],
)
def test_what_stands_against_a_training_is_said(small, typed, words):
    answer = small.enter("trainings", **(TYPED | typed))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Training.objects.exists()


@pytest.mark.django_db
def test_a_change_is_weighed_against_what_is_on_record(small):
    held = small.record("trainings", attendances=30)

    with pytest.raises(Refused, match=r"trainings\.persons"):
        change(TRAININGS, held, by=None, values={"persons": 31})


@pytest.mark.django_db
def test_trainings_count_from_the_day_they_are_held_and_not_when_void(small):
    held = small.record("trainings", held_on=ON)
    small.record("trainings", held_on=ON + DAY)
    gone = small.record("trainings")
    set_void(TRAININGS, gone, by=None, void=True, reason="重复")

    assert list(trainings(small.pilot, ON)) == [held]


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"sessions": 0}, {"attendances": 3, "persons": 4}])
def test_the_table_itself_refuses_what_the_rules_refuse(small, values):
    facts = {"programme": small.pilot, "division": small.tree.north, "held_on": ON} | values

    with pytest.raises(IntegrityError), transaction.atomic():
        Training.objects.create(name="培训", **facts)
