"""The life of a grade: publicised, appealed against, confirmed, lowered, withdrawn, returned."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import factories as make
from tests.assessments.judged import averaged, decided
from tests.refusals import refused
from tongxin.assessments import actions
from tongxin.assessments.actions import Decision, Ground, Papers
from tongxin.assessments.choices import Finding, Holding
from tongxin.assessments.models import Grade
from tongxin.assessments.rules.holding import has_run_out
from tongxin.calendars.actions import seed
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.journal.models import Entry
from tongxin.panels import actions as panels
from tongxin.panels.actions import Terms
from tongxin.panels.choices import Conflict, Kind, Vote
from tongxin.public_notices import actions as notices

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 9, 21)
"""A Monday; five working days on is the last before the National Day holiday."""
NOTICE = {
    "name": "关于评估结果的公示",
    "text": "拟评定为 5A",
    "put_up_at": "公告栏",
    "count": 5,
    "unit": "working_days",
}


@pytest.fixture(autouse=True)
def calendar(db):
    seed()


@pytest.fixture
def proposed(checked, county):
    """A grade that is to be publicised first."""
    return decided(checked, county, publicise=True)


@pytest.fixture
def posted(proposed, clerk, county):
    notice = actions.put_up(proposed, NOTICE, by=clerk)
    notices.post(notice, by=county, starts_on=ON)
    proposed.refresh_from_db()
    return proposed


@pytest.fixture
def held(checked, county):
    """A grade that is in force."""
    return decided(checked, county, certificate="证-1")


def confirmed(grade, by, on, papers=None):
    current = Grade.objects.get(pk=grade.pk)
    return actions.confirm(current, on, papers or Papers(), by=by, seen=current.revision)


def ended(grade, by):
    """Close the notice on the day after its last, and return that day."""
    notice = grade.notice
    notice.refresh_from_db()
    on = notice.announced_until + dt.timedelta(days=1)
    notices.close(notice, by=by, on=on)
    return on


def reviewed(row, proposed, members, by, votes=None):
    panel = actions.call_review(
        row, proposed, Terms(Kind.COMMITTEE), [each.pk for each in members], by=by
    )
    for each in members:
        panels.declare(panel, Conflict.NONE, by=each)
        panels.vote(panel, Vote.FOR, by=each)
    return actions.take_vote(panel, by)


def test_a_grade_is_confirmed_when_its_notice_is_over_and_holds_from_then(posted, county):
    assert (posted.state, posted.valid_until) == (Holding.PROPOSED, None)
    with pytest.raises(Refused, match=r"public_notices\."):
        confirmed(posted, county, ON)
    on = ended(posted, county)

    done = confirmed(posted, county, on, Papers("证-9", "牌-9"))

    assert (done.state, done.confirmed_on) == (Holding.IN_FORCE, on)
    assert done.valid_until == on.replace(year=on.year + 5)
    assert (done.certificate, done.plaque) == ("证-9", "牌-9")
    with refused("已经确认"):
        confirmed(posted, county, on)


def test_a_grade_is_not_confirmed_without_a_notice_nor_ahead_of_time(proposed, county):
    with pytest.raises(Refused, match=r"public_notices\."):
        confirmed(proposed, county, ON)
    with refused("不能晚于今天"):
        confirmed(proposed, county, timezone.localdate() + dt.timedelta(days=1))


def test_an_appeal_comes_while_the_notice_stands_and_neither_before_nor_after(
    proposed, clerk, county
):
    with refused("公示期内才能申请复核"):
        actions.appeal(proposed, ON, "面积算错了", by=clerk)
    notice = actions.put_up(proposed, NOTICE, by=clerk)
    notices.post(notice, by=county, starts_on=ON)
    notice.refresh_from_db()
    for day in (ON - dt.timedelta(days=1), notice.announced_until + dt.timedelta(days=1)):
        with refused("复核申请要在公示期内提出"):
            actions.appeal(proposed, day, "面积算错了", by=clerk)
    with refused("写明申请复核的理由"):
        actions.appeal(proposed, ON, " ", by=clerk)

    made = actions.appeal(proposed, notice.announced_until, "面积算错了", by=clerk)

    assert made.number == 1
    with refused("已有一件复核申请在办"):
        actions.appeal(proposed, ON, "再来", by=clerk)


def test_an_appeal_is_heard_by_others_and_what_they_carry_is_the_grade(
    checked, experts, clerk, county
):
    averaged(checked, experts[:2], (960, 960), county)
    grade = decided(checked, county, publicise=True)
    notices.post(actions.put_up(grade, NOTICE, by=clerk), by=county, starts_on=ON)
    row = actions.appeal(grade, ON, "面积算错了", by=clerk)
    told = Decision(ON + dt.timedelta(days=3), ON + dt.timedelta(days=4), "重新丈量")
    with refused("复核委员会还没有表决通过"):
        actions.find(row, told, by=county)
    with refused("经办、初审或评过这件事的人不能再评"):
        reviewed(row, "4A", experts[1:4], county)

    reviewed(row, "4A", experts[2:5], county)
    with refused("不能早于收到申请的日期"):
        actions.find(row, Decision(ON - dt.timedelta(days=1), ON, "x"), by=county)
    row.refresh_from_db()
    done = actions.find(row, told, by=county)

    grade.refresh_from_db()
    assert (done.finding, grade.name) == (Finding.CHANGED, "4A")
    change = grade.changes.get()
    assert (change.kind, change.before, change.after) == ("on_appeal", "5A", "4A")
    assert Entry.objects.filter(verb="assessments.found_on_appeal").exists()
    with refused("已经作出决定"):
        actions.find(row, told, by=county)


def test_a_grade_is_not_confirmed_while_an_appeal_is_open(posted, clerk, county, experts):
    row = actions.appeal(posted, ON, "面积算错了", by=clerk)
    on = ended(posted, county)
    with refused("复核申请还没有答复"):
        confirmed(posted, county, on)

    reviewed(row, "5A", experts[:3], county)
    row.refresh_from_db()
    actions.find(row, Decision(ON, ON, "维持"), by=county)

    assert confirmed(posted, county, on).name == "5A"
    row.refresh_from_db()
    assert row.finding == Finding.KEPT


def test_a_grade_is_lowered_only_to_one_below_and_its_papers_come_back(held, county):
    day = dt.date(2026, 3, 10)
    ground = Ground(day, "处罚决定书〔2026〕1 号", "违规收费")
    with refused("只能降到“5A”以下的等级"):
        actions.downgrade(held, "5A", ground, by=county, seen=held.revision)
    with refused("写明依据"):
        actions.downgrade(held, "4A", Ground(day, "", "x"), by=county, seen=held.revision)
    early = Ground(dt.date(2026, 1, 1), "依据", "x")
    with refused("不能早于等级确认的日期"):
        actions.downgrade(held, "4A", early, by=county, seen=held.revision)

    change = actions.downgrade(held, "4A", ground, by=county, seen=held.revision)

    held.refresh_from_db()
    assert (held.name, held.state) == ("4A", Holding.IN_FORCE)
    assert change.return_by == dt.date(2026, 3, 25)
    with refused("交回日期不能早于"):
        actions.take_back(change, day - dt.timedelta(days=1), by=county, seen=held.revision)
    actions.take_back(change, day, by=county, seen=held.revision)
    held.refresh_from_db()
    with refused("已经交回"):
        actions.take_back(change, day, by=county, seen=held.revision)


def test_a_withdrawn_grade_is_none_and_nothing_more_is_done_with_it(held, county):
    ground = Ground(timezone.localdate(), "年检不合格", "连续两年")

    actions.withdraw(held, ground, by=county, seen=held.revision)

    held.refresh_from_db()
    assert held.state == Holding.WITHDRAWN
    for act in (
        lambda: actions.withdraw(held, ground, by=county, seen=held.revision),
        lambda: actions.downgrade(held, "4A", ground, by=county, seen=held.revision),
    ):
        with refused("已经取消"):
            act()


def test_a_proposed_grade_is_neither_lowered_nor_withdrawn(proposed, county):
    ground = Ground(timezone.localdate(), "依据", "原因")

    for act in (
        lambda: actions.withdraw(proposed, ground, by=county, seen=proposed.revision),
        lambda: actions.downgrade(proposed, "4A", ground, by=county, seen=proposed.revision),
    ):
        with refused("等级还没有确认"):
            act()
    proposed.refresh_from_db()
    assert (proposed.state, proposed.name) == (Holding.PROPOSED, "5A")


def test_only_who_accepts_there_keeps_grades(held, clerk, tree, experts):
    ground = Ground(timezone.localdate(), "依据", "原因")
    for stranger in (clerk, make.coordinator(tree.west), experts[0]):
        with pytest.raises(NotYours):
            actions.withdraw(held, ground, by=stranger, seen=held.revision)
    with pytest.raises(Outdated):
        actions.withdraw(held, ground, by=make.coordinator(tree.east), seen=held.revision + 1)


def test_a_grade_runs_out_after_its_last_day():
    last = dt.date(2031, 3, 2)

    assert not has_run_out(Holding.IN_FORCE, last, last)
    assert has_run_out(Holding.IN_FORCE, last, last + dt.timedelta(days=1))
    assert not has_run_out(Holding.PROPOSED, None, last)


def test_a_list_tells_the_grade_as_it_stands_now(held, county):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tongxin.assessments.queries import grade_in_words

    client = make.client_of(county)
    assert "<td>5A</td>" in client.get("/assessments/").content.decode()
    ground = Ground(dt.date(2026, 3, 10), "依据", "原因")
    actions.downgrade(held, "4A", ground, by=county, seen=held.revision)
    with CaptureQueriesContext(connection) as asked:
        lowered = client.get("/assessments/").content.decode()
    assert ("<td>4A</td>" in lowered, "<td>5A</td>" in lowered) == (True, False)
    assert sum("assessments_grade" in each["sql"] for each in asked) == 1

    held.refresh_from_db()
    assessment = held.assessment
    assessment.standing = held
    assert grade_in_words(assessment, held.valid_until) == "4A"
    past = held.valid_until + dt.timedelta(days=1)
    assert grade_in_words(assessment, past) == "4A（已过有效期）"
    actions.withdraw(held, ground, by=county, seen=held.revision)
    held.refresh_from_db()
    assessment.standing = held
    assert grade_in_words(assessment, past) == "4A（已取消）"


def test_an_answer_that_is_late_is_taken_and_says_so(posted, clerk, county, experts):
    row = actions.appeal(posted, ON, "面积算错了", by=clerk)
    client = make.client_of(county)
    assert "答复超期" in client.get(f"/assessments/appeals/{row.pk}/").content.decode()
    reviewed(row, "5A", experts[:3], county)
    row.refresh_from_db()

    actions.find(row, Decision(ON, dt.date(2026, 10, 6), "维持"), by=county)
    assert "答复超期" not in client.get(f"/assessments/appeals/{row.pk}/").content.decode()
    type(row).objects.filter(pk=row.pk).update(told_on=dt.date(2026, 10, 12))
    assert "答复超期" in client.get(f"/assessments/appeals/{row.pk}/").content.decode()
