"""Entering many at once gives the records, entries and index that entering one by one gives."""

from decimal import Decimal

import pytest

from tests import factories as make
from tests.test_query_counts import links
from tongxin.core.errors import NotYours, Refused
from tongxin.journal.models import Entry
from tongxin.journal.verifier import NOTHING
from tongxin.registers import declaration
from tongxin.registers.actions import snapshot
from tongxin.registers.bulk import enter_many
from tongxin.registers.models import Piece

pytestmark = pytest.mark.django_db
KEYS = (
    "organisations", "sites", "designations", "visits", "activities", "bases", "intakes",
    "tenancies", "events", "trainings", "campaigns", "series", "participations",
    "brands", "recognitions", "projects", "means", "budgets", "observations",
)  # fmt: skip
EXACT = {
    "budgets": {"amount": Decimal("20000000.00")},
    "observations": {"value": Decimal("10.00")},
}
"""As the database gives them back."""


def values_of(record, register):
    names = {*register.form._meta.fields, "sensitivity", register.within, register.parent}
    if register.place == "division":
        names |= {"division", "place_text", "place_state"}
    if register.key == "observations":
        names |= {"value", "qualifier"}
    return {name: getattr(record, name) for name in names if name}


def told(record, register):
    """Everything that entering leaves behind of one record, without its own number."""
    entry = Entry.objects.get(subject_type=record._meta.label_lower, subject_id=record.pk)
    pieces = Piece.objects.filter(register=register.key, subject_id=record.pk)
    return (
        snapshot(register, record),
        (entry.verb, entry.actor_id, entry.place_id, entry.after, entry.subject_name),
        sorted(pieces.values_list("text", flat=True)),
        (record.version, record.entered_by_id, record.void),
    )


@pytest.mark.parametrize("key", KEYS)
def test_many_at_once_leave_what_one_by_one_leaves(key):
    tree = make.tree()
    pilot = make.programme(tree.city)
    register = declaration.get(key)
    values = links(pilot, tree.north, "regional_brands")[key] | EXACT.get(key, {})
    one = make.record(key, place=tree.north, of=pilot, **values)
    one = register.model.objects.get(pk=one.pk)
    expected = told(one, register)
    values = values_of(one, register)
    Piece.objects.filter(register=key).delete()
    type(one).objects.filter(pk=one.pk).delete()

    (made,) = enter_many(register, by=None, rows=[values])

    assert told(register.model.objects.get(pk=made.pk), register) == expected


def test_the_chain_goes_on():
    tree = make.tree()
    register = declaration.get("organisations")
    one = make.organisation(tree.north)
    values = values_of(one, register)
    rows = [
        values | {"name": f"社{number}", "credit_code": make.credit_code(9_000 + number)}
        for number in range(40, 60)
    ]

    enter_many(register, by=None, rows=rows)

    entries = list(Entry.objects.order_by("sequence"))
    assert [entry.previous for entry in entries] == [NOTHING, *(e.hash for e in entries[:-1])]
    assert [entry.verb for entry in entries[-20:]] == ["organisations.entered"] * 20


def test_a_row_that_the_rules_refuse_keeps_all_out_and_is_named():
    tree = make.tree()
    register = declaration.get("organisations")
    values = values_of(make.organisation(tree.north), register)
    rows = [values | {"credit_code": make.credit_code(70)}, values | {"credit_code": "123"}]

    with pytest.raises(Refused) as refusal:
        enter_many(register, by=None, rows=rows)

    assert [problem.code for problem in refusal.value.problems] == ["organisations.code_length"]
    assert "第 2 条" in str(refusal.value.problems[0])
    assert register.model.objects.count() == 1


def test_nobody_enters_many_elsewhere():
    tree = make.tree()
    register = declaration.get("organisations")
    values = values_of(make.organisation(tree.river), register)

    with pytest.raises(NotYours):
        enter_many(
            register,
            by=make.coordinator(tree.east),
            rows=[values | {"credit_code": make.credit_code(71)}],
        )


def test_many_cost_no_more_queries_than_few(django_assert_max_num_queries):
    tree = make.tree()
    register = declaration.get("organisations")
    values = values_of(make.organisation(tree.north), register)
    rows = [values | {"credit_code": make.credit_code(9_000 + n)} for n in range(100, 300)]

    with django_assert_max_num_queries(80):
        enter_many(register, by=make.coordinator(tree.east), rows=rows)
