"""A notice from its draft to its end, by action: who may, what is refused, what is recorded."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from tests import factories as make
from tests.public_notices.conftest import DRAFT
from tongxin.accounts.choices import Role
from tongxin.calendars import actions as calendars
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.journal.models import Entry, PersonalValue
from tongxin.public_notices import actions
from tongxin.public_notices.actions.objecting import Said
from tongxin.public_notices.choices import Outcome, State
from tongxin.public_notices.jobs import take_names_down
from tongxin.public_notices.models import Objection, PublicNotice
from tongxin.public_notices.permissions import seen_by
from tongxin.public_notices.queries import may_go_on, notice_for
from tongxin.registers.actions import set_void

pytestmark = pytest.mark.django_db
START, LAST = dt.date(2017, 9, 25), dt.date(2017, 10, 10)
NAMED = {
    "names": "张样例、李样例",
    "names_basis": "办法第十条",
    "names_until": dt.date(2017, 12, 1),
}


def drafted(cast, **more):
    return actions.draft(cast.register, cast.record, by=cast.clerk, values=DRAFT | more)


def posted(cast, **more):
    return actions.post(drafted(cast, **more), by=cast.coordinator, starts_on=START)


def objected(cast, notice, **more):
    said = Said(**({"received_on": dt.date(2017, 9, 28), "text": "场地不符合条件"} | more))
    return actions.object_to(notice, by=cast.clerk, said=said)


def answered(cast, objection, outcome=Outcome.REJECTED):
    day = dt.date(2017, 9, 30)
    return actions.answer(
        objection, by=cast.coordinator, outcome=outcome, reason="已到现场核实", answered_on=day
    )


def codes(act):
    with pytest.raises(Refused) as refusal:
        act()
    return [each.code.removeprefix("public_notices.") for each in refusal.value.problems]


def verbs():
    rows = Entry.objects.filter(verb__startswith="public_notices.").order_by("sequence")
    return [verb.removeprefix("public_notices.") for verb in rows.values_list("verb", flat=True)]


def test_a_notice_is_drafted_posted_objected_to_answered_and_closed(cast, on):
    notice = posted(cast)
    assert notice.announced_until == LAST
    objection = objected(cast, notice, signed=True, objector="王样例")
    answered(cast, objection)

    on(LAST + dt.timedelta(days=1))
    closed = actions.close(notice, by=cast.coordinator)

    assert (closed.state, closed.ended_on) == (State.CLOSED, dt.date(2017, 10, 11))
    assert notice_for(cast.record) == closed
    assert may_go_on(closed, dt.date(2017, 10, 11)) == ()
    assert verbs() == ["drafted", "posted", "objected", "answered", "notice_closed"]
    assert {e.place_id for e in Entry.objects.filter(verb__startswith="public_notices.")} == {
        cast.tree.north.pk
    }


def test_an_objection_after_the_last_day_is_refused_in_words(cast, on):
    notice = posted(cast)

    with pytest.raises(Refused) as refusal:
        objected(cast, notice, received_on=LAST + dt.timedelta(days=1))

    assert "公示期到 2017-10-10 为止" in str(refusal.value.problems[0])
    assert not Objection.objects.exists()
    assert objected(cast, notice, received_on=LAST).number == 1


def test_a_notice_is_not_closed_before_its_time_nor_with_an_objection_open(cast, on):
    notice = posted(cast)
    objection = objected(cast, notice)
    on(LAST)
    assert codes(lambda: actions.close(notice, by=cast.coordinator)) == ["running", "unanswered"]
    on(LAST + dt.timedelta(days=1))
    assert codes(lambda: actions.close(notice, by=cast.coordinator)) == ["unanswered"]

    answered(cast, objection)
    actions.close(notice, by=cast.coordinator)
    assert codes(lambda: answered(cast, objection)) == ["over"]
    assert codes(lambda: objected(cast, notice)) == ["over"]


def test_an_objection_that_was_upheld_stands_in_the_way_of_what_was_put_up(cast, on):
    notice = posted(cast)
    answered(cast, objected(cast, notice), Outcome.UPHELD)
    on(dt.date(2017, 10, 20))
    closed = actions.close(notice, by=cast.coordinator)

    found = may_go_on(closed, dt.date(2017, 10, 20))

    assert [problem.code for problem in found] == ["public_notices.upheld"]
    assert [
        p.code
        for p in may_go_on(notice_for(make.site(cast.record.programme, cast.tree.west)), START)
    ] == ["public_notices.not_closed"]


def test_a_changed_calendar_moves_the_last_day_of_a_notice_that_stands(cast, on):
    notice = posted(cast)
    calendars.set_days(calendars.Span(LAST, LAST, False, "台风", "通告"), by=None)  # noqa: FBT003

    on(LAST + dt.timedelta(days=1))

    assert codes(lambda: actions.close(notice, by=cast.coordinator)) == ["running"]
    assert objected(cast, notice, received_on=LAST + dt.timedelta(days=1)).number == 1


def test_what_was_posted_is_not_changed_but_withdrawn_and_posted_anew(cast, on):
    notice = posted(cast)
    change = lambda: actions.change(notice, by=cast.clerk, values=DRAFT | {"count": 9})  # noqa: E731
    assert codes(change) == ["posted"]
    assert codes(lambda: drafted(cast)) == ["another"]
    assert codes(lambda: actions.withdraw(notice, by=cast.coordinator, reason="")) == ["no_reason"]

    gone = actions.withdraw(notice, by=cast.coordinator, reason="公示期写短了")

    assert (gone.state, gone.reason) == (State.WITHDRAWN, "公示期写短了")
    assert notice_for(cast.record) is None
    again = actions.post(drafted(cast), by=cast.coordinator, starts_on=START)
    assert notice_for(cast.record) == again


def test_a_draft_is_changed_and_what_is_the_same_leaves_no_entry(cast, on):
    notice = drafted(cast)
    actions.change(notice, by=cast.clerk, values=DRAFT)
    actions.change(notice, by=cast.clerk, values=DRAFT | {"count": 9})

    assert verbs() == ["drafted", "changed"]
    assert Entry.objects.get(verb="public_notices.changed").after == {"count": 9}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"count": 4}, ["short"]),
        ({"count": 0}, ["calendars.count"]),
        ({"names": "张样例"}, ["names_basis", "names_until"]),
        ({"text": "联系人 11010519491231002X"}, ["registers.identity"]),
    ],
)
def test_a_draft_that_cannot_stand_is_refused(cast, on, more, found):
    assert codes(lambda: drafted(cast, **more)) == found
    assert not PublicNotice.objects.exists()


def test_what_is_void_or_restricted_is_not_put_up(cast, on):
    secret = make.record(
        "sites", place=cast.tree.north, of=cast.record.programme, sensitivity="restricted"
    )
    by = {"by": make.coordinator(cast.tree.city), "values": DRAFT}
    assert codes(lambda: actions.draft(cast.register, secret, **by)) == ["restricted"]

    set_void(cast.register, cast.record, by=None, void=True, reason="重复")
    assert codes(lambda: drafted(cast)) == ["void"]


def test_a_clerk_drafts_but_does_not_post_answer_close_or_withdraw(cast, on):
    notice = drafted(cast)
    with pytest.raises(NotYours):
        actions.post(notice, by=cast.clerk, starts_on=START)
    notice = actions.post(notice, by=cast.coordinator, starts_on=START)
    objection = objected(cast, notice)
    for act in (
        lambda: actions.close(notice, by=cast.clerk),
        lambda: actions.withdraw(notice, by=cast.clerk, reason="写错了"),
        lambda: actions.answer(
            objection, by=cast.clerk, outcome="upheld", reason="是", answered_on=START
        ),
    ):
        with pytest.raises(NotYours):
            act()


@pytest.mark.parametrize("who", ["neighbour", "expert"])
def test_whose_posting_does_not_cover_the_record_does_nothing_with_its_notice(cast, on, who):
    stranger, notice = getattr(cast, who), posted(cast)
    for act in (
        lambda: actions.draft(cast.register, cast.record, by=stranger, values=DRAFT),
        lambda: actions.object_to(notice, by=stranger, said=Said(START, "不同意")),
        lambda: actions.withdraw(notice, by=stranger, reason="写错了"),
        lambda: actions.close(notice, by=stranger),
    ):
        with pytest.raises(NotYours):
            act()


def test_a_notice_is_seen_by_whoever_sees_its_record_and_a_draft_only_there(cast, on):
    public = make.record(
        "sites", place=cast.tree.north, of=cast.record.programme, sensitivity="public"
    )
    shown = actions.draft(cast.register, public, by=cast.clerk, values=DRAFT)
    own = drafted(cast)

    assert set(seen_by(cast.clerk)) == set(seen_by(cast.coordinator)) == {shown, own}
    assert not seen_by(cast.neighbour).exists()
    assert not seen_by(cast.expert).exists()

    actions.post(shown, by=cast.coordinator, starts_on=START)
    assert set(seen_by(cast.expert)) == {shown}
    assert not seen_by(make.posted(Role.SYSTEM_ADMIN, cast.tree.city)).exists()


def test_who_read_another_version_is_told_so(cast, on):
    notice = posted(cast)
    objected(cast, notice)

    with pytest.raises(Outdated):
        actions.withdraw(notice, by=cast.coordinator, reason="写错了", version=notice.version)


def test_names_come_down_on_their_day_from_the_page_and_from_the_journal(cast, on):
    notice = posted(cast, **NAMED)
    assert PersonalValue.objects.filter(field="names").exists()
    assert actions.take_down(dt.date(2017, 11, 30)) == 0

    assert actions.take_down(dt.date(2017, 12, 1)) == 1
    assert actions.take_down(dt.date(2017, 12, 2)) == 0

    notice.refresh_from_db()
    assert (notice.names, notice.names_gone_on) == ("", dt.date(2017, 12, 1))
    assert not PersonalValue.objects.filter(field="names").exists()
    assert verbs()[-1] == "names_taken_down"


def test_who_objected_is_forgotten_a_year_after_the_notice_is_over_and_never_in_the_journal(
    cast, on
):
    notice = posted(cast)
    objection = objected(cast, notice, signed=True, objector="王样例")
    actions.withdraw(notice, by=cast.coordinator, reason="写错了")  # on 20 October 2017

    assert not any("王样例" in str([e.before, e.after, e.facts]) for e in Entry.objects.all())
    assert not any("王样例" in str(each.value) for each in PersonalValue.objects.all())
    assert actions.take_down(dt.date(2018, 10, 19)) == 0
    assert actions.take_down(dt.date(2018, 10, 20)) == 1
    objection.refresh_from_db()
    assert (objection.signed, objection.objector) == (True, "")


def test_the_job_takes_names_down_and_comes_back_once(cast, on):
    notice = posted(cast, **NAMED)
    on(dt.date(2017, 12, 1))

    take_names_down.call()
    take_names_down.call()

    notice.refresh_from_db()
    assert notice.names == ""
    assert DBTaskResult.objects.filter(task_path=take_names_down.module_path).count() == 1
