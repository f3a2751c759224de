"""The way of a record: entered, accepted or returned, corrected, handed on, signed, undone."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories as make
from tests.reviews.desk import review_of
from tongxin.accounts.models import Account
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.indicators.queries import Asked, figures
from tongxin.journal import queries as sealed
from tongxin.journal import signing
from tongxin.journal.models import Entry
from tongxin.registers import declaration
from tongxin.registers.actions import change, set_void
from tongxin.registers.choices import Stage
from tongxin.reviews import actions, queries
from tongxin.reviews.choices import Kind
from tongxin.reviews.models import Review, Step

pytestmark = pytest.mark.django_db


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def stage_of(record):
    record.refresh_from_db()
    return record.stage


def counted(desk, key="incubation_bases"):
    """What a figure of the city counts, and how many records wait beside it."""
    day = desk.pilot.day
    asked = Asked(desk.pilot, desk.tree.city.pk, day, day, with_restricted=True)
    found = figures(asked, [CATALOGUE[key]])
    return (
        sum(int(each.counted.value) for each in found if each.counted),
        sum(each.waiting for each in found),
    )


def test_what_a_clerk_enters_waits_and_counts_once_it_is_accepted(desk):
    base, review = desk.enters("bases")

    assert (base.stage, review.turn, review.author) == (Stage.SUBMITTED, desk.tree.east, desk.clerk)
    assert counted(desk) == (0, 1)

    actions.accept(review, by=desk.county, version=base.version)

    assert stage_of(base) == Stage.ACCEPTED
    assert counted(desk) == (1, 0)
    entry = Entry.objects.get(verb="bases.approved")
    assert (entry.actor, entry.subject_id, entry.place_id) == (
        desk.county,
        base.pk,
        desk.tree.north.pk,
    )


def test_what_the_level_above_enters_itself_stands_at_once(desk):
    lower = make.record("bases", place=desk.tree.north, of=desk.pilot, by=desk.county)
    own = make.record("bases", place=desk.tree.east, of=desk.pilot, by=desk.county)
    top = make.record("bases", place=desk.tree.city, of=desk.pilot, by=desk.city)

    assert [lower.stage, own.stage, top.stage] == [
        Stage.ACCEPTED,
        Stage.SUBMITTED,
        Stage.ACCEPTED,
    ]
    assert review_of(own).turn == desk.tree.city
    assert Review.objects.count() == 1


def test_where_the_town_has_nobody_who_accepts_it_is_the_turn_of_the_county(desk):
    town = make.clerk(desk.tree.north)
    village = make.division("village", "村社区", "community", desk.tree.north)

    _base, review = desk.enters("bases", by=town, place=village)

    assert review.turn == desk.tree.east


def test_a_record_comes_back_with_a_reason_on_a_field_and_goes_again(desk):
    base, review = desk.enters("bases")

    step = actions.give_back(
        review, by=desk.county, version=1, reason=" 数字不对 ", field="operator"
    )

    assert (step.field, step.reason, stage_of(base)) == ("operator", "数字不对", Stage.RETURNED)
    assert counted(desk) == (0, 0)
    assert queries.returned_to(desk.clerk) == 1

    again = desk.corrects(base, operator="新机构")

    assert stage_of(base) == Stage.SUBMITTED
    assert (again.state, again.version) == (Stage.SUBMITTED, 2)
    assert [told.kind for told in again.steps.all()] == [
        Kind.SUBMITTED,
        Kind.RETURNED,
        Kind.SUBMITTED,
    ]


@pytest.mark.parametrize(
    ("reason", "code"),
    [(" ", "reviews.no_reason"), ("身份证 11010519491231002X", "registers.identity")],
)
def test_a_return_without_a_reason_or_with_a_number_of_a_person_is_refused(desk, reason, code):
    base, review = desk.enters("bases")

    with pytest.raises(Refused) as refusal:
        actions.give_back(review, by=desk.county, version=1, reason=reason)

    assert codes(refusal) == [code]
    assert stage_of(base) == Stage.SUBMITTED
    assert Step.objects.filter(kind=Kind.RETURNED).count() == 0


def test_an_author_does_not_accept_his_own(desk):
    base, review = desk.enters("bases", by=desk.county, place=desk.tree.east)
    above = make.posted("coordinator", desk.tree.city)
    Review.objects.filter(pk=review.pk).update(author=above)

    with pytest.raises(Refused) as refusal:
        actions.accept(review, by=above, version=1)

    assert codes(refusal) == ["reviews.own"]
    assert stage_of(base) == Stage.SUBMITTED


def test_a_reviewer_who_corrects_what_waits_leaves_it_to_another(desk):
    base, review = desk.enters("bases")
    desk.corrects(base, by=desk.county, operator="县里改的")

    with pytest.raises(Refused) as refusal:
        actions.accept(review, by=desk.county, version=2)

    assert codes(refusal) == ["reviews.own"]
    actions.accept(review, by=desk.city, version=2)
    assert stage_of(base) == Stage.ACCEPTED


@pytest.mark.parametrize("who", ["clerk", "stranger", "auditor"])
def test_nobody_accepts_without_the_power_over_the_place(desk, who):
    base, review = desk.enters("bases")
    others = {
        "clerk": make.clerk(desk.tree.city),
        "stranger": make.coordinator(desk.tree.west),
        "auditor": make.posted("auditor", desk.tree.city),
    }

    for verb in (actions.accept, lambda r, **how: actions.give_back(r, reason="x", **how)):
        with pytest.raises(NotYours):
            verb(review, by=others[who], version=1)

    assert stage_of(base) == Stage.SUBMITTED


def test_a_county_does_not_accept_what_is_its_own(desk):
    base, review = desk.enters("bases", by=make.clerk(desk.tree.east), place=desk.tree.east)

    with pytest.raises(NotYours):
        actions.accept(review, by=desk.county, version=1)

    actions.accept(review, by=desk.city, version=1)
    assert stage_of(base) == Stage.ACCEPTED


def test_acceptance_is_of_the_version_that_was_read(desk):
    base, review = desk.enters("bases", operator="旧")
    desk.corrects(base, operator="新")

    with pytest.raises(Outdated):
        actions.accept(review, by=desk.county, version=1)
    with pytest.raises(Outdated):
        actions.give_back(review, by=desk.county, version=1, reason="缺材料")

    assert stage_of(base) == Stage.SUBMITTED
    assert queries.values_at(review, 1)["operator"] == "旧"
    assert queries.values_at(review, 2)["operator"] == "新"


def test_of_two_reviewers_the_second_is_told(desk):
    _base, review = desk.enters("bases")
    actions.accept(review, by=desk.county, version=1)

    with pytest.raises(Refused) as refusal:
        actions.give_back(review, by=desk.city, version=1, reason="缺材料")

    assert codes(refusal) == ["reviews.not_waiting"]
    assert Step.objects.filter(review=review, kind=Kind.RETURNED).count() == 0


def test_a_correction_of_what_was_accepted_counts_when_it_is_accepted_again(desk):
    training = make.record("trainings", place=desk.tree.north, of=desk.pilot, sessions=2)
    assert counted(desk, "training.sessions") == (2, 0)

    review = desk.corrects(training, sessions=9)

    assert counted(desk, "training.sessions") == (0, 1)
    assert (review.changed, review.hits, review.in_order) == (["sessions"], ["jump"], False)
    assert review.accepted["sessions"] == 2

    actions.accept(review, by=desk.county, version=training.version + 1)

    assert counted(desk, "training.sessions") == (9, 0)
    review.refresh_from_db()
    assert review.accepted["sessions"] == 9


def test_a_correction_by_the_level_above_keeps_counting(desk):
    training = make.record("trainings", place=desk.tree.north, of=desk.pilot, sessions=2)

    change(declaration.get("trainings"), training, by=desk.county, values={"sessions": 3})

    assert counted(desk, "training.sessions") == (3, 0)


def test_a_county_that_moves_a_record_to_itself_sends_it_up(desk):
    training = make.record("trainings", place=desk.tree.north, of=desk.pilot)

    review = desk.corrects(training, by=desk.county, division=desk.tree.east)

    assert (stage_of(training), review.turn) == (Stage.SUBMITTED, desk.tree.city)


def test_money_climbs_to_the_city_one_level_at_a_time(desk):
    budget, review = desk.enters("budgets", year=2017)

    actions.accept(review, by=desk.county, version=1)

    review.refresh_from_db()
    assert (stage_of(budget), review.turn) == (Stage.SUBMITTED, desk.tree.city)
    assert counted(desk, "special_fund.annual") == (0, 1)
    assert [each.pk for each in queries.waiting_for(desk.city)] == [review.pk]
    assert not queries.waiting_for(desk.county).exists()

    actions.accept(review, by=desk.city, version=1)

    assert stage_of(budget) == Stage.ACCEPTED


def test_who_sent_it_takes_it_back_and_nobody_else(desk):
    base, review = desk.enters("bases")

    with pytest.raises(NotYours):
        actions.withdraw(review, by=make.clerk(desk.tree.north))
    actions.withdraw(review, by=desk.clerk)

    assert stage_of(base) == Stage.DRAFT
    assert not queries.waiting_for(desk.county).exists()
    with pytest.raises(Refused) as refusal:
        actions.withdraw(review, by=desk.clerk)
    assert codes(refusal) == ["reviews.not_waiting"]


def test_a_draft_waits_for_nobody_until_it_is_sent(desk):
    register = declaration.get("bases")
    base, _review = desk.enters("bases")
    change(register, base, by=desk.clerk, values={"operator": "甲"}, draft=True)
    assert stage_of(base) == Stage.DRAFT

    change(register, base, by=desk.clerk, values={})

    assert stage_of(base) == Stage.SUBMITTED
    assert Entry.objects.filter(verb="bases.submitted", subject_id=base.pk).count() == 1


def test_a_decision_is_handed_to_a_colleague_and_leaves_the_others_queue(desk):
    _base, review = desk.enters("bases")
    other = make.coordinator(desk.tree.east)

    actions.hand_on(review, by=desk.county, version=1, to=other.pk)

    assert not queries.waiting_for(desk.county).exists()
    assert queries.waiting_elsewhere(desk.county).exists()
    assert queries.waiting_for(other).exists()
    with pytest.raises(Refused) as refusal:
        actions.hand_on(review, by=other, version=1, to=desk.clerk.pk)
    assert codes(refusal) == ["reviews.no_colleague"]


def test_what_waits_for_a_signature_is_not_decided_before_it(desk):
    base, review = desk.enters("bases")
    actions.ask(review, by=desk.county, version=1, to=desk.city.pk)

    with pytest.raises(Refused) as refusal:
        actions.accept(review, by=desk.county, version=1)
    assert codes(refusal) == ["reviews.cosign"]
    assert [each.pk for each in queries.waiting_for(desk.city)] == [review.pk]

    actions.cosign(review, by=desk.city, version=1)
    actions.accept(review, by=desk.county, version=1)

    assert stage_of(base) == Stage.ACCEPTED


def test_whoever_asked_for_a_signature_may_ask_no_longer(desk):
    base, review = desk.enters("bases")
    actions.ask(review, by=desk.county, version=1, to=desk.city.pk)

    actions.ask(review, by=desk.county, version=1, to=None)
    actions.accept(review, by=desk.county, version=1)

    assert stage_of(base) == Stage.ACCEPTED


def test_only_who_was_asked_signs(desk):
    _base, review = desk.enters("bases")

    with pytest.raises(Refused) as refusal:
        actions.cosign(review, by=desk.county, version=1)

    assert codes(refusal) == ["reviews.not_asked"]


def test_a_remark_changes_nothing_else_and_is_for_who_sees_the_past(desk):
    base, review = desk.enters("bases")

    actions.comment(review, by=desk.clerk, text="材料在附件里")

    assert stage_of(base) == Stage.SUBMITTED
    assert Step.objects.get(kind=Kind.COMMENTED).reason == "材料在附件里"
    assert Entry.objects.get(verb="bases.commented").facts.get("reason") is None
    with pytest.raises(NotYours):
        actions.comment(review, by=make.coordinator(desk.tree.west), text="看看")


def test_a_decision_is_undone_within_ten_seconds_and_not_after(desk):
    base, review = desk.enters("bases")
    first = actions.accept(review, by=desk.county, version=1)

    actions.undo(first.batch, by=desk.county, now=timezone.now())

    assert stage_of(base) == Stage.SUBMITTED
    assert counted(desk) == (0, 1)
    assert queries.waiting_for(desk.county).get().accepted is None

    second = actions.give_back(review_of(base), by=desk.county, version=1, reason="缺材料")
    late = timezone.now() + dt.timedelta(seconds=20)
    with pytest.raises(Refused) as refusal:
        actions.undo(second.batch, by=desk.county, now=late)
    assert codes(refusal) == ["reviews.late"]
    assert stage_of(base) == Stage.RETURNED


def test_what_went_on_since_is_not_undone_and_not_by_another(desk):
    base, review = desk.enters("bases")
    step = actions.give_back(review, by=desk.county, version=1, reason="缺材料")
    with pytest.raises(NotYours):
        actions.undo(step.batch, by=desk.city, now=timezone.now())
    desk.corrects(base, operator="补了")

    with pytest.raises(Refused) as refusal:
        actions.undo(step.batch, by=desk.county, now=timezone.now())

    assert codes(refusal) == ["reviews.moved_on"]
    assert stage_of(base) == Stage.SUBMITTED


def test_the_clean_ones_are_accepted_together_and_undone_together(desk):
    pairs = [desk.enters("bases") for _each in range(3)]
    changed = make.record("trainings", place=desk.tree.north, of=desk.pilot, sessions=2)
    odd = desk.corrects(changed, sessions=9)
    moved, review = pairs[2]
    read = {each.pk: 1 for _record, each in pairs} | {odd.pk: 2}
    desk.corrects(moved, operator="改过")

    pressed = actions.accept_all(read, by=desk.county)

    assert [each.pk for each in pressed.done] == [each.pk for _r, each in pairs[:2]]
    assert {each.pk for each in pressed.left} == {review.pk, odd.pk}
    assert [stage_of(record) for record, _each in pairs] == [
        Stage.ACCEPTED,
        Stage.ACCEPTED,
        Stage.SUBMITTED,
    ]
    assert Entry.objects.filter(verb="bases.approved").count() == 2

    actions.undo(pressed.batch, by=desk.county, now=timezone.now())

    assert [stage_of(record) for record, _each in pairs] == [Stage.SUBMITTED] * 3


def test_accepting_together_asks_no_more_for_nine_than_for_three(desk):
    def cost(rows):
        read = {desk.enters("bases")[1].pk: 1 for _each in range(rows)}
        with CaptureQueriesContext(connection) as asked:
            actions.accept_all(read, by=Account.objects.get(pk=desk.county.pk))
        return len(asked)

    assert cost(3) == cost(9)


def test_nothing_is_accepted_while_the_journal_goes_unsealed(desk, tmp_path, monkeypatch):
    base, review = desk.enters("bases")
    signing.enrol(signing.make_key(tmp_path / "signer" / "key.pem"))
    now = timezone.now() + dt.timedelta(hours=5)
    monkeypatch.setattr(sealed.timezone, "now", lambda: now)

    with pytest.raises(Refused):
        actions.accept(review, by=desk.county, version=1)
    with pytest.raises(Refused):
        actions.accept_all({review.pk: 1}, by=desk.county)

    assert stage_of(base) == Stage.SUBMITTED


def test_a_void_record_waits_for_nobody(desk):
    base, review = desk.enters("bases")

    set_void(declaration.get("bases"), base, by=desk.clerk, void=True, reason="登记重了")

    review.refresh_from_db()
    assert (stage_of(base), review.state) == (Stage.DRAFT, Stage.DRAFT)
    with pytest.raises(Refused) as refusal:
        actions.accept(review, by=desk.county, version=2)
    assert codes(refusal) == ["reviews.not_waiting"]


def test_what_is_new_and_not_accepted_is_not_public(desk):
    expert = make.posted("expert", desk.tree.city)
    base, review = desk.enters("bases", sensitivity="public")
    client = make.client_of(expert)

    assert client.get(base.get_absolute_url()).status_code == 404
    actions.accept(review, by=desk.county, version=1)
    assert client.get(base.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {"author": None},
        {"turn": None},
        {"state": Stage.ACCEPTED, "assignee": True},
    ],
)
def test_the_database_refuses_a_review_that_waits_for_nobody(desk, values):
    _base, review = desk.enters("bases")
    wrong = {name: desk.city if value is True else value for name, value in values.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**wrong)


def test_the_database_refuses_a_return_without_a_reason(desk):
    _base, review = desk.enters("bases")

    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(review=review, kind=Kind.RETURNED, by=desk.county, version=1)
