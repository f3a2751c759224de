"""What the supplied standards give, case by case, and what is said where nothing was told."""

from decimal import Decimal

import pytest

from tongxin.core.errors import Refused
from tongxin.standards.choices import Outcome
from tongxin.standards.queries import all_supplied, supplied
from tongxin.standards.rules.checking import problems_of
from tongxin.standards.rules.filling import texts_from, values_from
from tongxin.standards.rules.scoring import score
from tongxin.standards.rules.writing import told

ELIGIBLE = {f"0.{at}": True for at in range(1, 6)}
FULL_MARKS = {
    "0.1": True,
    "0.2": True,
    "1.1": 900,
    "1.2": "owned",
    "1.3": ["office", "meeting", "show", "reception", "barrier_free"],
    "2.1": 3,
    "2.2": True,
    "2.3": "entrusted",
    "2.4": ["admission", "service", "finance", "safety"],
    "2.5": {"late_report": 0, "complaint": 0},
    "3.1": 60,
    "3.2": {"own": 20, "joint": 0},
    "3.3": 8,
    "3.4": 10,
    "4.1": 30,
    "4.2": 100,
    "4.3": 3,
    "4.4": {"own": 98, "best": 98},
}


def of(standard, code, value):
    """What one clause of a supplied standard gives for a value."""
    result = score(supplied(standard), {code: value})
    return next(line.score for line in result.lines if line.clause.code == code)


def graded(points, bonus=None, *, party_unit=True):
    values = ELIGIBLE | {"1": points} | ({} if bonus is None else {"2": bonus})
    conditions = {} if party_unit is None else {"party_unit": party_unit}
    return score(supplied("organisation-grade-1000"), values, conditions)


@pytest.mark.parametrize("standard", list(all_supplied()), ids=lambda each: each.key)
def test_a_supplied_standard_is_in_order_and_names_its_sources(standard):
    assert problems_of(standard) == []
    assert standard.sources
    assert standard.note


def test_the_maxima_of_the_makerspace_table_sum_to_a_hundred():
    maxima = [clause.maximum for clause in supplied("makerspace-incubating").clauses]

    assert (len(maxima), sum(maxima)) == (11, 100)


@pytest.mark.parametrize(
    ("code", "value", "points"),
    [
        ("1", 49, "0"),
        ("1", 50, "5"),
        ("1", 51, "5.1"),
        ("1", 100, "10"),
        ("1", 500, "10"),
        ("2", 4, "4"),
        ("2", 9, "5"),
        ("4", {"host": 2, "hire": 1, "host_joint": 1, "hire_joint": 1}, "3.25"),
        ("5", 4, "0"),
        ("5", 5, "5"),
        ("5", 6, "5.5"),
        ("6", Decimal("59.9"), "0"),
        ("6", 60, "6"),
        ("6", Decimal("99.9"), "9.9"),
        ("6", 100, "10"),
        ("7", {"company": 3, "trader": 1}, "7"),
        ("9", 299_999, "0"),
        ("9", 599_999, "1"),
        ("9", 600_000, "2"),
        ("10", Decimal("89999.99"), "2"),
        ("11", {"college": 1, "bachelor": 1, "master": 1, "doctor": 1}, "6.5"),
    ],
)
def test_a_clause_of_the_makerspace_table(code, value, points):
    assert of("makerspace-incubating", code, value) == Decimal(points)


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        (1000, "5A"),
        (951, "5A"),
        (950, "4A"),
        (901, "4A"),
        (900, "3A"),
        (851, "3A"),
        (801, "2A"),
        (800, "1A"),
        (701, "1A"),
        (700, None),
    ],
)
def test_the_bounds_of_the_grades_of_a_thousand_points_are_exact(points, grade):
    result = graded(points)

    assert result.grade == grade
    assert result.outcome == (Outcome.GRADED if grade else Outcome.BELOW)


def test_a_high_score_without_a_party_unit_is_capped_at_4a():
    result = graded(1000, party_unit=False)

    assert (result.total, result.grade) == (1000, "4A")
    assert [(each.met, each.lowered) for each in result.caps] == [(True, True)]


def test_a_cap_above_the_grade_lowers_nothing():
    result = graded(870, party_unit=False)

    assert (result.grade, result.caps[0].met, result.caps[0].lowered) == ("3A", True, False)


def test_a_grade_that_hangs_on_a_condition_not_told_is_left_open():
    result = graded(1000, party_unit=None)

    assert (result.outcome, result.grade, result.between) == (Outcome.OPEN, None, ("4A", "5A"))
    assert result.conditions_not_told == ("party_unit",)


def test_a_condition_not_told_that_decides_nothing_leaves_the_grade():
    assert graded(870, party_unit=None).grade == "3A"


def test_a_hundred_and_three_points_are_capped_at_a_hundred():
    values = FULL_MARKS | {"5.1": 1, "5.2": Decimal("1.5")}

    result = score(supplied("incubation-base-city-example"), values, {"party_unit": True})

    assert (result.base, result.bonus, result.bonus_counted) == (100, 3, 3)
    assert (result.total, result.grade) == (100, "5A")


