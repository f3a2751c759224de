"""Anybody tries to give, end and correct anybody's posting: only what the policy allows is done."""

import pytest

from tests.proof import grants, land
from tests.proof.planting import Fault
from tongxin.accounts.models import Account

pytestmark = pytest.mark.django_db
STEPS = 800


def without(code):
    """A twin that forgets one of the problems that a rule names."""
    return lambda right: lambda *args, **how: (p for p in right(*args, **how) if p.code != code)


GRANT_RULES, POSTING_RULES = "accounts.rules:grant_problems", "accounts.rules:posting_problems"
TWINS = (
    Fault("one grants oneself", GRANT_RULES, without("postings.own")),
    Fault("administrators are made by their like", GRANT_RULES, without("postings.peer")),
    Fault("administrators are not apart", POSTING_RULES, without("postings.separation")),
    Fault("days in one office overlap", POSTING_RULES, without("postings.overlap")),
    Fault("a posting ends before it begins", POSTING_RULES, without("postings.order")),
    Fault(
        "a posting given ends no session",
        "accounts.actions.postings:end_sessions",
        lambda _right: lambda _account: None,
        local=True,
    ),
    Fault(
        "grants reach everywhere",
        "accounts.actions.postings:holds",
        lambda _right: lambda *_asked: True,
        local=True,
    ),
    Fault("one switches oneself off", "accounts.rules:account_problems", without("accounts.own")),
)


def machine(seed):
    places = land.land()
    return grants.Machine(places, land.oracle(), seed)


@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_tries_whatever_only_what_the_policy_allows_is_done(seed):
    walked = machine(seed).walk(STEPS)

    assert walked.wrong == []
    assert walked.tried > STEPS * 0.9
    assert walked.done > STEPS * 0.04  # far from none: the machine does not only ask in vain


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_a_product_that_forgets_a_rule_of_granting_is_caught(twin):
    made = machine(1)

    with twin.planted():
        walked = made.walk(STEPS)

    assert walked.wrong != []


def test_the_walk_is_the_same_each_time():
    first = machine(5).walk(60)
    before = Account.objects.count()

    assert (first.tried, first.wrong) == (60, [])
    assert before == grants.FEW
