"""How a rule says no."""

import pytest

from tongxin.core.errors import Outdated, Problem, Refused, refuse_if

FIRST = Problem("room.first", "第一", "name")
SECOND = Problem("room.second", "第二")


def test_no_problem_is_no_refusal():
    refuse_if(iter(()))


def test_a_refusal_carries_every_problem_found():
    with pytest.raises(Refused, match=r"room\.first; room\.second") as refused:
        refuse_if(problem for problem in (FIRST, SECOND))

    assert refused.value.problems == (FIRST, SECOND)


def test_one_problem_alone_may_refuse():
    assert Refused(FIRST).problems == (FIRST,)


def test_a_problem_reads_as_its_words():
    assert (str(FIRST), FIRST.field, SECOND.field) == ("第一", "name", "")


def test_an_outdated_edit_carries_the_record_as_it_is_now():
    assert Outdated("记录").current == "记录"