def test_bonus_counts_up_to_its_cap_only():
    values = FULL_MARKS | {"1.1": 100, "5.1": 2, "5.2": 2}

    result = score(supplied("incubation-base-city-example"), values)

    assert (result.base, result.bonus_counted, result.total) == (92, 5, 97)


def test_one_veto_fails_the_whole_whatever_the_points():
    values = FULL_MARKS | {"0.2": False}

    result = score(supplied("incubation-base-city-example"), values, {"party_unit": True})

    assert (result.total, result.vetoes) == (100, ("0.2",))
    assert (result.outcome, result.grade) == (Outcome.VETOED, None)


def test_a_veto_not_told_leaves_the_grade_open():
    values = {code: value for code, value in FULL_MARKS.items() if code != "0.2"}

    result = score(supplied("incubation-base-city-example"), values, {"party_unit": True})

    assert (result.outcome, result.grade, result.vetoes) == (Outcome.OPEN, None, ())
    assert result.not_reported[:1] == ("0.2",)


def test_what_is_not_told_has_no_score_and_is_named():
    result = score(supplied("makerspace-incubating"), {"1": 0, "4": {"host": 1}})

    scores = {line.clause.code: line.score for line in result.lines}
    assert (scores["1"], scores["2"], scores["4"]) == (0, None, 1)
    assert result.not_reported == (
        *("2", "3", "4/hire", "4/host_joint", "4/hire_joint"),
        *("5", "6", "7", "8", "9", "10", "11"),
    )
    assert not result.complete
    assert (result.low, result.total, result.high) == (1, 1, 90)


def test_a_score_of_zero_and_no_score_differ_in_what_programs_read():
    lines = told(score(supplied("makerspace-incubating"), {"1": 49}))["clauses"]

    assert [(each["score"], each["reported"]) for each in lines[:2]] == [(0, True), (None, False)]


def test_a_deduction_takes_from_the_maximum_and_not_below_nothing():
    assert of("incubation-base-city-example", "2.5", {"late_report": 3, "complaint": 1}) == Decimal(
        "1.5"
    )
    assert of("incubation-base-city-example", "2.5", {"late_report": 30, "complaint": 0}) == 0


def test_the_ratio_to_the_best_is_rounded_once():
    assert of("incubation-base-city-example", "4.4", {"own": 91, "best": 97}) == Decimal("3.75")


@pytest.mark.parametrize(
    ("standard", "code", "value", "words"),
    [
        ("makerspace-incubating", "1", "many", "不是数字"),
        ("makerspace-incubating", "1", True, "不是数字"),
        ("makerspace-incubating", "1", Decimal("49.5"), "整数"),
        ("makerspace-incubating", "2", -1, "小于 0"),
        ("makerspace-incubating", "4", 3, "host"),
        ("makerspace-incubating", "4", {"hosts": 3}, "hosts"),
        ("makerspace-incubating", "6", Decimal(10**15), "太长"),
        ("makerspace-incubating", "20", 1, "没有条目"),
        ("incubation-base-city-example", "1", 20, "由下面的条目相加"),
        ("incubation-base-city-example", "0.1", 1, "true 或 false"),
        ("incubation-base-city-example", "1.2", "bought", "owned"),
        ("incubation-base-city-example", "1.3", True, "true 或 false"),
        ("incubation-base-city-example", "1.3", {"office": 1}, "office"),
        ("incubation-base-city-example", "1.3", ["garden"], "garden"),
        ("incubation-base-city-example", "3.4", 11, "各级"),
        ("incubation-base-city-example", "4.4", 90, "own"),
        ("incubation-base-city-example", "4.4", {"own": 0, "best": 0}, "大于 0"),
        ("incubation-base-city-example", "4.4", {"own": 99, "best": 98}, "最优"),
        ("organisation-grade-1000", "1", 1001, "0 到 1000"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_clause_and_a_remedy(
    standard, code, value, words
):
    with pytest.raises(Refused) as refusal:
        score(supplied(standard), {code: value})

    (problem,) = refusal.value.problems
    assert problem.field == code
    assert code in str(problem)
    assert words in str(problem)


def test_all_that_does_not_fit_is_said_at_once():
    with pytest.raises(Refused) as refusal:
        score(supplied("organisation-grade-1000"), {"0.1": 3, "1": "x", "9": 1}, {"party": True})

    assert [each.code for each in refusal.value.problems] == [
        "standards.unknown_clause",
        "standards.unknown_condition",
        "standards.value",
        "standards.value",
    ]


def test_a_condition_is_so_or_not():
    with pytest.raises(Refused, match="condition"):
        score(supplied("organisation-grade-1000"), {}, {"party_unit": "yes"})


def test_an_unknown_key_is_no_supplied_standard():
    with pytest.raises(KeyError):
        supplied("nothing")


@pytest.mark.parametrize("told", ["3", {"staff": "3"}])
def test_a_rule_of_one_unit_shows_what_it_was_told_by_name_or_without(told):
    standard = supplied("incubation-base-county-example")

    texts = texts_from(standard, {"2.1": told})

    assert texts == {"v:2.1": "3"}
    assert score(standard, values_from(standard, texts)).total == 6
