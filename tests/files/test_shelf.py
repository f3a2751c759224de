"""The shelf: nobody else reads it, what is amiss is found, what was left behind is swept away."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from tests import factories as make
from tests.files import samples
from tongxin.command import steps
from tongxin.files import storage
from tongxin.files.actions import attach, sweep
from tongxin.files.gate import inspect
from tongxin.files.models import Revision
from tongxin.files.queries import amiss
from tongxin.files.storage import discard, lying, put, shelf
from tongxin.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf_of_its_own(tmp_path, settings):
    """A folder for one test."""
    mine = settings.STORAGES["attachments"] | {}
    mine["OPTIONS"] = mine["OPTIONS"] | {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {"attachments": mine}


@pytest.fixture
def revision():
    tree = make.tree()
    site = make.site(make.programme(tree.city), tree.north)
    attach(
        by=None,
        register="sites",
        subject=site,
        passed=inspect("批文.pdf", "", samples.PDF),
        sensitivity="internal",
        place=site.division_id,
    )
    return Revision.objects.get()


def test_contents_are_readable_by_the_server_only(revision):
    path = Path(shelf().path(revision.stored))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_address_leads_to_the_folder(revision):
    with pytest.raises(ValueError, match="has no address"):
        shelf().url(revision.stored)


def test_two_contents_never_share_a_name():
    names = [put(b"the same") for _each in range(50)]

    assert len(set(names)) == 50
    assert {len(name) for name in names} == {35}


def test_a_whole_shelf_has_nothing_amiss(revision):
    assert list(amiss()) == []


def test_an_altered_and_a_missing_content_are_found(revision):
    with shelf().open(revision.stored, "wb") as content:
        content.write(b"other")
    altered = [(each.what, each.revision) for each in amiss()]
    discard(revision.stored)

    assert altered == [("altered", revision)]
    assert [(each.what, each.revision) for each in amiss()] == [("missing", revision)]


def test_what_an_upload_left_behind_is_swept_away_after_an_hour_and_nothing_else(
    revision, monkeypatch
):
    left = put(b"of an upload that was cut off")
    entries = Entry.objects.count()

    assert sweep() == 0
    monkeypatch.setattr(storage, "STALE", timedelta(seconds=-1))

    assert [each.stored for each in amiss()] == [left]
    steps.check_files()
    assert left in lying()
    steps.check_files(clear=True)
    assert sorted(lying()) == [revision.stored]
    assert Entry.objects.count() == entries


def test_the_command_names_what_is_amiss(revision, capsys):
    steps.check_files()
    whole = capsys.readouterr().out
    discard(revision.stored)

    with pytest.raises(steps.typer.Exit) as ended:
        steps.check_files()

    assert whole.strip() == "1 files, 0 amiss, 0 unknown"
    assert ended.value.exit_code == 1
    assert f"missing {revision.stored} sites, attachment" in capsys.readouterr().out
