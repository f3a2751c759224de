"""How recognitions are worded beside one another in a cell, and what they ask for."""

import datetime as dt

import pytest

from tongxin.brands.rules import Wording, cell, compose, needed, recognition_problems

SPOKEN = "在{venue}上作{form}"
PUSHED = "在{channel}上推送"
LISTED = "入选{title}"
TODAY = dt.date(2017, 12, 31)


def spoken(**more):
    facts = {"venue": "全省会议", "form": "书面交流"}
    return Wording(SPOKEN, facts, shared_subject="相关经验", **more)


def pushed(**more):
    return Wording(PUSHED, {"channel": "省公众号"}, shared_subject="相关经验", **more)


def listed(**more):
    return Wording(LISTED, {"title": "重点项目"}, **more)


@pytest.mark.parametrize(
    ("wordings", "text"),
    [
        ([], ""),
        ([listed()], "入选重点项目"),
        ([listed(subject="四步工作法")], "四步工作法入选重点项目"),
        # A shared subject is said once, by the first of its neighbours.
        ([pushed()], "相关经验在省公众号上推送"),
        ([spoken(), pushed()], "相关经验在全省会议上作书面交流、在省公众号上推送"),
        (
            [spoken(), pushed(), pushed()],
            "相关经验在全省会议上作书面交流" + "、在省公众号上推送" * 2,
        ),
        # Whatever stands between makes it be said again.
        (
            [pushed(), listed(), pushed()],
            "相关经验在省公众号上推送、入选重点项目、相关经验在省公众号上推送",
        ),
        ([pushed(), pushed(subject="三字经")], "相关经验在省公众号上推送、三字经在省公众号上推送"),
        ([pushed(subject="三字经"), pushed()], "三字经在省公众号上推送、相关经验在省公众号上推送"),
        # A subject of one's own is named each time, even when the neighbour has the same.
        ([listed(subject="甲"), listed(subject="甲")], "甲入选重点项目、甲入选重点项目"),
        # As 通州区 has it: the second phrase without 在.
        (
            [spoken(), pushed(own="省公众号上推送")],
            "相关经验在全省会议上作书面交流、省公众号上推送",
        ),
        ([pushed(own="省公众号上推送")], "相关经验省公众号上推送"),
    ],
)
def test_a_cell_reads_as_the_office_writes_it(wordings, text):
    assert cell(wordings) == text


def test_there_is_one_phrase_for_each_recognition():
    assert len(compose([spoken(), pushed(), listed()])) == 3


def test_what_was_typed_is_put_in_as_it_stands_and_never_filled_again():
    typed = Wording("入选{title}", {"title": "{venue}{0.__class__}\\1", "venue": "秘密"})

    assert cell([typed]) == "入选{venue}{0.__class__}\\1"


@pytest.mark.parametrize(
    ("phrase", "names"),
    [(SPOKEN, ["venue", "form"]), (LISTED, ["title"]), ("受表彰", []), ("在{other}", [])],
)
def test_a_phrase_says_which_facts_it_needs(phrase, names):
    assert needed(phrase) == names


@pytest.mark.parametrize(
    ("phrase", "facts", "day", "found"),
    [
        (SPOKEN, {"venue": "会", "form": "大会交流"}, None, []),
        (SPOKEN, {}, TODAY, ["brands.no_venue", "brands.no_form"]),
        (SPOKEN, {"venue": "会", "form": ""}, None, ["brands.no_form"]),
        (LISTED, {"venue": "会"}, None, ["brands.no_title"]),
        (PUSHED, {}, None, ["brands.no_channel"]),
        ("受表彰", {}, TODAY + dt.timedelta(days=1), ["brands.future"]),
    ],
)
def test_a_recognition_is_asked_for_the_facts_of_its_kind_and_a_day_that_can_be(
    phrase, facts, day, found
):
    problems = list(recognition_problems(phrase, facts, day, TODAY))

    assert [problem.code for problem in problems] == found
    assert [problem.field for problem in problems] == [
        "recognised_on" if code == "brands.future" else code.rpartition("_")[2] for code in found
    ]
