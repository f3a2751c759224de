"""What may be done with a tenancy, from every state; and what each move leaves behind."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.incubation.lives import (
    BEGINS,
    OWN,
    TO_ADMIT,
    application,
    base,
    day,
    move,
    notice_over,
    put_up,
    taken_to,
    tenant,
)
from tongxin.calendars.actions import seed
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.incubation import actions
from tongxin.incubation.actions import incubating
from tongxin.incubation.actions.incubating import Agreed
from tongxin.incubation.choices import State, Verb
from tongxin.incubation.models import Move, Stay, Tenancy
from tongxin.incubation.queries import waiting_list
from tongxin.incubation.register import TENANCIES
from tongxin.incubation.rules.lives import GONE, LIVE, NEXT, Life, allowed, state_problems
from tongxin.journal.models import Entry
from tongxin.public_notices import actions as notices
from tongxin.public_notices.beginnings import beginning_of
from tongxin.public_notices.queries import notice_for
from tongxin.registers.actions import change, set_void
from tongxin.registers.bulk_changes import void_many
from tongxin.registers.moves import Said

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine draws slowly; that says nothing about the rules."""
MAY = {
    State.DRAFT: "submit withdraw",
    State.SUBMITTED: "check return withdraw",
    State.RETURNED: "submit withdraw",
    State.CHECKED: "approve wait reject withdraw",
    State.WAITING: "approve reject withdraw",
    State.APPROVED: "publicise withdraw",
    State.PUBLICISED: "reject admit withdraw",
    State.INCUBATING: "relocate review extend assess leave remove",
    State.ASSESSED: "extend graduate leave remove",
    State.GRADUATED: "hand-back follow-up",
    State.LEFT: "hand-back",
    State.REMOVED: "hand-back",
    State.REJECTED: "",
    State.WITHDRAWN: "",
}


@pytest.mark.parametrize("state", State)
def test_from_each_state_only_these_moves_are_made(state):
    assert [verb.value for verb in allowed(Life(state, holds=True))] == MAY[state].split()


@pytest.mark.parametrize("state", sorted(GONE))
def test_premises_are_handed_back_only_where_some_are_held(state):
    assert Verb.HAND_BACK not in allowed(Life(state, holds=False))


@UNHURRIED
@given(st.lists(st.sampled_from(list(Verb)), max_size=30))
def test_a_walk_by_the_table_never_leaves_it_and_never_comes_back_from_an_end(verbs):
    state, ended = State.DRAFT, False
    for verb in verbs:
        if any(state_problems(verb, Life(state, holds=True))):
            assert state not in NEXT[verb][0]
            continue
        state = NEXT[verb][1] or state
        assert not (ended and state in LIVE)
        ended = ended or state not in LIVE


