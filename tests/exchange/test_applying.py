"""A workbook is applied as a whole and undone as a whole; its journal stays chained."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import factories as make
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.exchange import actions, uploads
from tongxin.exchange.choices import State
from tongxin.exchange.models import Batch, Line
from tongxin.exchange.queries import built_on, fingerprint
from tongxin.journal.actions import note_read
from tongxin.journal.models import Entry
from tongxin.organisations.models import Organisation
from tongxin.registers import declaration
from tongxin.registers.actions import change, set_void
from tongxin.registers.choices import Stage
from tongxin.registers.writing import set_stages

pytestmark = pytest.mark.django_db
ORGANISATIONS = declaration.get("organisations")
HEAD = "名称,所属地区,种类,登记状态,统一社会信用代码,业务范围"


def sheet(*rows):
    return "\r\n".join((HEAD, *rows)).encode("gb18030")


def row(name, number, place="北镇", work=""):
    return f"{name},{place},民办非企业单位,已登记,{make.credit_code(number)},{work}"


def received(office, *rows):
    return actions.receive(
        ORGANISATIONS,
        by=office.account,
        programme=office.pilot,
        name="名册.csv",
        content=sheet(*rows),
    )


def verbs():
    return list(Entry.objects.order_by("sequence").values_list("verb", flat=True))


@pytest.fixture
def before(office):
    return make.organisation(
        office.tree.north, "旧名社", credit_code=make.credit_code(801), work="原来的业务"
    )


def test_a_batch_is_one_transaction_with_an_entry_for_each_record(
    office, before, django_capture_on_commit_callbacks
):
    batch = received(office, row("新名社", 801), row("第二社", 802), row("第三社", 803, "南镇"))
    known = Entry.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        actions.apply(batch, by=office.account, name="年底名册")

    batch.refresh_from_db()
    assert (batch.state, batch.name, batch.stored) == (State.APPLIED, "年底名册", "")
    assert list(uploads.folder().iterdir()) == []
    assert verbs()[known:] == [
        "organisations.changed",
        "organisations.entered",
        "organisations.entered",
        "exchange.applied",
    ]
    before.refresh_from_db()
    # A blank cell erases nothing.
    assert (before.name, before.work) == ("新名社", "原来的业务")


def test_blanks_erase_where_that_is_asked(office, before):
    batch = received(office, row("旧名社", 801))
    actions.settle(batch, {"blanks_erase": True})

    actions.apply(batch, by=office.account, name="清空业务范围")

    before.refresh_from_db()
    assert before.work == ""


def test_a_batch_applied_again_and_the_same_file_again_change_nothing(office, before):
    rows = (row("新名社", 801), row("第二社", 802))
    batch = received(office, *rows)
    actions.apply(batch, by=office.account, name="第一次")
    known = Entry.objects.count()

    actions.apply(batch, by=office.account, name="又一次")
    again = actions.look_through(received(office, *rows))

    assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "error": 0}
    assert Entry.objects.count() == known + 1  # that the file was received


def test_rows_with_errors_keep_the_batch_out_unless_they_are_left_out(office):
    batch = received(office, row("好社", 801), row("坏社", 802, "远方"))

    with pytest.raises(Refused) as refusal:
        actions.apply(batch, by=office.account, name="名册")
    assert [problem.code for problem in refusal.value.problems] == ["exchange.errors"]
    assert Organisation.objects.count() == 0
    actions.apply(batch, by=office.account, name="名册", without_errors=True)

    assert list(Organisation.objects.values_list("name", flat=True)) == ["好社"]


def test_a_warning_asks_for_a_reason(office):
    batch = received(office, row("好社", 801, work="热线 0513-85123456"))

    with pytest.raises(Refused) as refusal:
        actions.apply(batch, by=office.account, name="名册")
    assert [problem.code for problem in refusal.value.problems] == ["exchange.no_reason"]
    actions.apply(batch, by=office.account, name="名册", reason="单位公布的热线")

    assert Batch.objects.get().reason == "单位公布的热线"


def test_what_changed_since_the_report_was_seen_is_looked_at_again(office, before):
    batch = received(office, row("新名社", 801))
    seen = fingerprint(actions.look_through(batch))
    change(ORGANISATIONS, before, by=office.account, values={"work": "改过"})

    with pytest.raises(Outdated):
        actions.apply(batch, by=office.account, name="名册", seen=seen)


def test_undone_as_a_whole(office, before):
    batch = received(office, row("新名社", 801), row("第二社", 802))
    actions.apply(batch, by=office.account, name="名册")

    actions.undo(Batch.objects.get(), by=office.account)

    before.refresh_from_db()
    assert (before.name, before.version) == ("旧名社", 3)
    assert Organisation.objects.get(name="第二社").void
    assert Batch.objects.get().state == State.UNDONE
    assert verbs()[-3:] == ["organisations.voided", "organisations.changed", "exchange.undone"]


def test_what_was_undone_comes_back_with_the_same_file_and_a_reason(office):
    batch = received(office, row("一社", 801))
    actions.apply(batch, by=office.account, name="名册")
    actions.undo(Batch.objects.get(), by=office.account)
    again = received(office, row("一社", 801))

    actions.apply(again, by=office.account, name="名册", reason="撤错了")

    assert [(o.name, o.void) for o in Organisation.objects.all()] == [("一社", False)]
    line = Line.objects.get(batch=again)
    assert (line.outcome, line.restored) == ("changed", True)


def test_a_batch_on_which_something_was_built_is_not_undone(office, before):
    batch = received(office, row("新名社", 801), row("第二社", 802))
    actions.apply(batch, by=office.account, name="名册")
    campaign = make.record("campaigns", place=office.tree.east, of=office.pilot)
    second = Organisation.objects.get(name="第二社")
    make.record("participations", campaign=campaign, organisation=second)
    before.refresh_from_db()
    change(ORGANISATIONS, before, by=office.account, values={"work": "改过"})

    with pytest.raises(Refused) as refusal:
        actions.undo(Batch.objects.get(), by=office.account)

    assert [problem.code for problem in refusal.value.problems] == ["exchange.built_on"]
    assert "新名社" in str(refusal.value.problems[0])
    assert "第二社" in str(refusal.value.problems[0])
    assert not Organisation.objects.get(name="第二社").void


def test_what_was_accepted_since_is_not_undone_and_what_was_only_read_is(office):
    batch = received(office, row("一社", 801))
    actions.apply(batch, by=office.account, name="名册")
    made = Organisation.objects.get()
    note_read(office.account, "organisations.read", made)
    assert list(built_on(batch, ORGANISATIONS, batch.lines.all())) == []

    set_stages(ORGANISATIONS, [(made, made.division_id)], Stage.ACCEPTED, by=None, verb="accepted")

    with pytest.raises(Refused) as refusal:
        actions.undo(Batch.objects.get(), by=office.account)
    assert [problem.code for problem in refusal.value.problems] == ["exchange.built_on"]


def test_after_seven_days_a_batch_stays(office):
    batch = received(office, row("一社", 801))
    actions.apply(batch, by=office.account, name="名册")
    Batch.objects.update(applied_at=timezone.now() - dt.timedelta(days=7))

    with pytest.raises(Refused) as refusal:
        actions.undo(Batch.objects.get(), by=office.account)

    assert [problem.code for problem in refusal.value.problems] == ["exchange.too_late"]


def test_nobody_applies_or_undoes_the_batch_of_another(office):
    batch = received(office, row("一社", 801))
    other = make.coordinator(office.tree.east)

    for act in (
        lambda: actions.apply(batch, by=other, name="名册"),
        lambda: actions.undo(batch, by=other),
        lambda: actions.put_away(batch, by=other),
    ):
        with pytest.raises(NotYours):
            act()


def test_who_may_not_enter_brings_nothing_in(office):
    from tongxin.accounts.choices import Role

    office.account = make.posted(Role.AUDITOR, office.tree.east)

    with pytest.raises(NotYours):
        received(office, row("一社", 801))
    assert list(uploads.folder().iterdir()) == []


def test_a_draft_that_nobody_applied_is_put_away_after_a_week(
    office, django_capture_on_commit_callbacks
):
    received(office, row("一社", 801))
    Batch.objects.update(received_at=timezone.now() - dt.timedelta(days=8))

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.put_away_overdue() == 1

    assert Batch.objects.get().state == State.DISCARDED
    assert list(uploads.folder().iterdir()) == []


def test_a_voided_record_is_not_brought_back_unnoticed(office, before):
    set_void(ORGANISATIONS, before, by=office.account, void=True, reason="错了")

    report = actions.look_through(received(office, row("旧名社", 801)))

    assert [(m.severity, m.code) for m in report.messages] == [("warning", "exchange.voided")]
