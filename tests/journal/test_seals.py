"""Seals over the chain: who signs, what is refused, and what stops when nobody does."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.utils import timezone

from tests import factories as make
from tongxin.core.errors import Refused
from tongxin.journal import export, queries, rules, signing, triggers, verifier
from tongxin.journal.actions import action, record
from tongxin.journal.checks import nothing_in_the_journal_can_be_changed, the_key_is_out_of_reach
from tongxin.journal.models import Checkpoint, Entry, PersonalValue, SigningKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office(make.division("city", "甲市", "city", None), "办公室")


@pytest.fixture
def key(tmp_path):
    made = signing.make_key(tmp_path / "signer" / "key.pem")
    signing.enrol(made)
    return made


@action
def note(office, **told):
    return record(None, "offices.changed", office, **told)


def verified(**asked):
    return verifier.check(export.export(), **asked)


def without_the_guard():
    with connection.cursor() as cursor:
        for statement in triggers.drop(connection.vendor):
            cursor.execute(statement)


def test_what_was_written_and_sealed_is_found_whole(office, key, monkeypatch):
    monkeypatch.setattr(signing, "AT_MOST", 3)
    for number in range(7):
        note(office, after={"name": f"第{number}个"}, personal=("name",))

    made = signing.seal_all(key, "sha256")
    note(office)

    count = Entry.objects.count()
    assert made == Checkpoint.objects.count() == -(-(count - 1) // 3)
    whole, words = verified(key=signing.public_of(key), head=str(queries.head()))
    assert (whole, f"{count} entries, {count - 1} of them sealed" in words) == (True, True)
    assert "No key" not in words
    assert list(export.altered_personal_values()) == []
    assert queries.sealed_up_to() == count - 1


def test_a_second_round_seals_only_what_is_new(office, key):
    note(office)
    signing.seal_all(key, "sha256")

    assert signing.seal_all(key, "sha256") == 0
    note(office)
    assert signing.seal_all(key, "sha256") == 1
    assert verified()[0]


def test_a_key_follows_another_only_with_its_signature(office, key, tmp_path):
    note(office)
    signing.seal_all(key, "sha256")
    second, stranger = (signing.make_key(tmp_path / f"{name}.pem") for name in "ab")

    for wrong in (None, stranger):
        with pytest.raises(signing.Unsound):
            signing.enrol(second, by=wrong)
    signing.enrol(second, by=key)

    with pytest.raises(signing.Unsound, match="not the newest"):
        signing.seal(key, "sha256")
    signing.seal_all(second, "sha256")
    assert SigningKey.objects.count() == 2
    for pinned in (key, second):
        assert verified(key=signing.public_of(pinned))[0]
    assert not verified(key=signing.public_of(stranger))[0]
    assert Entry.objects.filter(verb="journal.key_added").count() == 2


def test_a_key_file_is_its_owners_and_never_written_over(tmp_path):
    file = tmp_path / "new" / "key.pem"
    made = signing.make_key(file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert signing.public_of(signing.read_key(file)) == signing.public_of(made)
    with pytest.raises(FileExistsError):
        signing.make_key(file)


def test_the_signer_seals_nothing_that_was_altered(office, key):
    altered = note(office)
    note(office)
    without_the_guard()
    Entry.objects.filter(pk=altered.pk).update(actor=make.account("stranger"))

    with pytest.raises(signing.Unsound, match=f"entry {altered.sequence} "):
        signing.seal(key, "sha256")

    assert not Checkpoint.objects.exists()
    assert f"BROKEN at entry {altered.sequence} " in verified()[1]


def test_the_end_of_the_journal_cannot_be_taken_off_unnoticed_by_who_holds_its_head(office, key):
    kept = note(office)
    gone = note(office)
    head = str(queries.head())
    without_the_guard()
    Entry.objects.filter(pk=gone.pk).delete()

    assert verified()[0]
    assert f"BROKEN at entry {kept.sequence + 1} " in verified(head=head)[1]


def test_a_seal_over_entries_that_are_gone_is_noticed(office, key):
    gone = note(office)
    signing.seal_all(key, "sha256")
    without_the_guard()
    Entry.objects.filter(pk=gone.pk).delete()

    assert f"BROKEN at entry {gone.sequence} " in verified()[1]


def test_an_altered_personal_value_is_found(office, key):
    note(office, after={"name": "张三"}, personal=("name", "subject_name"))
    PersonalValue.objects.filter(field="name").update(value="李四")

    assert [value.field for value in export.altered_personal_values()] == ["name"]


def test_the_export_holds_no_personal_value(office, key):
    note(office, after={"name": "张三"}, personal=("name", "subject_name"))

    assert "张三" not in b"".join(export.export()).decode()


def test_every_line_of_the_export_is_json(office, key):
    note(office)
    signing.seal_all(key, "sha256")

    kinds = [min(json.loads(line)) for line in export.export()]
    assert kinds[0] == "algorithm"
    assert set(kinds) == {"algorithm", "key", "entry", "checkpoint", "end"}


def later(monkeypatch, hours):
    now = timezone.now() + dt.timedelta(hours=hours)
    monkeypatch.setattr(queries.timezone, "now", lambda: now)


@pytest.mark.parametrize(("hours", "problems"), [(3.9, 0), (4.1, 1)])
def test_four_hours_without_a_seal_are_too_long(office, key, monkeypatch, hours, problems):
    note(office)

    later(monkeypatch, hours)

    assert len(queries.sealing_problems()) == problems


def test_once_sealed_nothing_is_in_the_way(office, key, monkeypatch):
    note(office)
    signing.seal_all(key, "sha256")

    later(monkeypatch, 400)

    assert queries.sealing_problems() == []


def test_where_no_key_was_ever_enrolled_nothing_waits_for_seals(office, monkeypatch):
    note(office)

    later(monkeypatch, 400)

    assert queries.sealing_problems() == []


def test_patience_is_counted_from_the_oldest_entry_that_waits():
    now = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)

    assert not rules.stopped(None, now)
    assert not rules.stopped(now - rules.PATIENCE, now)
    assert rules.stopped(now - rules.PATIENCE - dt.timedelta(seconds=1), now)


def test_without_seals_money_stops_and_the_rest_goes_on(key, monkeypatch):
    tree = make.tree()
    pilot = make.programme(tree.city)
    budget = make.record("budgets", place=tree.city, of=pilot)
    from tongxin.registers import actions, declaration

    register = declaration.get("budgets")
    later(monkeypatch, 5)

    with pytest.raises(Refused) as refusal:
        actions.change(register, budget, by=None, values={"amount": budget.amount + 1})
    with pytest.raises(Refused):
        actions.set_void(register, budget, by=None, void=True, reason="错")
    with pytest.raises(Refused):
        make.record("budgets", place=tree.north, of=pilot)

    assert [problem.code for problem in refusal.value.problems] == ["journal.unsealed"]
    assert make.record("campaigns", place=tree.city, of=pilot).pk
    signing.seal_all(key, "sha256")
    actions.change(register, budget, by=None, values={"amount": budget.amount + 1})


def test_a_database_without_its_guard_is_not_served(office):
    assert nothing_in_the_journal_can_be_changed(databases=["default"]) == []
    without_the_guard()

    (problem,) = nothing_in_the_journal_can_be_changed(databases=["default"])
    assert problem.id == "tongxin.E003"


def test_a_process_that_can_read_the_key_says_so(settings, tmp_path):
    settings.SIGNING_KEY = tmp_path / "key.pem"
    assert the_key_is_out_of_reach() == []

    signing.make_key(settings.SIGNING_KEY)

    assert [problem.id for problem in the_key_is_out_of_reach()] == ["tongxin.W001"]
