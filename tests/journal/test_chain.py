"""Entries are chained in the order of their transactions, and the database refuses to forget."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from tests import factories as make
from tongxin.journal import triggers, verifier
from tongxin.journal.actions import action, erase_personal, note_read, record
from tongxin.journal.chain import body_of
from tongxin.journal.models import Entry, Head, PersonalValue
from tongxin.journal.rules import commitment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office(make.division("city", "甲市", "city", None), "办公室")


@action
def note(office, **told):
    return record(None, "offices.changed", office, **told)


@action
def note_many(office, names):
    for name in names:
        note(office, after={"name": name})
    with pytest.raises(ZeroDivisionError):
        note_and_fail(office)


@action
def note_and_fail(office):
    note(office)
    raise ZeroDivisionError


def whole():
    """Whether every entry's hash covers what the database gives back, and the one before."""
    digest, previous = verifier.hasher("sha256"), verifier.NOTHING
    for number, entry in enumerate(Entry.objects.order_by("sequence"), 1):
        due = verifier.entry_hash(digest, number, previous, body_of(entry))
        if (entry.sequence, entry.previous, entry.hash) != (number, previous, due):
            return False
        previous = due
    head = Head.objects.get()
    return (head.sequence, head.hash) == (Entry.objects.count(), previous)


def test_entries_are_numbered_without_a_gap_and_each_names_the_one_before(office):
    note_many(office, "一二三")
    note(office)

    assert Entry.objects.count() > 4
    assert whole()


def test_every_kind_of_value_comes_back_as_it_was_hashed(office):
    values = {
        "day": dt.date(2017, 9, 1),
        "at": dt.datetime(2017, 9, 1, 8, 30, 0, 5, tzinfo=dt.UTC),
        "money": Decimal("10.50"),
        "share": 0.1,
        "large": 1e16,
        "count": 2**40,
        "none": None,
        "yes": True,
        "words": "“同心”\n\u2028 é 😀",
        "linked": {"id": 3, "text": "甲市"},
        "list": [1, "二", [3.0]],
    }

    note(office, before=values, after={"b": 1, "a": 2}, reason="因为")

    assert whole()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_or_lose_an_entry(office, act):
    rows = Entry.objects.filter(pk=note(office).pk)

    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        rows.update(verb="offices.opened") if act == "update" else rows._raw_delete("default")

    assert rows.get().verb == "offices.changed"


def test_without_the_guard_a_change_would_pass_and_be_found(office):
    """The broken twin."""
    note(office)
    with connection.cursor() as cursor:
        for statement in triggers.drop(connection.vendor):
            cursor.execute(statement)

    Entry.objects.filter(verb="offices.changed").update(verb="offices.opened")

    assert len(triggers.missing(connection)) >= 6
    assert not whole()


def test_a_personal_value_is_kept_apart_and_its_commitment_in_the_entry(office):
    told = {"before": {"name": "张三", "room": ""}, "after": {"name": "李四", "room": "12"}}
    entry = note(office, **told, reason="调走", personal=("name", "room", "reason", "subject_name"))

    entry.refresh_from_db()
    kept = {(value.side, value.field): value for value in entry.personal.all()}
    assert (entry.subject_name, entry.before["room"]) == ("", "")
    assert {key: value.value for key, value in kept.items()} == {
        ("before", "name"): "张三",
        ("after", "name"): "李四",
        ("after", "room"): "12",
        ("facts", "reason"): "调走",
        ("name", "subject_name"): "办公室",
    }
    name = kept["before", "name"]
    assert entry.before["name"] == {"committed": commitment(name.salt, "张三")}
    assert entry.name_commitment == commitment(kept["name", "subject_name"].salt, "办公室")
    assert whole()


def test_the_same_value_twice_gives_two_commitments(office):
    first, second = (note(office, after={"name": "张三"}, personal=("name",)) for _ in range(2))

    assert first.after != second.after


@action
def forget(subjects, fields=()):
    gone = erase_personal(subjects, fields)
    record(None, "offices.changed", subjects[0], gone=gone)
    return gone


def test_erasure_takes_values_and_salts_and_leaves_the_chain_whole(office):
    other = make.office(office.division, "另一个")
    for each in (office, other):
        note(each, after={"name": "张三", "room": "12"}, personal=("name", "room", "subject_name"))

    assert forget([office], ["room"]) == 1
    assert forget([office], ["subject_name"]) == 1
    assert forget([office]) == 1
    assert set(PersonalValue.objects.values_list("entry__subject_id", flat=True)) == {other.pk}
    assert whole()


def test_personal_values_are_not_erased_outside_an_action(office):
    with pytest.raises(RuntimeError, match="outside an action"):
        erase_personal([office])


def test_a_reading_that_matters_is_an_entry_of_its_own(office):
    reader = make.account("reader")

    note_read(reader, "offices.read", office, place=office.division_id)
    entry = note_read(reader, "sites.exported", "示范点台账", place=7, rows=12)

    entry.refresh_from_db()
    assert (entry.subject_type, entry.subject_id, entry.subject_name) == ("", 0, "示范点台账")
    assert (entry.actor, entry.place_id, entry.facts) == (reader, 7, {"rows": 12})
    assert whole()


def test_a_chain_may_be_of_sm3(settings, office):
    Head.objects.all().delete()
    with connection.cursor() as cursor:
        for statement in triggers.drop(connection.vendor):
            cursor.execute(statement)
    Entry.objects.all().delete()
    settings.JOURNAL_HASH = "sm3"

    entry = note(office)

    body = body_of(entry)
    assert Head.objects.get().algorithm == "sm3"
    assert entry.hash == verifier.entry_hash(verifier.sm3, 1, verifier.NOTHING, body)
