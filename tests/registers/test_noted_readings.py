"""Who opens a restricted record is written down; who opens another is not."""

import pytest

from tests import factories as make
from tongxin.accounts.choices import Role
from tongxin.journal.models import Entry

PAGES = ("", "history/", "edit/")


def readings():
    """Who read what, in order."""
    rows = Entry.objects.filter(verb__endswith=".read").order_by("sequence")
    return [(each.actor.username, each.verb, each.subject_id, each.place_id) for each in rows]


def address(key, record, page=""):
    return f"/registers/{key}/{record.pk}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_opening_a_restricted_record_is_written_down(small, page):
    kept = small.record("sites", sensitivity="restricted")
    reader = make.coordinator(small.tree.east)

    assert make.client_of(reader).get(address("sites", kept, page)).status_code == 200

    assert readings() == [(reader.username, "sites.read", kept.pk, kept.division_id)]


def test_so_is_opening_what_refers_to_a_restricted_record(small):
    site = small.record("sites", sensitivity="restricted")
    designation = make.record("designations", site=site, by=None)
    reader = make.coordinator(small.tree.east)

    make.client_of(reader).get(address("designations", designation))

    assert [read[1:3] for read in readings()] == [("designations.read", designation.pk)]


@pytest.mark.parametrize("sensitivity", ["public", "internal"])
def test_what_everybody_of_the_territory_reads_is_not(small, sensitivity):
    open_ = small.record("sites", sensitivity=sensitivity)
    client = make.client_of(make.coordinator(small.tree.east))

    for page in PAGES:
        client.get(address("sites", open_, page))
    client.get("/registers/sites/")

    assert readings() == []


def test_who_is_shown_nothing_has_read_nothing(small):
    kept = small.record("sites", sensitivity="restricted")

    answer = make.client_of(make.clerk(small.tree.north)).get(address("sites", kept))

    assert (answer.status_code, readings()) == (404, [])


def test_the_journal_tells_of_a_reading_and_the_history_does_not(small):
    kept = small.record("sites", sensitivity="restricted")
    reader = make.coordinator(small.tree.east)
    client = make.client_of(reader)
    client.get(address("sites", kept))

    (day,) = client.get(address("sites", kept, "history/")).context["days"]
    journal = make.client_of(make.posted(Role.AUDITOR, small.tree.city)).get("/journal/?what=read")

    assert [act.verb for act in day.acts] == ["登记"]
    told = [line.act for _on, lines in journal.context["days"] for line in lines]
    assert [(act.entry.actor_id, act.verb) for act in told] == [(reader.pk, "查看")] * 2
