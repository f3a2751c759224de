"""A naming from its proposal to the plaque that comes back, by the roles concerned."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories as make
from tongxin.calendars.actions import seed
from tongxin.core.errors import NotYours, Outdated, Refused
from tongxin.journal.models import Entry
from tongxin.public_notices import actions as notices
from tongxin.registers import declaration
from tongxin.registers.actions import enter, set_void
from tongxin.registers.choices import Stage
from tongxin.registers.moves import Said
from tongxin.reviews import actions as reviews
from tongxin.reviews.models import Review
from tongxin.sites import actions
from tongxin.sites.choices import Standing
from tongxin.sites.models import Activity, Designation, Step
from tongxin.sites.queries import by_function, designated, due_for_review

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
NOTICE = {
    "name": "关于拟命名示范点的公示", "text": "拟命名下列场所为示范点。", "put_up_at": "县政府网站",
    "basis": "", "count": 5, "unit": "days", "least_count": None, "least_unit": "",
    "names": "", "names_basis": "", "names_until": None,
}  # fmt: skip


@pytest.fixture
def cast(small):
    seed()
    return SimpleNamespace(
        tree=small.tree,
        pilot=small.pilot,
        account=small.account,
        clerk=make.clerk(small.tree.north),
        county=make.coordinator(small.tree.east),
        west=make.coordinator(small.tree.west),
        site=make.site(small.pilot, small.tree.north, designated=False),
    )


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def proposed(cast, level="county", on=TODAY - 30 * DAY):
    """A proposal of the town's clerk that the county has accepted."""
    made, _fresh = actions.propose(
        cast.site, by=cast.clerk, values={"kind": "demonstration", "level": level}, said=Said(on)
    )
    review = Review.objects.get(register="designations", subject_id=made.pk)
    reviews.accept(review, by=cast.county, version=1)
    return Designation.objects.get(pk=made.pk)


def visited(cast, on=TODAY - 20 * DAY, finding="meets"):
    values = {"site": cast.site, "visited_on": on, "visitors": "县委统战部", "finding": finding}
    return enter(declaration.get("visits"), by=cast.county, values=values)[0]


def publicised(cast, found, on=TODAY - 15 * DAY):
    """Its notice: posted, five days, closed; the naming goes on to it."""
    register = declaration.get("designations")
    drafted = notices.draft(register, found, by=cast.county, values=NOTICE)
    posted = notices.post(drafted, by=cast.county, starts_on=on)
    return posted, actions.publicise(found, by=cast.county, said=Said(on))


def named(cast, **facts):
    found = proposed(cast)
    visited(cast)
    actions.check(found, by=cast.county, said=Said(TODAY - 20 * DAY))
    notice, _found = publicised(cast, found)
    notices.close(notice, by=cast.county)
    facts = {"document": "甲委〔2023〕1号", "legal_basis": "省里的批复"} | facts
    return actions.designate(found, by=cast.county, said=Said(TODAY), **facts)


def test_a_proposal_climbs_before_anything_is_done_with_it(cast):
    made, _fresh = actions.propose(
        cast.site, by=cast.clerk, values={"level": "county"}, said=Said(TODAY)
    )

    assert (made.stage, made.standing) == (Stage.SUBMITTED, Standing.PROPOSED)
    with pytest.raises(Refused) as refusal:
        actions.check(made, by=cast.county, said=Said(TODAY))
    assert "sites.not_accepted" in codes(refusal)
    assert list(designated(cast.pilot, TODAY)) == []


def test_the_whole_life_is_kept_step_by_step(cast):
    found = named(cast, plaque="甲-001", review_on=TODAY + 365 * DAY)

    assert (found.standing, found.designated_on) == (Standing.DESIGNATED, TODAY)
    assert list(designated(cast.pilot, TODAY)) == [cast.site]
    actions.rectify(
        found, by=cast.county, said=Said(TODAY, "消防通道被占"), due_on=TODAY + 30 * DAY
    )
    assert list(designated(cast.pilot, TODAY)) == [cast.site]
    actions.put_right(found, by=cast.county, said=Said(TODAY))
    actions.withdraw(found, by=cast.county, said=Said(TODAY, "场所已关闭"))
    actions.return_plaque(found, by=cast.county, said=Said(TODAY))

    found.refresh_from_db()
    assert (found.standing, found.withdrawn_on, found.plaque_returned_on, found.due_on) == (
        Standing.WITHDRAWN, TODAY, TODAY, None
    )  # fmt: skip
    assert list(designated(cast.pilot, TODAY)) == []
    assert list(Step.objects.values_list("verb", "standing")) == [
        ("propose", "proposed"),
        ("check", "checked"),
        ("publicise", "publicised"),
        ("designate", "designated"),
        ("rectify", "rectifying"),
        ("put-right", "designated"),
        ("withdraw", "withdrawn"),
        ("return-plaque", "withdrawn"),
    ]
    last = Entry.objects.filter(verb="designations.naming_withdraw").get()
    assert last.facts["reason"] == "场所已关闭"
    assert last.before["standing"] == "designated"