def test_a_wrong_move_is_refused_with_the_state_and_what_can_be_done():
    (problem,) = state_problems(Verb.ADMIT, Life(State.SUBMITTED))

    assert problem.message == (
        "现在是“待核对”，不能办“签协议入驻”。现在能办：核对通过、退回补正、撤回申请"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("verb", Verb)
def test_every_move_from_a_wrong_state_changes_nothing(small, verb):
    wrong = State.WITHDRAWN
    tenancy = application(base(small))
    Tenancy.objects.filter(pk=tenancy.pk).update(state=wrong)

    with pytest.raises(Refused, match=r"incubation\.wrong_move"):
        move(tenancy, verb)

    tenancy.refresh_from_db()
    assert (tenancy.state, Move.objects.count(), Stay.objects.count()) == (wrong, 0, 0)


@pytest.mark.django_db
def test_the_whole_life_leaves_a_step_and_an_entry_for_each_move(small):
    tenancy = tenant(base(small))
    verbs = (Verb.REVIEW, Verb.EXTEND, Verb.ASSESS, Verb.GRADUATE, Verb.HAND_BACK, Verb.FOLLOW_UP)

    tenancy = taken_to(tenancy, *verbs, on=day(60))

    moves = list(Move.objects.values_list("verb", "state"))
    assert [verb for verb, _state in moves] == [*TO_ADMIT, *verbs]
    assert [state for _verb, state in moves] == [
        "submitted", "checked", "approved", "publicised", "incubating",
        "incubating", "incubating", "assessed", "graduated", "graduated", "graduated",
    ]  # fmt: skip
    told = Entry.objects.filter(verb__startswith="tenancies.tenant_").order_by("sequence")
    assert [each.verb.partition("tenant_")[2] for each in told] == [
        verb.name.lower() for verb in (*TO_ADMIT, *verbs)
    ]
    assert list(Stay.objects.values_list("since", "until", "places")) == [
        (tenancy.admitted_on, day(64), 1)
    ]


@pytest.mark.django_db
def test_clocks_run_in_working_days_and_keep_their_day_when_the_clock_is_changed(small):
    seed()
    held = base(small)
    tenancy = move(application(held), Verb.SUBMIT, on=dt.date(2017, 9, 29))  # the last Friday
    assert tenancy.due_on == dt.date(2017, 10, 12)  # 30 September is worked, 1 to 8 October are off

    values = {"check_days": 3, "check_unit": "days", "notice_days": 7, "notice_unit": "days"}
    values |= {"handback_days": 15, "handback_unit": "working_days", "term_months": 24}
    actions.set_clocks(held, by=None, values=values)

    tenancy.refresh_from_db()
    assert tenancy.due_on == dt.date(2017, 10, 12)
    other = move(application(held), Verb.SUBMIT, on=dt.date(2017, 11, 6))
    assert other.due_on == dt.date(2017, 11, 9)


@pytest.mark.django_db
def test_premises_are_handed_back_by_a_computed_day_and_free_only_then(small):
    seed()
    held = base(small)
    gone = taken_to(tenant(held), Verb.LEAVE, on=dt.date(2018, 4, 2))
    late = taken_to(application(held), Verb.SUBMIT, Verb.CHECK)
    assert gone.due_on == dt.date(2018, 4, 24)  # 15 working days, with 清明 off and a Sunday worked

    with pytest.raises(Refused, match=r"incubation\.full"):
        move(late, Verb.APPROVE, on=dt.date(2018, 4, 3))
    move(gone, Verb.HAND_BACK, on=dt.date(2018, 4, 20))

    assert move(late, Verb.APPROVE, on=dt.date(2018, 4, 20)).state == State.APPROVED


def codes(act):
    with pytest.raises(Refused) as refusal:
        act()
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.django_db
def test_the_agreement_waits_until_the_notice_is_closed(small):
    waiting = taken_to(application(base(small)), *TO_ADMIT[:-1])
    assert waiting.due_on == notice_for(waiting).announced_until
    later = waiting.due_on + dt.timedelta(days=9)
    assert codes(lambda: move(waiting, Verb.ADMIT, on=later)) == ["public_notices.not_closed"]

    on = notice_over(waiting)

    assert codes(lambda: move(waiting, Verb.ADMIT, on=waiting.due_on)) == [
        "public_notices.not_closed"
    ]
    assert move(waiting, Verb.ADMIT, on=on).admitted_on == on


@pytest.mark.django_db
def test_an_objection_that_was_upheld_stands_in_the_way_until_another_notice_is_over(small):
    waiting = taken_to(application(base(small)), *TO_ADMIT[:-1])
    objection = make.objection(notice_for(waiting))
    notices.answer(
        objection, by=None, outcome="upheld", reason="查实", answered_on=objection.received_on
    )
    on = notice_over(waiting)
    assert codes(lambda: move(waiting, Verb.ADMIT, on=on)) == ["public_notices.upheld"]

    put_up(waiting, on)

    assert codes(lambda: move(waiting, Verb.ADMIT, on=on)) == ["public_notices.not_closed"]
    assert move(waiting, Verb.ADMIT, on=notice_over(waiting)).state == State.INCUBATING


@pytest.mark.django_db
def test_who_met_an_objection_may_be_declined_with_a_reason(small):
    waiting = taken_to(application(base(small)), *TO_ADMIT[:-1])

    assert move(waiting, Verb.REJECT, note="异议成立").state == State.REJECTED


@pytest.mark.django_db
def test_the_notice_is_posted_after_the_approval_and_stands_as_long_as_the_base_says(small):
    waiting = taken_to(application(base(small)), *TO_ADMIT[:-2])
    go_on = lambda on: codes(lambda: move(waiting, Verb.PUBLICISE, on=on))  # noqa: E731
    assert go_on(day(2)) == ["incubation.no_notice"]

    early = put_up(waiting, day(1))
    assert go_on(day(2)) == ["incubation.notice_early"]
    notices.withdraw(early, by=None, reason="早了")

    short = put_up(waiting, day(3), count=4, least_count=None, least_unit="")
    assert go_on(day(2)) == ["incubation.before_notice", "incubation.notice_short"]
    notices.withdraw(short, by=None, reason="短了")

    put_up(waiting, day(4))
    assert move(waiting, Verb.PUBLICISE, on=day(5)).state == State.PUBLICISED


@pytest.mark.django_db
def test_without_asking_for_the_notice_an_applicant_would_be_admitted(small, monkeypatch):
    waiting = taken_to(application(base(small)), *TO_ADMIT[:-1])
    monkeypatch.setattr(incubating, "may_go_on", lambda _notice, _on: ())

    assert move(waiting, Verb.ADMIT, on=waiting.state_on).state == State.INCUBATING


@pytest.mark.django_db
def test_a_draft_about_an_application_begins_with_what_is_known(small):
    tenancy = application(base(small, name="城东基地"), "读书会")

    begins = beginning_of(TENANCIES, tenancy)

    assert begins["name"] == "关于“读书会”拟入驻的公示"
    assert "拟同意“读书会”入驻“城东基地”（县级孵化基地，壳内孵化）" in begins["text"]
    assert (begins["count"], begins["unit"], begins["least_count"]) == (5, "working_days", 5)


@pytest.mark.django_db
def test_who_takes_no_part_in_the_exit_assessment_has_left(small):
    tenancy = taken_to(tenant(base(small)))

    tenancy = move(tenancy, Verb.ASSESS, finding="absent")

    assert (tenancy.state, tenancy.ended_on) == (State.LEFT, tenancy.state_on)
    assert tenancy.due_on > tenancy.state_on


@pytest.mark.django_db
def test_off_the_premises_no_place_is_held_and_nothing_is_to_be_handed_back(small):
    tenancy = tenant(base(small))

    tenancy = move(tenancy, Verb.RELOCATE, on=day(40))
    tenancy = taken_to(tenancy, Verb.LEAVE, on=day(80))

    assert list(Stay.objects.values_list("until", flat=True)) == [day(40)]
    assert (tenancy.state, tenancy.due_on) == (State.LEFT, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "said", "code"),
    [
        (Verb.ADMIT, {"agreed": Agreed(None)}, "no_end"),
        (Verb.ADMIT, {"agreed": Agreed(BEGINS)}, "agreement"),
        (Verb.ADMIT, {"agreed": Agreed(day(700), "on", None)}, "places"),
        (Verb.ADMIT, {"agreed": Agreed(day(700), "roof", 1)}, "no_premises"),
        (Verb.REVIEW, {"finding": ""}, "no_finding"),
        (Verb.ASSESS, {"finding": "splendid"}, "no_finding"),
        (Verb.EXTEND, {"until": day(30)}, "agreement"),
        (Verb.EXTEND, {"until": None}, "no_end"),
        (Verb.LEAVE, {"note": " "}, "no_reason"),
        (Verb.REMOVE, {"note": ""}, "no_reason"),
        (Verb.REMOVE, {"note": "身份证 11010519491231002X"}, "identity"),
        (Verb.RELOCATE, {"premises": "on", "places": 2}, "full"),
    ],
)
def test_what_is_said_with_a_move_is_asked(small, verb, said, code):
    before = TO_ADMIT[:-1] if verb == Verb.ADMIT else TO_ADMIT
    tenancy = taken_to(application(base(small)), *before)
    on = notice_over(tenancy) if verb == Verb.ADMIT else tenancy.state_on + dt.timedelta(days=1)
    moves = Move.objects.count()

    with pytest.raises(Refused) as refusal:
        move(tenancy, verb, on=on, **said)

    assert [problem.code.partition(".")[2] for problem in refusal.value.problems] == [code]
    assert Move.objects.count() == moves


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "code"),
    [(None, "no_day"), (BEGINS - dt.timedelta(days=1), "order"), (dt.date(2999, 1, 1), "future")],
)
def test_the_day_of_a_move_is_known_not_future_and_not_before_the_last(small, on, code):
    tenancy = move(application(base(small)), Verb.SUBMIT)

    with pytest.raises(Refused, match=rf"incubation\.{code}"):
        actions.check(tenancy, by=None, said=Said(on))


