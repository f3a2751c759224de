"""Sitting on a panel: declared first, hidden until one's own is in, and closed once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.refusals import refused
from tongxin.accounts.choices import Role
from tongxin.accounts.models import Posting
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.journal.models import Entry
from tongxin.panels import actions, queries
from tongxin.panels.actions import Terms
from tongxin.panels.choices import (
    Averaging,
    Conflict,
    Kind,
    MemberState,
    Outcome,
    PanelState,
    Vote,
)
from tongxin.panels.models import Member, Panel
from tongxin.panels.permissions import reads_all, seen_by, sits_on

pytestmark = pytest.mark.django_db


def seat(panel, who):
    return Member.objects.get(panel=panel, account=who)


def gives(panel, who, told="{}", *, hand_in=True):
    return actions.fill(panel, told, by=who, seen=seat(panel, who).revision, hand_in=hand_in)


def test_experts_are_called_score_and_are_put_together(called, cleared, experts, convener):
    panel = called()
    cleared(panel, 3)
    for number, each in enumerate(experts[:3]):
        gives(panel, each, f'{{"n": {number}}}')

    seats = actions.close(panel, by=convener)

    assert [each.told for each in seats] == ['{"n": 0}', '{"n": 1}', '{"n": 2}']
    panel.refresh_from_db()
    assert panel.state == PanelState.CLOSED
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs.count("panels.declared") == 3
    assert verbs.count("panels.gave_in") == 3
    assert verbs[-1] == "panels.put_together"


def test_whoever_has_a_conflict_is_refused_in_words(called, experts):
    panel = called()

    with refused("先声明有没有利害关系"):
        gives(panel, experts[0])
    actions.declare(panel, Conflict.MONEY, by=experts[0])

    with refused("你已回避这次评审"):
        gives(panel, experts[0])
    with refused("已经声明回避，不能改成没有利害关系"):
        actions.declare(panel, Conflict.NONE, by=experts[0])
    assert seat(panel, experts[0]).state == MemberState.ASIDE


def test_whoever_finds_a_conflict_later_stands_aside_and_leaves_nothing(called, cleared, experts):
    panel = called()
    cleared(panel, 1)
    gives(panel, experts[0], "told", hand_in=False)

    actions.declare(panel, Conflict.CLOSE, by=experts[0])

    assert (seat(panel, experts[0]).state, seat(panel, experts[0]).told) == ("aside", "")


def test_the_journal_keeps_that_somebody_stood_aside_and_not_why(called, experts):
    panel = called()

    actions.declare(panel, Conflict.CLOSE, by=experts[0])

    entry = Entry.objects.get(verb="panels.declared")
    assert "close" not in str(entry.__dict__)


def test_the_database_lets_nobody_judge_who_declared_a_conflict(called, experts):
    panel = called()
    actions.declare(panel, Conflict.MONEY, by=experts[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(account=experts[0]).update(state=MemberState.IN)


def test_nobody_reads_what_others_gave_before_having_handed_in(called, cleared, experts, convener):
    panel = called()
    cleared(panel, 3)
    gives(panel, experts[0], "mine")

    def read(who):
        seats = queries.seats_of(panel, sits_on(who, panel))
        return {each.told for each in seats if each.told}

    assert read(experts[0]) == {"mine"}
    assert read(experts[1]) == read(convener) == set()
    assert "mine" not in str(list(Entry.objects.values()))

    gives(panel, experts[1], "hers", hand_in=False)
    assert read(experts[1]) == {"hers"}
    assert read(experts[0]) == {"mine"}
    gives(panel, experts[1], "hers")
    assert read(experts[1]) == {"mine", "hers"}
    gives(panel, experts[2], "his")
    actions.close(panel, by=convener)
    panel.refresh_from_db()
    assert read(convener) == {"mine", "hers", "his"}


def test_a_query_that_hides_nothing_would_be_noticed(called, cleared, experts, monkeypatch):
    panel = called()
    cleared(panel, 2)
    gives(panel, experts[0], "mine")
    monkeypatch.setattr(queries, "reads_all", lambda *_asked: True)

    seats = queries.seats_of(panel, sits_on(experts[1], panel))

    assert "mine" in {each.told for each in seats}


def test_whoever_stood_aside_reads_nothing_even_when_it_is_over(called, cleared, experts, convener):
    panel = called(members=4)
    actions.declare(panel, Conflict.OTHER, by=experts[3])
    cleared(panel, 3)
    for each in experts[:3]:
        gives(panel, each, "told")
    actions.close(panel, by=convener)
    panel.refresh_from_db()

    assert not reads_all(panel, sits_on(experts[3], panel))
    assert {each.told for each in queries.seats_of(panel, sits_on(experts[3], panel))} == {""}


def test_a_sheet_is_handed_in_once_and_saved_over_nobody_elses(called, cleared, experts):
    panel = called()
    cleared(panel, 1)
    gives(panel, experts[0], "first", hand_in=False)
    with pytest.raises(Outdated):
        actions.fill(panel, "second", by=experts[0], seen=1, hand_in=False)
    gives(panel, experts[0], "first")

    with refused("已经提交，不能再改"):
        gives(panel, experts[0], "later")
    with refused("已经提交，不能再声明"):
        actions.declare(panel, Conflict.MONEY, by=experts[0])


def test_nobody_outside_sits_scores_or_calls(called, experts, tree, matter):
    panel = called()
    for stranger in (experts[5], make.clerk(tree.north), make.coordinator(tree.city)):
        with pytest.raises(NotYours):
            actions.declare(panel, Conflict.NONE, by=stranger)
    for stranger in (experts[0], make.clerk(tree.north)):
        with pytest.raises(NotYours):
            actions.close(panel, by=stranger)
        with pytest.raises(NotYours):
            actions.convene(matter, Terms(Kind.EXPERTS), [experts[0].pk], by=stranger)
    assert not seen_by(experts[5]).exists()
    assert not seen_by(make.clerk(tree.north)).exists()
    assert seen_by(experts[0]).get() == panel


@pytest.mark.parametrize(
    ("members", "averaging", "words"),
    [(0, Averaging.MEAN, "选了 0 人，至少要 1 人"), (2, Averaging.TRIMMED, "至少要 3 人")],
)
def test_too_few_are_not_called(called, members, averaging, words):
    with refused(words):
        called(members=members, averaging=averaging)


def test_who_worked_on_it_or_is_posted_elsewhere_is_not_asked(
    called, experts, tree, convener, barred
):
    barred.add(experts[0].pk)
    with refused("经办、初审或评过这件事的人不能再评"):
        called()
    barred.clear()
    panel = called()
    stranger = make.posted(Role.EXPERT, tree.west)

    with refused("不在这个地区任评审专家"):
        actions.ask(panel, [stranger.pk], by=convener)


def test_a_posting_that_ended_asks_nobody(tree, experts):
    make.posted(Role.EXPERT, tree.east, until=dt.date(2020, 1, 1))

    assert {each.number for each in queries.candidates(tree.east.pk)} == {e.pk for e in experts}


def test_one_thing_is_judged_by_one_panel_at_a_time(called):
    called()

    with refused("已有一个评审组在评"):
        called()


def test_scores_are_put_together_when_all_are_in_or_let_go(called, cleared, experts, convener):
    panel = called(averaging=Averaging.TRIMMED)
    cleared(panel, 3)
    gives(panel, experts[0])
    gives(panel, experts[1])
    with refused("还有 1 人没有提交"):
        actions.close(panel, by=convener)
    with refused("写一句为什么移出"):
        actions.release(panel, seat(panel, experts[2]).pk, by=convener, reason=" ")
    actions.release(panel, seat(panel, experts[2]).pk, by=convener, reason="出差")

    with refused("只有 2 人提交"):
        actions.close(panel, by=convener)
    actions.ask(panel, [experts[3].pk], by=convener)
    actions.declare(panel, Conflict.NONE, by=experts[3])
    gives(panel, experts[3])
    assert len(actions.close(panel, by=convener)) == 3

    with refused("评审已经结束"):
        actions.close(panel, by=convener)
    with refused("已经结束"):
        actions.declare(panel, Conflict.NONE, by=experts[0])


def votes(panel, who, choice, reason=""):
    return actions.vote(panel, choice, by=who, reason=reason)


def test_a_committee_votes_and_its_votes_are_counted_by_the_stated_bounds(
    called, cleared, experts, convener
):
    panel = called(Kind.COMMITTEE, members=7)
    cleared(panel, 7)
    for each in experts[:4]:
        votes(panel, each, Vote.FOR)
    with refused("全体 7 人，投票 4 人，要 5 人投票才有效"):
        actions.count_votes(panel, by=convener)
    with refused("不同意的，写明理由"):
        votes(panel, experts[4], Vote.AGAINST)
    votes(panel, experts[4], Vote.AGAINST, "面积不够")

    counted = actions.count_votes(panel, by=convener)

    assert (counted.outcome, counted.state) == (Outcome.CARRIED, PanelState.CLOSED)
    after = Entry.objects.get(verb="panels.votes_counted").after
    assert "against" in str(after)
    with refused("评审已经结束"):
        actions.count_votes(panel, by=convener)
    with refused("已经结束"):
        votes(panel, experts[5], Vote.FOR)


def test_a_count_without_a_quorum_would_be_noticed(called, cleared, experts, convener, monkeypatch):
    monkeypatch.setattr("tongxin.panels.actions.closing.counting_problems", lambda _found: ())
    panel = called(Kind.COMMITTEE, members=7)
    cleared(panel, 4)
    for each in experts[:4]:
        votes(panel, each, Vote.FOR)

    assert actions.count_votes(panel, by=convener).outcome == Outcome.CARRIED


def test_who_stood_aside_is_no_member_whose_vote_is_missed(called, cleared, experts, convener):
    panel = called(Kind.COMMITTEE, members=3)
    actions.declare(panel, Conflict.WORKED, by=experts[2])
    cleared(panel, 2)
    for each in experts[:2]:
        votes(panel, each, Vote.FOR)

    assert actions.count_votes(panel, by=convener).outcome == Outcome.CARRIED


def test_a_vote_is_cast_once(called, cleared, experts):
    panel = called(Kind.COMMITTEE, members=3)
    cleared(panel, 1)
    votes(panel, experts[0], Vote.ABSTAIN)

    with refused("已经提交，不能再改"):
        votes(panel, experts[0], Vote.FOR)


def test_a_reason_holds_no_number_of_anybodys_papers(called, cleared, experts):
    panel = called(Kind.COMMITTEE, members=3)
    cleared(panel, 1)

    with pytest.raises(Refused, match=r"panels\.number"):
        votes(panel, experts[0], Vote.AGAINST, "张某 11010519491231002X")


def test_a_panel_is_called_off_with_a_reason_and_another_is_called(called, convener):
    panel = called()
    with refused("写一句为什么撤销"):
        actions.call_off(panel, by=convener, reason="")

    actions.call_off(panel, by=convener, reason="换人")

    panel.refresh_from_db()
    assert panel.state == PanelState.CALLED_OFF
    assert queries.panels_of("trial", 1) == []
    assert called().pk != panel.pk
    assert Panel.objects.count() == 2


def test_what_waits_for_somebody_is_counted_in_one_query(
    called, experts, cleared, django_assert_num_queries
):
    panel = called()
    with django_assert_num_queries(1):
        assert queries.waiting_for(experts[0]) == 1
    cleared(panel, 1)
    gives(panel, experts[0])

    assert [queries.waiting_for(each) for each in experts[:4]] == [0, 1, 1, 0]


def test_whoever_calls_a_panel_together_does_not_sit_on_it(matter, tree, experts):
    both = make.coordinator(tree.east)
    office = make.office(tree.city)
    accounts = type(both).objects
    Posting.objects.create(
        account=accounts.get(pk=both.pk), office=office, role=Role.EXPERT, since=make.EARLY
    )
    with refused("召集人不能坐进自己召集的评审组"):
        actions.convene(
            matter, Terms(Kind.EXPERTS), [both.pk, experts[0].pk], by=accounts.get(pk=both.pk)
        )

    other = make.coordinator(tree.east)
    panel = actions.convene(matter, Terms(Kind.EXPERTS), [both.pk, experts[0].pk], by=other)

    for act in (
        lambda: actions.close(panel, by=both),
        lambda: actions.call_off(panel, by=both, reason="x"),
        lambda: actions.release(panel, seat(panel, experts[0]).pk, by=both, reason="x"),
    ):
        with pytest.raises(NotYours):
            act()


def test_a_sheet_is_no_vote_and_a_vote_is_no_sheet(called, cleared, experts, convener):
    panel = called()
    cleared(panel, 1)
    with pytest.raises(NotYours):
        votes(panel, experts[0], Vote.FOR)
    actions.call_off(panel, by=convener, reason="换人")
    committee = called(Kind.COMMITTEE)
    cleared(committee, 1)

    with pytest.raises(NotYours):
        gives(committee, experts[0])


def test_a_panel_grows_to_its_bound_and_not_past_it(called, convener, experts, monkeypatch):
    monkeypatch.setattr("tongxin.panels.rules.sitting.MOST_MEMBERS", 4)
    panel = called()

    with refused("选了 5 人，最多 4 人"):
        actions.ask(panel, [experts[3].pk, experts[4].pk], by=convener)
