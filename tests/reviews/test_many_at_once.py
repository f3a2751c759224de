"""What a sheet brings in waits like what a form brings in, for the price of a few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tongxin.registers import declaration
from tongxin.registers.bulk import enter_many
from tongxin.registers.choices import Stage
from tongxin.reviews.models import Review, Step

pytestmark = pytest.mark.django_db
ORGANISATIONS = declaration.get("organisations")


def row(desk, name, number):
    kinds = {"kind": "52", "status": "registered"}
    return {
        "name": name, "division": desk.tree.north, "credit_code": make.credit_code(number), **kinds
    }  # fmt: skip


def waits(record):
    """Everything that is kept of a record that waits, without its own numbers."""
    review = Review.objects.get(register=record.register_key, subject_id=record.pk)
    kept = (
        review.name, review.state, review.version, review.place_id, review.turn_id,
        review.author_id, review.opened_by_id, review.accepted, review.changed, review.hits,
        review.in_order,
    )  # fmt: skip
    steps = review.steps.order_by("id").values_list("kind", "by", "version", "reason")
    return kept, list(steps)


def test_what_came_in_one_by_one_and_what_came_together_wait_alike(desk):
    one, _review = desk.enters("organisations", name="邻里社", credit_code=make.credit_code(601))
    values = row(desk, "邻里社", 602)

    (alone,) = enter_many(ORGANISATIONS, by=desk.clerk, rows=[values])

    expected, steps = waits(alone)
    assert expected[:7] == waits(one)[0][:7]
    assert (expected[9], expected[10]) == (["same_name"], False)
    assert steps == waits(one)[1] == [("submitted", desk.clerk.pk, 1, "")]
    newest = Step.objects.order_by("-id").first()
    assert newest.values["credit_code"] == values["credit_code"]


def test_two_of_one_name_in_a_sheet_are_noticed_and_one_in_another_place_is_not(desk):
    rows = [row(desk, "同名社", 611), row(desk, "同名社", 612), row(desk, "独名社", 613)]
    make.organisation(desk.tree.south, "独名社", credit_code=make.credit_code(614))

    made = enter_many(ORGANISATIONS, by=desk.clerk, rows=rows)

    noticed = {each.pk: waits(each)[0][9] for each in made}
    assert list(noticed.values()) == [["same_name"], ["same_name"], []]


def test_what_stands_at_once_has_no_review(desk):
    enter_many(ORGANISATIONS, by=desk.county, rows=[row(desk, "县里的社", 621)])

    record = ORGANISATIONS.model.objects.get(name="县里的社")
    assert (record.stage, Review.objects.filter(subject_id=record.pk).count()) == (
        Stage.ACCEPTED, 0
    )  # fmt: skip


def test_a_hundred_that_wait_cost_little_more_than_ten(desk):
    def cost(numbers):
        rows = [row(desk, f"第{number}社", number) for number in numbers]
        with CaptureQueriesContext(connection) as counted:
            enter_many(ORGANISATIONS, by=desk.clerk, rows=rows)
        return len(counted)

    cost(range(700, 701))  # what is asked once in a process

    few, many = cost(range(710, 720)), cost(range(720, 820))
    # SQLite takes some seventy rows with one statement.
    assert many - few < 10, (few, many)