def test_what_was_withdrawn_held_until_then(cast):
    found = named(cast)
    Designation.objects.filter(pk=found.pk).update(designated_on=TODAY - 400 * DAY)

    actions.withdraw(found, by=cast.county, said=Said(TODAY, "场所已关闭"))

    assert list(designated(cast.pilot, TODAY - DAY)) == [cast.site]
    assert list(designated(cast.pilot, TODAY)) == []


def test_without_a_visit_it_is_not_checked_and_with_a_bad_one_neither(cast):
    found = proposed(cast)

    with pytest.raises(Refused) as refusal:
        actions.check(found, by=cast.county, said=Said(TODAY))
    assert codes(refusal) == ["sites.no_visit"]
    visited(cast, finding="fails")
    with pytest.raises(Refused) as refusal:
        actions.check(found, by=cast.county, said=Said(TODAY))
    assert codes(refusal) == ["sites.visit_failed"]


def test_without_its_notice_it_is_not_named(cast):
    found = proposed(cast)
    visited(cast)
    actions.check(found, by=cast.county, said=Said(TODAY - 20 * DAY))

    with pytest.raises(Refused) as refusal:
        actions.publicise(found, by=cast.county, said=Said(TODAY))
    assert codes(refusal) == ["sites.no_notice"]
    publicised(cast, found)
    with pytest.raises(Refused) as refusal:
        actions.designate(found, by=cast.county, said=Said(TODAY), document="甲〔2023〕1号")
    assert codes(refusal)[0].startswith("public_notices.")
    assert "sites.no_basis" in codes(refusal)
    found.refresh_from_db()
    assert found.standing == Standing.PUBLICISED


def test_what_is_not_named_is_not_withdrawn_and_the_words_say_what_can_be_done(cast):
    with pytest.raises(Refused) as refusal:
        actions.withdraw(proposed(cast), by=cast.county, said=Said(TODAY, "误报"))

    assert codes(refusal) == ["sites.wrong_step"]


def test_the_level_that_names_decides(cast):
    found = proposed(cast, level="city")

    for stranger in (cast.clerk, cast.county, cast.west):
        with pytest.raises(NotYours):
            actions.drop(found, by=stranger, said=Said(TODAY, "不合适"))
    actions.drop(found, by=cast.account, said=Said(TODAY, "不合适"))

    found.refresh_from_db()
    assert found.standing == Standing.DROPPED


def test_nobody_names_what_he_proposed_himself(cast):
    made, _fresh = actions.propose(
        cast.site, by=cast.county, values={"level": "county"}, said=Said(TODAY - 30 * DAY)
    )
    visited(cast)
    actions.check(made, by=cast.county, said=Said(TODAY - 20 * DAY))
    notice, made = publicised(cast, made)
    notices.close(notice, by=cast.county)

    with pytest.raises(Refused) as refusal:
        actions.designate(
            made, by=cast.county, said=Said(TODAY), document="一号", legal_basis="批复"
        )
    assert codes(refusal) == ["sites.own_proposal"]


def test_who_read_it_before_somebody_else_went_on_is_told(cast):
    found = proposed(cast)
    read = found.version
    visited(cast)
    actions.check(found, by=cast.county, said=Said(TODAY - 20 * DAY, version=read))

    with pytest.raises(Outdated):
        actions.drop(found, by=cast.county, said=Said(TODAY, "晚了", version=read))


def test_a_review_keeps_a_naming_until_the_next(cast):
    found = named(cast, review_on=TODAY + 30 * DAY)
    rows = Designation.objects.filter(site__division=cast.tree.north)
    assert list(due_for_review(rows, TODAY)) == [found]

    actions.keep(found, by=cast.county, said=Said(TODAY), review_on=TODAY + 700 * DAY)

    assert list(due_for_review(rows, TODAY)) == []


def test_the_form_does_not_name_what_is_only_proposed(cast):
    from tongxin.registers.actions import change

    found = proposed(cast)

    with pytest.raises(Refused) as refusal:
        change(
            declaration.get("designations"), found, by=cast.county, values={"designated_on": TODAY}
        )
    assert codes(refusal) == ["sites.not_named"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.filter(pk=found.pk).update(designated_on=TODAY)


def test_a_void_naming_is_taken_no_further(cast):
    found = proposed(cast)
    set_void(declaration.get("designations"), found, by=cast.county, void=True, reason="重复")

    with pytest.raises(NotYours):
        actions.drop(found, by=cast.county, said=Said(TODAY, "重复"))


def test_activities_are_counted_by_function_and_what_was_not_reported_is_no_zero(cast):
    function = cast.pilot.sitefunction_words.create(key="exchange", name="交流", position=1)
    other = cast.pilot.sitefunction_words.create(key="display", name="展示", position=2)
    for number, persons in enumerate((30, None)):
        values = {
            "site": cast.site, "name": f"第{number}场", "function": function, "held_on": TODAY,
            "attendances": persons,
        }  # fmt: skip
        enter(declaration.get("activities"), by=cast.county, values=values)
    silent = {"site": cast.site, "name": "展", "function": other, "held_on": TODAY}
    enter(declaration.get("activities"), by=cast.county, values=silent)

    assert by_function(cast.site) == {function.pk: (2, 30), other.pk: (1, None)}
    assert Activity.objects.count() == 3
