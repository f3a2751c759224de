"""The list of erasures beside the database, and what it does to a copy that is brought back."""

import pytest
from django.db import transaction

from tests import factories as make
from tongxin.core import erasures
from tongxin.participants import actions
from tongxin.participants.models import Participant


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_every_erasure_is_written_beside_the_database(home):
    tree = make.tree()
    consent = actions.agree(by=None, division=tree.north, said=make.agreement())
    key = str(consent.participant.key)

    actions.end(consent, by=None, ending="withdrawn")

    assert list(erasures.listed()) == [("participant", key)]
    assert (home / "erasures.jsonl").stat().st_mode & 0o777 == 0o600
    with (home / "erasures.jsonl").open("a") as file:
        file.write('{"at": "20')
    assert list(erasures.listed()) == [("participant", key)]


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_no_line_beside_the_database(home):
    tree = make.tree()
    consent = actions.agree(by=None, division=tree.north, said=make.agreement())

    with transaction.atomic():
        actions.end(consent, by=None, ending="withdrawn")
        transaction.set_rollback(True)

    assert list(erasures.listed()) == []
    assert Participant.objects.count() == 1
