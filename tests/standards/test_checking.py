"""What keeps a standard from being published: each problem is named, and the sound one has none."""

import copy

import pytest

from tongxin.core.errors import Refused
from tongxin.standards.rules.checking import problems_of
from tongxin.standards.rules.reading import clause_of, standard_of

SOUND = {
    "key": "sound",
    "name": "标准",
    "version": "1",
    "maximum": 30,
    "final_cap": 31,
    "bonus_cap": 2,
    "clauses": [
        {
            "code": "1",
            "text": "场地",
            "maximum": 10,
            "clauses": [
                {
                    "code": "1.1",
                    "text": "面积",
                    "maximum": 6,
                    "rule": {
                        "kind": "tiers",
                        "tiers": [{"from": 100, "points": 6}, {"below": 100, "points": 0}],
                    },
                },
                {"code": "1.2", "text": "证明", "maximum": 4, "rule": {"kind": "pass_fail"}},
            ],
        },
        {
            "code": "2",
            "text": "评判",
            "maximum": 20,
            "rule": {
                "kind": "band",
                "bands": [
                    {"name": "好", "from": 10, "to": 20},
                    {"name": "差", "from": 0, "below": 10},
                ],
            },
        },
    ],
    "bonus": [{"code": "3", "text": "加分", "maximum": 3, "rule": {"kind": "manual"}}],
    "conditions": [{"name": "party", "text": "党组织"}],
    "caps": [{"condition": "party", "holds": False, "highest": "乙"}],
    "grades": [{"name": "甲", "from": 20}, {"name": "乙", "from": 10, "below": 20}],
}


def changed(*path, to):
    """The sound standard with one thing in it changed; None takes the thing away."""
    told = copy.deepcopy(SOUND)
    place = told
    for step in path[:-1]:
        place = place[step]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return told


def codes(told):
    return [problem.code.removeprefix("standards.") for problem in problems_of(standard_of(told))]


def test_the_sound_standard_has_no_problems():
    assert codes(SOUND) == []


ONE, AREA, PROOF, JUDGED = (
    ("clauses", 0),
    ("clauses", 0, "clauses", 0),
    ("clauses", 0, "clauses", 1),
    ("clauses", 1),
)


@pytest.mark.parametrize(
    ("path", "to", "found"),
    [
        (("clauses",), [], ["no_clauses"]),
        ((*PROOF, "code"), "1.1", ["same_code"]),
        ((*ONE, "maximum"), 11, ["sum", "sum"]),
        (("maximum",), 31, ["sum"]),
        (("bonus_cap",), 4, ["bonus_cap"]),
        (("final_cap",), 29, ["final_cap"]),
        (("final_cap",), 40, ["final_cap"]),
        ((*AREA, "rule", "tiers", 1, "below"), 101, ["stretch_overlap"]),
        ((*AREA, "rule", "tiers", 1, "below"), 99, ["stretch_gap"]),
        ((*AREA, "rule", "tiers", 1), {"over": 5, "to": 5, "points": 0}, ["stretch_empty"]),
        ((*AREA, "rule", "tiers", 0, "points"), 5, ["reach"]),
        ((*AREA, "veto"), True, ["veto"]),
        ((*PROOF, "rule", "points"), 3, ["reach"]),
        ((*JUDGED, "rule", "bands", 0, "to"), 19, ["reach"]),
        ((*JUDGED, "rule", "bands", 0, "to"), None, ["band_open"]),
        ((*JUDGED, "rule", "bands", 1, "from"), -1, ["floor"]),
        ((*JUDGED, "rule", "bands", 1, "name"), "好", ["same_name"]),
        ((*JUDGED, "rule"), {"kind": "threshold", "start": 1, "points": 21}, ["reach"]),
        ((*JUDGED, "rule"), {"kind": "manual", "floor": 20}, ["floor"]),
        ((*JUDGED, "rounding"), {"places": 0}, []),
        ((*AREA, "rule"), None, ["neither"]),
        (("bonus", 0, "maximum"), "2.555", ["places"]),
        (("bonus", 0, "maximum"), 0, ["bonus_cap", "maximum", "floor"]),
        (("grades", 0, "from"), 32, ["unreachable", "grade_gap"]),
        (("grades", 0, "to"), 30, ["above_all"]),
        (("grades", 1, "below"), 21, ["grade_overlap"]),
        (("grades", 1, "below"), 19, ["grade_gap"]),
        (("grades", 1, "name"), "甲", ["same_grade", "cap_grade"]),
        (("grades",), SOUND["grades"][::-1], ["order", "cap_idle"]),
        (("caps",), [], ["idle_condition"]),
        (("caps", 0, "highest"), "丙", ["cap_grade"]),
        (("caps", 0, "highest"), "甲", ["cap_idle"]),
        (("caps", 0, "condition"), "other", ["idle_condition", "cap_condition"]),
        (("conditions",), SOUND["conditions"] * 2, ["same_condition"]),
    ],
)
def test_a_problem_is_found_and_nothing_else(path, to, found):
    assert codes(changed(*path, to=to)) == found


