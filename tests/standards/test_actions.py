"""Standards are founded, changed, published for good, and thrown away; each leaves an entry."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from tests import factories as make
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.journal.models import Entry
from tongxin.standards import queries
from tongxin.standards.actions import begin_draft, change, discard, found, publish, seed
from tongxin.standards.choices import State
from tongxin.standards.models import Standard, Version
from tongxin.standards.rules import editing
from tongxin.standards.rules.writing import canonical, fingerprint

pytestmark = pytest.mark.django_db


def verbs():
    return list(
        Entry.objects.filter(verb__startswith="standards.")
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def shorter(version, code="11"):
    return editing.removed(version.tree, code)


def test_the_supplied_standards_are_loaded_once_and_published():
    loaded = seed()

    assert loaded == queries.supplied_keys()
    assert seed() == ()
    assert set(Version.objects.values_list("state", "number")) == {(State.PUBLISHED, 1)}
    assert verbs() == ["standards.published"] * len(loaded)
    assert queries.newest("makerspace-incubating").tree == queries.supplied("makerspace-incubating")


def test_a_newer_supplied_version_is_published_beside_the_old_one(monkeypatch):
    seed()
    newer = replace(queries.supplied("makerspace-incubating"), note="改过")
    monkeypatch.setattr("tongxin.standards.actions.writing.all_supplied", lambda: [newer])

    assert seed() == ("makerspace-incubating",)
    assert seed() == ()

    found_now = queries.newest("makerspace-incubating")
    assert (found_now.number, found_now.tree.note) == (2, "改过")


def test_a_standard_of_somebody_keeps_its_key_from_the_supplied_one(tree, writer):
    found(by=writer, division_id=tree.city.pk, key="makerspace-incubating", name="自己的")

    assert "makerspace-incubating" not in seed()


def test_a_standard_is_founded_as_a_copy_that_names_where_it_comes_from(draft, tree):
    content = draft.tree

    assert (draft.state, draft.number, content.key) == (State.DRAFT, 1, "city-table")
    assert content.sources[0] == "底稿：众创空间评价表（孵化型），第 1 版"
    assert (content.note, content.example) == ("", False)
    assert Entry.objects.get(verb="standards.founded").place_id == tree.city.pk


@pytest.mark.parametrize("key", ["大写", "A", "", "a b", "city-table", "new"])
def test_a_key_that_cannot_be_is_refused(draft, tree, writer, key):
    with pytest.raises(Refused, match="key"):
        found(by=writer, division_id=tree.city.pk, key=key, name="x")


def test_nobody_founds_or_changes_a_standard_outside_their_own_divisions(tree, draft):
    county = make.coordinator(tree.east)
    clerk = make.clerk(tree.city)

    for stranger in (county, clerk):
        with pytest.raises(NotYours):
            found(by=stranger, division_id=tree.city.pk, key="x", name="x")
        with pytest.raises(NotYours):
            change(draft, shorter(draft), by=stranger, seen=1)
        with pytest.raises(NotYours):
            publish(draft, by=stranger, seen=1)
        with pytest.raises(NotYours):
            discard(draft, by=stranger, seen=1)
        with pytest.raises(NotYours):
            begin_draft(draft.standard, by=stranger)


def test_nobody_writes_what_came_with_the_product(writer):
    seed()

    with pytest.raises(NotYours):
        begin_draft(Standard.objects.get(key="makerspace-incubating"), by=writer)


def test_a_change_keeps_text_and_hash_together_and_tells_the_journal_what_changed(draft, writer):
    changed = change(draft, shorter(draft), by=writer, seen=1)

    again = Version.objects.get(pk=draft.pk)
    assert (changed.revision, again.revision) == (2, 2)
    assert (again.text, again.sha256) == (canonical(again.tree), fingerprint(again.tree))
    entry = Entry.objects.get(verb="standards.changed")
    assert entry.after == {"11": {"change": "removed", "text": "吸纳人才"}}


def test_a_change_that_changes_nothing_leaves_no_entry(draft, writer):
    change(draft, draft.tree, by=writer, seen=1)

    assert "standards.changed" not in verbs()


def test_a_change_made_from_an_older_revision_is_outdated(draft, writer):
    change(draft, shorter(draft), by=writer, seen=1)

    with pytest.raises(Outdated):
        change(draft, shorter(draft, "10"), by=writer, seen=1)


def test_two_clauses_of_one_code_are_refused(draft, writer):
    twice = editing.added(draft.tree, editing.found(draft.tree, "3"))

    with pytest.raises(Refused, match="same_code"):
        change(draft, twice, by=writer, seen=1)


def test_a_draft_that_is_not_in_order_is_kept_but_not_published(draft, writer):
    change(draft, shorter(draft), by=writer, seen=1)

    with pytest.raises(Refused, match=r"standards\.sum"):
        publish(draft, by=writer, seen=2)

    assert Version.objects.get(pk=draft.pk).state == State.DRAFT


def test_a_published_version_is_changed_by_nobody(published, writer):
    for act in (publish, discard):
        with pytest.raises(Refused, match="frozen"):
            act(published, by=writer, seen=1)
    with pytest.raises(Refused, match="frozen"):
        change(published, shorter(published), by=writer, seen=1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE standards_version SET text = 'x' WHERE id = %s",
        "UPDATE standards_version SET state = 'draft' WHERE id = %s",
        "DELETE FROM standards_version WHERE id = %s",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(published, statement):
    with (
        pytest.raises(DatabaseError, match="frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [published.pk])

    assert Version.objects.get(pk=published.pk).state == State.PUBLISHED


def test_the_database_lets_a_draft_be_changed(draft):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE standards_version SET revision = 9 WHERE id = %s", [draft.pk])

    assert Version.objects.get(pk=draft.pk).revision == 9


def test_the_next_version_begins_as_a_copy_and_only_one_is_begun(published, writer):
    second = begin_draft(published.standard, by=writer)

    assert (second.number, second.state) == (2, State.DRAFT)
    assert replace(second.tree, version="1") == published.tree
    assert begin_draft(published.standard, by=writer) == second
    assert queries.newest("city-table") == published


def test_a_draft_is_thrown_away_and_the_published_version_stays(published, writer):
    second = begin_draft(published.standard, by=writer)

    discard(second, by=writer, seen=1)

    assert list(Version.objects.filter(standard=published.standard)) == [published]


def test_a_standard_of_which_nothing_was_published_goes_with_its_draft(draft, writer):
    discard(draft, by=writer, seen=1)

    assert not Standard.objects.filter(key="city-table").exists()
    assert verbs()[-1] == "standards.discarded"


def test_renaming_renames_the_standard(draft, writer):
    change(draft, replace(draft.tree, name="新名"), by=writer, seen=1)

    assert Standard.objects.get(key="city-table").name == "新名"


def test_a_clause_moves_among_those_beside_it(draft, writer):
    up = editing.moved(draft.tree, "2", -1)
    top = editing.moved(draft.tree, "1", -1)

    assert [each.code for each in up.clauses[:3]] == ["2", "1", "3"]
    assert top == draft.tree
    assert sum(each.maximum for each in up.clauses) == Decimal(100)
