"""Changing, voiding and bringing back many at once leaves what the same one by one leaves."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.registers.test_entering_many import KEYS
from tests.test_query_counts import links
from tongxin.core.errors import NotYours, Outdated, Problem, Refused
from tongxin.journal.models import Entry
from tongxin.organisations.models import Organisation
from tongxin.registers import bulk_changes, declaration
from tongxin.registers.actions import change, set_void, snapshot
from tongxin.registers.bulk_changes import Wanted, change_many, void_many
from tongxin.registers.choices import Stage
from tongxin.registers.models import Piece
from tongxin.reviews.models import Review, Step

pytestmark = pytest.mark.django_db
ORGANISATIONS = declaration.get("organisations")


def plain(rows, register):
    """Rows as values, without moments and the numbers of rows that were only just made."""
    at = {
        pk: n
        for n, pk in enumerate(register.model.objects.order_by("pk").values_list("pk", flat=True))
    }
    kind = register.model._meta.label_lower
    for values in rows.values():
        if values.get("subject_type", kind) == kind and "subject_id" in values:
            values["subject_id"] = at[values["subject_id"]]
        yield {
            name: value
            for name, value in values.items()
            if name not in {"id", "review_id", "hash", "previous", "salt", "entry_id"}
            and not isinstance(value, dt.datetime)
        }


def told(register):
    """Everything that a change leaves behind."""
    pieces = Piece.objects.filter(register=register.key)
    return {
        "records": [
            (snapshot(register, each), each.version, each.void, each.stage, each.sort_key)
            for each in register.model.objects.order_by("pk")
        ],
        "entries": list(plain(Entry.objects.order_by("sequence"), register)),
        "index": sorted(
            each["text"] + f" {each['subject_id']}" for each in plain(pieces, register)
        ),
        "reviews": sorted(map(repr, plain(Review.objects.filter(register=register.key), register))),
        "steps": sorted(map(repr, plain(Step.objects.all(), register))),
    }


def after(work, register):
    """What some work leaves behind, which is then undone."""
    with transaction.atomic():
        work()
        found = told(register)
        transaction.set_rollback(True)
    return found


def other_values(register, number):
    """Values to which records of any register may be changed."""
    values = {"sensitivity": "public"}
    for name in register.form._meta.fields:
        field = register.model._meta.get_field(name)
        free = isinstance(field, models.CharField | models.TextField) and not field.choices
        if free and name not in {"credit_code", *register.codes}:
            values[name] = f"改{number}过的"[: field.max_length]
    return values


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("by", ["system", "clerk"])
def test_many_changed_at_once_leave_what_one_by_one_leaves(key, by):
    tree = make.tree()
    pilot = make.programme(tree.city)
    register = declaration.get(key)
    shared = links(pilot, tree.north, "regional_brands")[key]
    made = [make.record(key, place=tree.north, of=pilot, **shared)]
    if key not in {"designations", "observations", "budgets", "participations", "means"}:
        made.append(make.record(key, place=tree.north, of=pilot, **shared))
    who = None if by == "system" else make.clerk(tree.north)
    rows = [Wanted(each, other_values(register, at), each.version) for at, each in enumerate(made)]

    def alone():
        for row in rows:
            change(register, row.subject, by=who, values=row.values, version=row.version)

    def together():
        change_many(register, by=who, rows=rows)

    try:
        expected = after(alone, register)
    except (NotYours, Refused) as refusal:
        with pytest.raises(type(refusal)):
            together()
    else:
        assert after(together, register) == expected


@pytest.mark.parametrize("key", ["organisations", "sites", "tenancies", "campaigns"])
def test_many_voided_and_brought_back_leave_what_one_by_one_leaves(key):
    tree = make.tree()
    pilot = make.programme(tree.city)
    register = declaration.get(key)
    shared = links(pilot, tree.north, "regional_brands")[key]
    made = [make.record(key, place=tree.north, of=pilot, **shared) for _number in range(2)]
    who = make.clerk(tree.north)

    def alone():
        for void, reason in ((True, "登错了"), (False, "")):
            for each in made:
                set_void(register, each, by=who, void=void, reason=reason)

    def together():
        for void, reason in ((True, "登错了"), (False, "")):
            void_many(register, made, by=who, void=void, reason=reason)

    assert after(together, register) == after(alone, register)


@pytest.fixture
def town():
    tree = make.tree()
    return SimpleNamespace(north=tree.north, south=tree.south, clerk=make.clerk(tree.north))


def organisations(town, count):
    number = Organisation.objects.count()
    return [
        make.organisation(town.north, f"旧{at}社", credit_code=make.credit_code(400 + at))
        for at in range(number, number + count)
    ]


def renamed(made):
    return [Wanted(each, {"name": f"新{each.pk}社"}, each.version) for each in made]


def test_what_waits_already_goes_on_waiting_as_it_was_corrected(town):
    made = organisations(town, 3)
    change_many(ORGANISATIONS, by=town.clerk, rows=renamed(made))
    rows = [
        Wanted(each, {"work": "助老", "name": f"又{each.pk}社"}, each.version)
        for each in Organisation.objects.all()
    ]

    def alone():
        for row in rows:
            change(ORGANISATIONS, row.subject, by=town.clerk, values=row.values)

    def together():
        change_many(ORGANISATIONS, by=town.clerk, rows=rows)

    assert after(together, ORGANISATIONS) == after(alone, ORGANISATIONS)


def test_one_that_was_changed_since_it_was_read_keeps_all_out(town):
    made = organisations(town, 3)
    change(ORGANISATIONS, made[1], by=None, values={"work": "改过"})
    known = told(ORGANISATIONS)

    with pytest.raises(Outdated):
        change_many(ORGANISATIONS, by=town.clerk, rows=renamed(made))

    assert told(ORGANISATIONS) == known


def test_one_that_moved_between_reading_and_writing_is_not_overwritten(town, monkeypatch):
    made = organisations(town, 3)
    known = told(ORGANISATIONS)

    def meanwhile(*_given, **_more):
        Organisation.objects.filter(pk=made[2].pk).update(version=9)

    monkeypatch.setattr(bulk_changes, "refuse_unsealed", meanwhile)
    with pytest.raises(Outdated):
        change_many(ORGANISATIONS, by=town.clerk, rows=renamed(made))

    assert told(ORGANISATIONS) == known


def test_one_of_another_place_keeps_all_out(town):
    made = [*organisations(town, 2), make.organisation(town.south, "南社")]

    with pytest.raises(NotYours):
        change_many(ORGANISATIONS, by=town.clerk, rows=renamed(made))
    with pytest.raises(NotYours):
        void_many(ORGANISATIONS, made, by=town.clerk, void=True, reason="登错了")

    assert not Organisation.objects.exclude(version=1).exists()


def test_a_row_that_the_rules_refuse_is_named(town):
    made = organisations(town, 2)
    rows = [*renamed(made[:1]), Wanted(made[1], {"credit_code": "123"})]

    with pytest.raises(Refused) as refusal:
        change_many(ORGANISATIONS, by=None, rows=rows)

    assert "第 2 条" in str(refusal.value.problems[0])
    assert not Organisation.objects.exclude(version=1).exists()


def test_nobody_hides_many_records_from_himself(town):
    made = organisations(town, 2)
    rows = [Wanted(each, {"sensitivity": "restricted"}) for each in made]

    def alone():
        change(ORGANISATIONS, made[0], by=town.clerk, values={"sensitivity": "restricted"})

    for work in (alone, lambda: change_many(ORGANISATIONS, by=town.clerk, rows=rows)):
        with pytest.raises(Refused) as refusal:
            work()
        assert [each.code for each in refusal.value.problems] == ["registers.out_of_sight"]


def test_what_changes_nothing_leaves_no_entry(town):
    made = organisations(town, 2)
    known = Entry.objects.count()

    change_many(ORGANISATIONS, by=None, rows=[Wanted(each, {"name": each.name}) for each in made])
    void_many(ORGANISATIONS, made, by=None, void=False)

    assert Entry.objects.count() == known


def test_a_code_that_another_took_meanwhile_is_not_brought_back(town):
    made = organisations(town, 2)
    void_many(ORGANISATIONS, made, by=None, void=True, reason="登错了")
    make.organisation(town.north, "别的社", credit_code=made[1].credit_code)

    with pytest.raises(Refused) as refusal:
        void_many(ORGANISATIONS, made, by=None, void=False)

    assert [each.code for each in refusal.value.problems] == ["organisations.code_taken"]
    assert Organisation.objects.filter(void=True).count() == 2


def test_voiding_many_asks_for_a_reason(town):
    with pytest.raises(Refused):
        void_many(ORGANISATIONS, organisations(town, 2), by=None, void=True, reason=" ")


def test_rules_that_ask_about_each_record_see_what_two_rows_do_to_each_other(town, monkeypatch):
    def one_of_a_name(values, record):
        others = Organisation.objects.filter(name=values["name"]).exclude(pk=record.pk)
        return [Problem("twins", "有两个")] if others.exists() else []

    register = replace(ORGANISATIONS, check_rows=lambda _rows: one_of_a_name)
    rows = [Wanted(each, {"name": "同名社"}) for each in organisations(town, 2)]

    with pytest.raises(Refused):
        change_many(register, by=None, rows=rows)


def test_fifty_cost_the_queries_of_five(town):
    def cost(work):
        with CaptureQueriesContext(connection) as counted:
            work()
        return len(counted)

    def costs(count):
        made = organisations(town, count)
        yield cost(lambda: change_many(ORGANISATIONS, by=town.clerk, rows=renamed(made)))
        yield cost(
            lambda: change_many(
                ORGANISATIONS,
                by=town.clerk,
                rows=[Wanted(each, {"name": f"再{each.pk}社"}) for each in made],
            )
        )
        for void in (True, False):
            yield cost(
                lambda void=void: void_many(
                    ORGANISATIONS, made, by=town.clerk, void=void, reason="登错了"
                )
            )
        assert {each.stage for each in Organisation.objects.all()} <= {Stage.DRAFT, Stage.SUBMITTED}

    list(costs(2))  # what is asked once in a process
    assert list(costs(5)) == list(costs(50))
