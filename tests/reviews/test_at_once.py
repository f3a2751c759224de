"""Two people press at the same moment: one is done, the other is told, and nothing is lost."""

import threading

import pytest
from django.db import connection, connections

from tests import factories as make
from tests.reviews.desk import Desk, review_of
from tongxin.accounts.models import Account
from tongxin.core.errors import Outdated, Refused
from tongxin.registers import declaration
from tongxin.registers.actions import change
from tongxin.registers.choices import Stage
from tongxin.reviews import actions
from tongxin.reviews.models import Step


@pytest.fixture
def desk(transactional_db):
    """The people of the small world, in real transactions."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory serves one connection")
    tree = make.tree()
    pilot, city = make.programme(tree.city), make.coordinator(tree.city)
    return Desk(tree, pilot, make.clerk(tree.north), make.coordinator(tree.east), city)


def together(*acts):
    """Run acts at the same moment; return what came of each: done, or why not."""
    start, found = threading.Barrier(len(acts)), []

    def run(act):
        start.wait(10)
        try:
            act()
            found.append("done")
        except Refused as refusal:
            found.extend(problem.code for problem in refusal.problems)
        except Outdated:
            found.append("outdated")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(found)


def who(account):
    return Account.objects.get(pk=account.pk)


def test_of_two_reviewers_at_once_one_decides(desk):
    base, review = desk.enters("bases")

    found = together(
        lambda: actions.accept(review, by=who(desk.county), version=1),
        lambda: actions.give_back(review, by=who(desk.city), version=1, reason="缺材料"),
    )

    base.refresh_from_db()
    assert found == ["done", "reviews.not_waiting"]
    assert Step.objects.filter(review=review, batch__isnull=False).count() == 1
    assert base.stage == review_of(base).state != Stage.SUBMITTED


def test_a_change_and_an_acceptance_at_once_never_accept_what_nobody_read(desk):
    base, review = desk.enters("bases")
    register = declaration.get("bases")

    found = together(
        lambda: actions.accept(review, by=who(desk.county), version=1),
        lambda: change(register, base, by=who(desk.clerk), values={"operator": "后改"}),
    )

    base.refresh_from_db()
    assert found in (["done", "done"], ["done", "outdated"])
    assert (base.stage, base.operator) == (Stage.SUBMITTED, "后改")
    assert review_of(base).version == base.version


def test_two_presses_of_all_at_once_accept_each_once(desk):
    pairs = [desk.enters("bases") for _each in range(4)]
    read = {review.pk: 1 for _base, review in pairs}

    together(*[lambda: actions.accept_all(read, by=who(desk.county))] * 2)

    assert Step.objects.filter(batch__isnull=False).count() == len(pairs)
