"""A change and its entry stand or fall together."""

import pytest
from django.db import transaction

from tests import factories as make
from tongxin.accounts.models import Office
from tongxin.journal.actions import UnrecordedChange, acting, action, record, unchanged
from tongxin.journal.models import Entry
from tongxin.journal.queries import entries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office(make.division("city", "甲市", "city", None), "办公室")


@action
def rename(office, name, *, by=None):
    before = {"name": office.name}
    office.name = name
    office.save(update_fields=["name"])
    return record(by, "offices.renamed", office, before=before, after={"name": name}, place=7)


@action
def rename_in_silence(office, name):
    """The broken twin: it changes a row and tells nobody."""
    office.name = name
    office.save(update_fields=["name"])


@action
def rename_twice(office, first, second):
    rename(office, first)
    rename(office, second)


@action
def rename_loudly_then_in_silence(office, first, second):
    rename(office, first)
    rename_in_silence(office, second)


@action
def look(office):
    unchanged()
    return office.name


@action
def fail_after_writing(office):
    rename(office, "新名")
    raise ValueError("later")


def name_of(office):
    return Office.objects.get(pk=office.pk).name


def test_a_change_leaves_its_entry_with_before_and_after(office):
    clerk = make.account("clerk")

    entry = rename(office, "新办公室", by=clerk)

    entry.refresh_from_db()
    assert (entry.actor, entry.verb, entry.place_id) == (clerk, "offices.renamed", 7)
    assert (entry.before, entry.after) == ({"name": "办公室"}, {"name": "新办公室"})
    assert (entry.subject_type, entry.subject_id) == ("accounts.office", office.pk)
    assert entry.subject_name == "新办公室"
    assert entry.at is not None


def test_a_change_without_an_entry_is_undone(office):
    with pytest.raises(UnrecordedChange, match="rename_in_silence"):
        rename_in_silence(office, "新名")

    assert name_of(office) == "办公室"


def test_nested_actions_each_leave_their_entry(office):
    rename_twice(office, "一", "二")

    told = [(entry.before.get("name"), entry.after["name"]) for entry in entries_of(office)]
    assert told == [("一", "二"), ("办公室", "一"), (None, "办公室")]
    assert name_of(office) == "二"


def test_a_silent_inner_action_undoes_the_outer_one_too(office):
    known = Entry.objects.count()

    with pytest.raises(UnrecordedChange):
        rename_loudly_then_in_silence(office, "一", "二")

    assert (name_of(office), Entry.objects.count()) == ("办公室", known)


def test_an_action_that_found_nothing_to_change_owes_no_entry(office):
    known = Entry.objects.count()

    assert look(office) == "办公室"
    assert Entry.objects.count() == known


def test_a_failure_after_the_entry_undoes_both(office):
    known = Entry.objects.count()

    with pytest.raises(ValueError, match="later"):
        fail_after_writing(office)

    assert (name_of(office), Entry.objects.count()) == ("办公室", known)


def test_an_entry_cannot_be_written_outside_an_action(office):
    with pytest.raises(RuntimeError, match="outside an action"):
        record(None, "offices.renamed", office)


def test_after_a_failed_action_no_action_is_under_way(office):
    with pytest.raises(UnrecordedChange), transaction.atomic():
        rename_in_silence(office, "新名")

    assert not acting()


def test_the_system_itself_is_an_actor_without_an_account(office):
    assert rename(office, "新名").actor is None