@pytest.mark.django_db
def test_what_somebody_else_did_meanwhile_is_told_and_not_overwritten(small):
    tenancy = move(application(base(small)), Verb.SUBMIT)

    with pytest.raises(Outdated):
        actions.check(tenancy, by=None, said=Said(BEGINS, version=tenancy.version - 1))


@pytest.mark.django_db
def test_a_clerk_checks_and_does_not_decide_and_nobody_decides_on_his_own_entry(small):
    held = base(small)
    clerk, county = make.clerk(small.tree.north), make.coordinator(small.tree.east)
    stranger = make.coordinator(small.tree.west)
    entered = make.record("tenancies", base=held, applicant="青年社", plan="登记", by=county)
    tenancy = actions.note_papers(entered, by=clerk, papers=("form", "plan", "team"))
    tenancy = move(move(tenancy, Verb.SUBMIT, by=clerk), Verb.CHECK, by=clerk)

    for other in (clerk, stranger):
        with pytest.raises(NotYours):
            move(tenancy, Verb.APPROVE, by=other)
    with pytest.raises(Refused, match=r"incubation\.own_entry"):
        move(tenancy, Verb.APPROVE, by=county)

    assert move(tenancy, Verb.APPROVE, by=small.account).state == State.APPROVED


@pytest.mark.django_db
def test_nobody_is_passed_over_on_the_waiting_list_without_a_reason(small):
    held = base(small)
    inside = tenant(held)
    first, second = (
        taken_to(application(held, name), Verb.SUBMIT, Verb.CHECK, Verb.WAIT, on=day(10 + at))
        for at, name in enumerate(("甲社", "乙社"))
    )
    assert list(waiting_list(held)) == [first, second]
    inside = taken_to(inside, Verb.LEAVE, Verb.HAND_BACK, on=day(60))

    with pytest.raises(Refused) as refusal:
        move(second, Verb.APPROVE, on=day(70), note="")
    assert "甲社" in str(refusal.value.problems[0])

    assert move(second, Verb.APPROVE, on=day(70), note="甲社暂缓").state == State.APPROVED


