"""What may follow what in the life of a naming, and what the rule of 2022 asks. Tables of cases."""

import datetime as dt

import pytest

from tongxin.sites.choices import Finding, Standing, Verb
from tongxin.sites.rules.designations import (
    basis_problems,
    doubts,
    early_problems,
    point_problems,
    review_problems,
)
from tongxin.sites.rules.lives import (
    NEXT,
    Life,
    allowed,
    author_problems,
    day_problems,
    due_problems,
    has_run_out,
    is_due,
    note_problems,
    standing_problems,
    visit_problems,
)
from tongxin.sites.rules.points import EDGE, SIDE, drawn

TODAY = dt.date(2023, 6, 1)
DAY = dt.timedelta(days=1)


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("standing", "verbs"),
    [
        (Standing.PROPOSED, [Verb.CHECK, Verb.DROP]),
        (Standing.CHECKED, [Verb.PUBLICISE, Verb.DROP]),
        (Standing.PUBLICISED, [Verb.DESIGNATE, Verb.DROP]),
        (Standing.DESIGNATED, [Verb.KEEP, Verb.RECTIFY, Verb.WITHDRAW]),
        (Standing.RECTIFYING, [Verb.PUT_RIGHT, Verb.WITHDRAW]),
        (Standing.WITHDRAWN, [Verb.RETURN_PLAQUE]),
        (Standing.DROPPED, []),
    ],
)
def test_what_can_be_done_follows_from_how_a_naming_stands(standing, verbs):
    assert set(allowed(Life(standing, plaque_out=True))) == set(verbs)


def test_every_standing_can_be_reached_and_every_verb_leads_somewhere():
    reached = {to for _from, to in NEXT.values() if to} | {Standing.PROPOSED}

    assert reached == set(Standing)
    assert set(NEXT) == set(Verb) - {Verb.PROPOSE}


def test_a_wrong_step_is_refused_with_what_can_be_done():
    (problem,) = standing_problems(Verb.WITHDRAW, Life(Standing.PROPOSED))

    assert problem.code == "sites.wrong_step"
    assert "现在是“拟命名”，不能办“撤销命名”" in str(problem)
    assert "实地核查" in str(problem)


def test_a_plaque_that_was_never_given_does_not_come_back():
    assert codes(standing_problems(Verb.RETURN_PLAQUE, Life(Standing.WITHDRAWN))) == [
        "sites.no_plaque"
    ]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (None, ["sites.no_day"]),
        (TODAY, []),
        (TODAY + DAY, ["sites.future"]),
        (TODAY - 9 * DAY, []),
        (TODAY - 10 * DAY, ["sites.step_order"]),
    ],
)
def test_steps_are_taken_in_their_order_and_not_before_they_happen(on, found):
    life = Life(Standing.PROPOSED, standing_on=TODAY - 9 * DAY)

    assert codes(day_problems(life, on, TODAY)) == found


@pytest.mark.parametrize("verb", [Verb.DROP, Verb.RECTIFY, Verb.WITHDRAW])
def test_what_is_against_a_site_says_why(verb):
    assert codes(note_problems(verb, " ")) == ["sites.no_reason"]
    assert codes(note_problems(verb, "因为")) == []


def test_nobody_names_what_he_proposed():
    assert codes(author_problems(Verb.DESIGNATE, own=True)) == ["sites.own_proposal"]
    assert codes(author_problems(Verb.CHECK, own=True)) == []


@pytest.mark.parametrize(
    ("finding", "visited_on", "found"),
    [
        (None, None, ["sites.no_visit"]),
        (Finding.MEETS, TODAY + DAY, ["sites.no_visit"]),
        (Finding.FAILS, TODAY, ["sites.visit_failed"]),
        (Finding.PARTLY, TODAY, []),
        (Finding.MEETS, TODAY - 90 * DAY, []),
    ],
)
def test_a_site_counts_as_checked_after_a_visit_that_did_not_fail_it(finding, visited_on, found):
    assert codes(visit_problems(finding, visited_on, TODAY)) == found


@pytest.mark.parametrize(
    ("due", "found"),
    [(None, ["sites.no_due"]), (TODAY, ["sites.due_order"]), (TODAY + DAY, [])],
)
def test_what_is_to_be_put_right_has_a_day_to_come(due, found):
    assert codes(due_problems(Verb.RECTIFY, due, TODAY)) == found
    assert codes(due_problems(Verb.KEEP, due, TODAY)) == []


@pytest.mark.parametrize(
    ("standing", "until", "over"),
    [
        (Standing.DESIGNATED, None, False),
        (Standing.DESIGNATED, TODAY + DAY, False),
        (Standing.DESIGNATED, TODAY, True),
        (Standing.WITHDRAWN, TODAY - DAY, False),
    ],
)
def test_a_naming_lapses_on_its_day_unless_it_was_withdrawn(standing, until, over):
    assert has_run_out(standing, until, TODAY) is over


@pytest.mark.parametrize(("days", "due"), [(-400, True), (0, True), (60, True), (61, False)])
def test_a_review_is_asked_for_sixty_days_before(days, due):
    assert is_due(Standing.DESIGNATED, TODAY + days * DAY, TODAY) is due
    assert is_due(Standing.PROPOSED, TODAY + days * DAY, TODAY) is False


@pytest.mark.parametrize(
    ("on", "basis", "doubted"),
    [
        (dt.date(2017, 9, 1), "", False),
        (dt.date(2022, 4, 19), "", False),
        (dt.date(2022, 4, 20), "", True),
        (dt.date(2024, 1, 1), " ", True),
        (dt.date(2024, 1, 1), "省委批复〔2023〕9号", False),
    ],
)
def test_since_the_rule_of_2022_a_naming_without_a_basis_is_doubted(on, basis, doubted):
    assert bool(list(doubts("county", on, basis))) is doubted
    assert bool(list(basis_problems("county", on, basis, ""))) is doubted
    assert list(basis_problems("county", on, basis, "市委常委会同意")) == []


def test_other_rules_of_values():
    assert codes(early_problems(Standing.PROPOSED, TODAY)) == ["sites.not_named"]
    assert codes(early_problems(Standing.DESIGNATED, TODAY)) == []
    assert codes(review_problems(TODAY, TODAY)) == ["sites.review_order"]
    assert [(p.code, p.field) for p in point_problems(None, 120)] == [
        ("sites.half_a_point", "latitude")
    ]
    assert list(point_problems(32, 120)) == []


def test_points_lie_in_the_square_north_up():
    found = drawn((120.0, 32.0), [(120.5, 32.5), (119.5, 31.5)])

    north_east, south_west = found.others
    assert north_east[0] > found.here[0] > south_west[0]
    assert north_east[1] < found.here[1] < south_west[1]
    assert all(EDGE <= each <= SIDE - EDGE for point in found.others for each in point)
    assert drawn((120.0, 32.0), []).here == (SIDE // 2, SIDE // 2)
