"""Agreeing and its end: a name lives as long as its consent, and the table sees to it."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import factories as make
from tongxin.core.errors import NotYours, Refused
from tongxin.journal.models import Entry
from tongxin.participants import actions
from tongxin.participants.jobs import end_expired_consents
from tongxin.participants.models import Consent, Erasure, Participant
from tongxin.participants.permissions import may_know
from tongxin.participants.queries import run_out, without_consent

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def agreed(small, name="张同意", *, by=None, **said):
    return actions.agree(by=by, division=small.tree.north, said=make.agreement(name, **said))


def test_agreeing_keeps_the_name_with_the_words_that_were_read(small):
    consent = agreed(small, "  张同意 ")

    assert consent.participant.name == "张同意"
    assert (consent.wording, len(consent.wording_hash), consent.purposes) == (
        "2026-11",
        64,
        "listed",
    )
    assert (consent.ended_at, consent.ending) == (None, "")


def test_without_consent_nothing_is_kept(small):
    with pytest.raises(Refused, match=r"participants\.no_consent"):
        agreed(small, purposes=())

    assert (Participant.objects.count(), Consent.objects.count()) == (0, 0)


def test_the_journal_tells_that_somebody_agreed_and_not_who(small):
    agreed(small, "金丝雀八十八")

    entry = Entry.objects.get(verb="participants.agreed")
    assert "金丝雀" not in json.dumps([entry.subject_name, entry.before, entry.after, entry.facts])


def test_the_end_of_a_consent_erases_the_name_and_keeps_the_proof(small, home):
    consent = agreed(small)

    actions.end(consent, by=small.account, ending="withdrawn")

    consent.refresh_from_db()
    assert not Participant.objects.exists()
    assert (consent.participant, consent.ending, consent.wording) == (None, "withdrawn", "2026-11")
    assert Erasure.objects.get().subject == "participant"


def test_ending_twice_ends_once(small):
    consent = agreed(small)

    actions.end(consent, by=None, ending="withdrawn")
    again = actions.end(consent, by=None, ending="asked")

    assert again.ending == "withdrawn"
    assert Entry.objects.filter(verb__startswith="participants.").count() == 2


def test_whoever_keeps_the_registers_of_the_place_may_end_it_and_nobody_else(small):
    consent = agreed(small)

    with pytest.raises(NotYours):
        actions.end(consent, by=make.clerk(small.tree.river), ending="withdrawn")
    actions.end(consent, by=make.clerk(small.tree.north), ending="withdrawn")


def test_a_name_is_known_to_the_cleared_and_to_whoever_entered_it(small):
    author = make.clerk(small.tree.north)
    consent = agreed(small, by=author)

    known = {
        "author": may_know(author, consent),
        "colleague": may_know(make.clerk(small.tree.north), consent),
        "coordinator": may_know(make.coordinator(small.tree.east), consent),
        "auditor": may_know(make.posted("auditor", small.tree.city), consent),
        "elsewhere": may_know(make.coordinator(small.tree.west), consent),
        "expert": may_know(make.posted("expert", small.tree.city), consent),
    }
    assert known == {
        "author": True,
        "colleague": False,
        "coordinator": True,
        "auditor": True,
        "elsewhere": False,
        "expert": False,
    }


def test_what_has_expired_goes_with_the_next_run_of_the_job(small, home):
    today = timezone.localdate()
    agreed(small, "甲", expires_on=today + DAY)
    agreed(small, "乙", expires_on=today + 2 * DAY)

    assert list(run_out(today)) == []
    assert actions.end_those_run_out(today + DAY) == 1
    assert [each.name for each in Participant.objects.all()] == ["乙"]
    assert Consent.objects.get(ended_at__isnull=False).ending == "expired"


def test_the_job_comes_back_by_itself_once(small):
    end_expired_consents.call()
    end_expired_consents.call()

    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"wording": "forged"},
        {"given_on": dt.date(2001, 1, 1)},
        {"purposes": "listed,contact"},
        {"expires_on": dt.date(2099, 1, 1)},
    ],
)
def test_the_table_itself_refuses_to_change_a_consent(small, change):
    consent = agreed(small)

    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**change)


def test_the_table_itself_refuses_an_ended_consent_with_a_person_and_a_live_one_without(small):
    consent, other = agreed(small), agreed(small, "李同意")
    now = timezone.now()

    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(ended_at=now, ending="withdrawn")
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(participant=None)
    consent.pk, consent.participant = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        consent.save(force_insert=True)
    actions.end(other, by=None, ending="withdrawn")
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=other.pk).update(ended_at=None, ending="")


def test_a_person_with_a_live_consent_cannot_be_deleted_behind_its_back(small):
    consent = agreed(small)

    with pytest.raises(IntegrityError), transaction.atomic():
        delete_people_by_hand()
    assert not without_consent().exists()
    assert consent.participant is not None


def delete_people_by_hand():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM participants_participant")
    connection.check_constraints()
