"""Who may give what to whom, as tables."""

import datetime as dt

import pytest

from tongxin.accounts.choices import Role
from tongxin.accounts.rules import (
    ADMINISTRATORS,
    account_problems,
    grant_problems,
    office_closing_problems,
    reason_problems,
    unused_from,
    username_problems,
)

TODAY = dt.date(2026, 3, 1)


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("from_above", [False, True])
def test_a_grant_is_never_ones_own_and_an_administrators_comes_from_above(role, own, from_above):
    expected = []
    if own:
        expected = ["postings.own"]
    elif role in {"system_admin", "security_admin", "audit_admin"} and not from_above:
        expected = ["postings.peer"]

    assert codes(grant_problems(role, own=own, from_above=from_above)) == expected


def test_there_are_three_administrators():
    assert {str(role) for role in ADMINISTRATORS} == {
        "system_admin",
        "security_admin",
        "audit_admin",
    }


@pytest.mark.parametrize(
    ("own", "peer", "code"),
    [
        (False, False, []),
        (True, False, ["accounts.own"]),
        (False, True, ["accounts.peer"]),
        (True, True, ["accounts.own"]),
    ],
)
def test_nobody_leads_himself_or_another_into_a_peers_account(own, peer, code):
    assert codes(account_problems(own=own, peer=peer)) == code


@pytest.mark.parametrize(
    ("username", "well"),
    [
        ("li", True),
        ("wenfeng.jie-dao_2", True),
        ("l", False),
        ("", False),
        ("Li", False),
        ("2li", False),
        ("li lei", False),
        ("李雷", False),
        ("li\n", False),
        ("l" * 60, True),
        ("l" * 61, False),
    ],
)
def test_a_user_name_can_be_typed_anywhere(username, well):
    assert codes(username_problems(username)) == ([] if well else ["accounts.username"])


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("退休", []),
        ("  ", ["accounts.no_reason"]),
        ("身份证 11010519491231002X 已交", ["accounts.number"]),
    ],
)
def test_a_reason_is_given_and_holds_no_number_of_a_person(reason, code):
    assert codes(reason_problems(reason)) == code


@pytest.mark.parametrize(
    ("on", "postings", "accounts", "code"),
    [
        (TODAY, 0, 0, []),
        (TODAY + dt.timedelta(1), 0, 0, ["offices.future"]),
        (TODAY, 2, 0, ["offices.postings"]),
        (TODAY, 0, 1, ["offices.accounts"]),
        (TODAY, 1, 1, ["offices.postings", "offices.accounts"]),
    ],
)
def test_an_office_closes_when_nobody_is_left(on, postings, accounts, code):
    found = office_closing_problems(on, TODAY, postings=postings, accounts=accounts)

    assert codes(found) == code


def test_an_account_counts_as_unused_after_ninety_days():
    assert unused_from(dt.date(2026, 1, 1)) == dt.date(2026, 4, 1)