def test_a_heading_that_is_cut_may_hold_more_but_not_less():
    more = changed("clauses", 0, "capped", to=True)
    more["clauses"][0]["clauses"].append(
        {"code": "1.3", "text": "其他", "maximum": 5, "rule": {"kind": "manual"}}
    )
    less = changed("clauses", 0, "capped", to=True)
    less["clauses"][0]["maximum"], less["maximum"] = 12, 32

    assert (codes(more), codes(less)) == ([], ["sum", "final_cap"])


def test_a_problem_names_its_clause_and_the_remedy():
    (problem,) = problems_of(standard_of(changed(*AREA, "rule", "tiers", 1, "below", to=99)))

    assert problem.field == "1.1"
    assert str(problem) == (
        "条目 1.1（面积）：“<99”和“≥100”之间有空档，例如 99。改界限，让它们相接"
    )


@pytest.mark.parametrize(
    ("path", "to", "code"),
    [
        (("key",), "不行", "key"),
        (("name",), None, "text"),
        (("name",), ["x"], "text"),
        (("maximum",), None, "number"),
        (("maximum",), "ten", "number"),
        (("maximum",), "NaN", "number"),
        (("maximum",), "0.1234567", "number"),
        (("example",), "yes", "flag"),
        (("colour",), "red", "unknown"),
        (("rounding",), {"places": 9}, "places"),
        (("rounding",), {"way": "sideways"}, "word"),
        (("rounding",), 2, "shape"),
        (("clauses",), {}, "list"),
        (("clauses", 0), "one", "shape"),
        ((*AREA, "code"), "1 1", "code"),
        ((*AREA, "methods"), ["guess"], "word"),
        ((*AREA, "evidence"), [1], "text"),
        ((*AREA, "rule", "kind"), "magic", "word"),
        ((*AREA, "rule", "kind"), None, "kind"),
        ((*AREA, "rule", "tiers"), [], "empty"),
        ((*AREA, "rule", "tiers", 0, "over"), 3, "bounds"),
        ((*AREA, "rule", "tiers", 1, "to"), 3, "bounds"),
        ((*AREA, "rule", "tier"), [], "unknown"),
        ((*ONE, "rule"), {"kind": "manual"}, "both"),
        ((*JUDGED, "rule"), {"kind": "threshold", "start": 1, "points": 1, "step": 0}, "step"),
        ((*JUDGED, "rule"), {"kind": "threshold", "start": 1, "points": -1}, "points"),
        (
            (*JUDGED, "rule"),
            {"kind": "per_unit", "units": [{"name": "a", "points": 1, "per": 0}]},
            "per",
        ),
        ((*JUDGED, "rule"), {"kind": "deduction", "units": [{"name": "a", "points": 0}]}, "points"),
        ((*JUDGED, "rule"), {"kind": "per_unit", "units": [{"name": "a b", "points": 1}]}, "name"),
    ],
)
def test_what_cannot_be_read_is_refused(path, to, code):
    with pytest.raises(Refused) as refusal:
        standard_of(changed(*path, to=to))

    assert [each.code for each in refusal.value.problems] == [f"standards.{code}"]


def test_too_many_levels_are_refused():
    clause = {"code": "1", "text": "x", "maximum": 1, "rule": {"kind": "manual"}}
    for at in range(2, 9):
        clause = {"code": str(at), "text": "x", "maximum": 1, "clauses": [clause]}

    with pytest.raises(Refused, match="depth"):
        clause_of(clause)


def test_what_is_no_standard_at_all_is_refused():
    with pytest.raises(Refused, match="shape"):
        standard_of("a standard")