@pytest.mark.django_db
def test_an_organisation_has_one_tenancy_at_a_time(small):
    club = make.organisation(small.tree.north, "邻里会")
    first = make.record("tenancies", base=base(small), organisation=club, applicant="")

    with pytest.raises(Refused, match=r"incubation\.twice"):
        make.record("tenancies", base=base(small), organisation=club, applicant="")

    move(first, Verb.WITHDRAW)
    assert make.record("tenancies", base=base(small), organisation=club, applicant="").pk


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [{"applicant": ""}, {"organisation": True}])
def test_an_applicant_is_on_record_or_named_and_never_both(small, facts):
    if "organisation" in facts:
        facts = {"organisation": make.organisation(small.tree.north)}

    with pytest.raises(Refused, match=r"incubation\.applicant"):
        make.record("tenancies", base=base(small), **facts)


@pytest.mark.django_db
def test_what_was_applied_for_changes_only_while_it_is_with_the_applicant(small):
    tenancy = application(base(small))
    change(TENANCIES, tenancy, by=None, values={"plan": "两年内登记"})
    tenancy = move(tenancy, Verb.SUBMIT)

    with pytest.raises(Refused, match=r"incubation\.fixed"):
        change(TENANCIES, tenancy, by=None, values={"places": 3})

    tenancy = move(tenancy, Verb.GIVE_BACK)
    assert change(TENANCIES, tenancy, by=None, values={"places": 3}).places == 3


@pytest.mark.django_db
def test_a_void_tenancy_holds_nothing_and_comes_back_only_where_there_is_room(small):
    held = base(small)
    first = tenant(held)
    set_void(TENANCIES, first, by=None, void=True, reason="登记错了")
    second = tenant(held, on=day(30))

    with pytest.raises(Refused, match=r"incubation\.full"):
        set_void(TENANCIES, first, by=None, void=False)
    with pytest.raises(NotYours):
        move(first, Verb.LEAVE)

    set_void(TENANCIES, second, by=None, void=True, reason="登记错了")
    assert set_void(TENANCIES, first, by=None, void=False).void is False


@pytest.mark.django_db
def test_two_brought_back_together_do_not_share_the_last_place(small):
    held = base(small)
    first = tenant(held)
    set_void(TENANCIES, first, by=None, void=True, reason="登记错了")
    second = tenant(held, on=day(30))
    set_void(TENANCIES, second, by=None, void=True, reason="登记错了")

    with pytest.raises(Refused, match=r"incubation\.full"):
        void_many(TENANCIES, [first, second], by=None, void=False)

    assert Tenancy.objects.filter(void=True).count() == 2
    (back,) = void_many(TENANCIES, [second], by=None, void=False)
    assert back.void is False


def test_what_moves_say_is_known_for_every_move_that_asks_for_more():
    asked = {verb for verb in Verb if verb in OWN}

    assert asked == {
        Verb.ADMIT, Verb.RELOCATE, Verb.REVIEW, Verb.EXTEND, Verb.ASSESS, Verb.GRADUATE,
        Verb.FOLLOW_UP,
    }  # fmt: skip
