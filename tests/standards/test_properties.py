"""Every kind of rule, on random trees, against a second implementation that shares nothing."""

import json
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.standards import naive, trees
from tongxin.standards.choices import Kind
from tongxin.standards.rules.reading import standard_of
from tongxin.standards.rules.scoring import score
from tongxin.standards.rules.writing import canonical, fingerprint, plain, told

MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
seen = Counter()


def clauses_of(clauses):
    for clause in clauses:
        yield clause
        yield from clauses_of(clause.get("clauses", []))


def compare(made):
    """Score a standard in both ways, clause by clause and in total."""
    standard, values = made

    result = score(standard_of(standard), values)

    rounding = standard["rounding"]
    all_clauses = [*clauses_of(standard["clauses"]), *clauses_of(standard.get("bonus", []))]
    by_hand = [naive.score_of(clause, values, rounding) for clause in all_clauses]
    found = [None if line.score is None else Fraction(line.score) for line in result.lines]
    assert found == by_hand
    assert Fraction(result.total) == naive.total_of(standard, values)
    seen.update(clause["rule"]["kind"] for clause in all_clauses if "rule" in clause)


def test_every_clause_and_the_total_are_as_counted_by_hand():
    seen.clear()
    MANY(given(trees.standards())(compare))()

    assert set(seen) == set(Kind.values)


@MANY
@given(trees.standards(), trees.grades())
def test_the_grade_is_that_of_the_total_under_every_cap(made, ladder):
    standard, values = made
    graded, conditions = ladder
    whole = standard | graded
    full = standard_of(whole)

    result = score(full, values, conditions)

    if result.low == result.high:
        total = naive.total_of(standard, values)
        assert result.grade == naive.grade_of(whole, total, conditions)
    elif result.grade is not None:
        for total in (result.low, result.total, result.high):
            assert naive.grade_of(whole, Fraction(total), conditions) == result.grade


@MANY
@given(trees.standards())
def test_what_is_still_to_be_told_keeps_the_total_within_what_was_said(made):
    standard, values = made
    read = standard_of(standard)
    base = {clause["code"] for clause in clauses_of(standard["clauses"])}
    silent = {code: value for code, value in values.items() if code not in base}

    nothing_told, all_told = score(read, silent), score(read, values)

    assert nothing_told.low <= all_told.low <= all_told.total
    assert all_told.total <= all_told.high <= nothing_told.high


@MANY
@given(trees.standards())
def test_a_standard_comes_back_from_its_own_text_unchanged(made):
    read = standard_of(made[0])

    again = standard_of(json.loads(canonical(read)))

    assert (again, fingerprint(again)) == (read, fingerprint(read))
    assert standard_of(plain(read)) == read
    json.dumps(told(score(read, made[1])), allow_nan=False)


def test_a_rule_that_is_scored_otherwise_would_be_seen(monkeypatch):
    """The comparison is awake: steps that are not full are counted, and the trees find it."""
    from tongxin.standards.rules import kinds

    monkeypatch.setattr(kinds, "_steps", lambda amount, step, partial: amount / Fraction(step))
    quickly = settings(MANY, phases=[Phase.generate], database=None)

    with pytest.raises(AssertionError):
        quickly(given(trees.standards())(compare))()
