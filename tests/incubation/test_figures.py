"""Figures of tenants on any day against counting one by one; samples count only in a sample."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from tests.incubation.lives import base, day, move, taken_to, tenant
from tongxin.assessments.models import Assessment, Grade
from tongxin.desk.reminders import due
from tongxin.incubation.choices import Outcome, Premises, Verb
from tongxin.incubation.models import Base, Move, Stay, Tenancy
from tongxin.incubation.queries import bases
from tongxin.indicators.catalogue import ADMITTED, BASES, DEPARTED, GRADUATED, INCUBATING
from tongxin.indicators.queries import Asked, figures
from tongxin.panels.queries import waiting_for
from tongxin.programmes.models import Programme
from tongxin.sites.choices import Standing
from tongxin.sites.models import Designation, Site
from tongxin.standards.rules.filling import texts_from, values_from

pytestmark = pytest.mark.django_db

LAST = 1_200


def counted(small, on, division=None):
    """The figures of a day, by address."""
    asked = Asked(small.pilot, (division or small.tree.city).pk, on, on)
    every = (ADMITTED, DEPARTED, INCUBATING, GRADUATED)
    return {
        each.address: int(each.counted.value)
        for each in figures(asked, every)
        if each.counted is not None
    }


def naive(on):
    """The same, asked of each tenancy in turn."""
    found = {}

    def add(address):
        found[address] = found.get(address, 0) + 1

    for each in Tenancy.objects.filter(void=False, admitted_on__lte=on):
        add("incubation.admitted")
        if each.ended_on and each.ended_on <= on:
            add("incubation.departed")
            told = [
                step.outcome
                for step in Move.objects.filter(tenancy=each).order_by("id")
                if step.outcome and step.on <= on
            ]
            if told:
                add(f"incubation.graduated?outcome_then={told[-1]}")
            continue
        stays = Stay.objects.filter(tenancy=each)
        inside = any(s.since <= on and (s.until is None or on < s.until) for s in stays)
        add(f"incubation.incubating?premises_then={'on' if inside else 'off'}")
    return found


@pytest.fixture
def lives(small):
    of = base(small, capacity=20)
    far = small.record("bases", place=small.tree.river, capacity=4)
    tenant(of)
    moved = tenant(of, on=day(10))
    move(moved, Verb.RELOCATE, on=day(200))
    for at, outcome in enumerate(Outcome):
        left = taken_to(tenant(far if at % 2 else of, on=day(at)), Verb.ASSESS, on=day(300 + at))
        left = move(left, Verb.GRADUATE, on=day(320 + at), outcome=outcome)
        left = move(left, Verb.HAND_BACK, on=day(330 + at))
        move(left, Verb.FOLLOW_UP, on=day(700), outcome="federation")
    taken_to(tenant(far), Verb.LEAVE, on=day(400))
    void = tenant(of)
    Tenancy.objects.filter(pk=void.pk).update(void=True)
    return of, far


@pytest.mark.parametrize("number", [0, 15, 30, 199, 200, 310, 322, 330, 401, 699, 700, LAST])
def test_each_day_has_the_figures_that_counting_gives(small, lives, number):
    found = counted(small, day(number))

    assert found == naive(day(number))
    if number == LAST:
        assert found == {
            "incubation.admitted": 8,
            "incubation.departed": 6,
            "incubation.incubating?premises_then=on": 1,
            "incubation.incubating?premises_then=off": 1,
            "incubation.graduated?outcome_then=federation": 5,
        }


def test_a_division_counts_the_tenants_of_its_own_bases(small, lives):
    both = [counted(small, day(LAST), each) for each in (small.tree.east, small.tree.west)]

    assert [each["incubation.admitted"] for each in both] == [5, 3]
    assert counted(small, day(LAST), small.tree.south) == {}


def test_every_part_has_a_figure_and_the_records_behind_it_can_be_opened(small, lives):
    assert INCUBATING.parts() == list(Premises.values)
    assert GRADUATED.parts() == list(Outcome.values)
    Programme.objects.filter(pk=small.pilot.pk).update(facts_on=day(LAST))
    for address in ("incubation.incubating/?premises_then=off", "incubation.graduated/"):
        page = small.client.get(f"/figures/{address}")
        assert page.status_code == 200
        assert page.context["trace"].records


def test_samples_count_in_a_sample_and_nowhere_else(small):
    fact = base(small)
    invented = small.record("bases", sample=True, capacity=2)
    tenant(fact)
    tenancy = tenant(invented)
    Tenancy.objects.filter(pk=tenancy.pk).update(sample=True)

    assert list(bases(small.pilot, day(LAST))) == [fact]
    assert counted(small, day(LAST))["incubation.admitted"] == 1

    Programme.objects.filter(pk=small.pilot.pk).update(sample=True)
    sample = Programme.objects.get(pk=small.pilot.pk)
    assert list(bases(sample, day(LAST))) == [invented]
    asked = Asked(sample, small.tree.city.pk, day(LAST), day(LAST))
    told = [each.counted for each in figures(asked, (ADMITTED, BASES)) if each.counted]
    assert [int(each.value) for each in told] == [1, 1]
    assert Base.objects.count() == 2


def test_a_tenant_of_a_restricted_base_counts_only_where_such_records_do(small):
    made = tenant(base(small))
    Base.objects.filter(pk=made.base_id).update(sensitivity="restricted")
    on = dt.date(2018, 1, 1)

    open_ = Asked(small.pilot, small.tree.city.pk, on, on)
    cleared = Asked(small.pilot, small.tree.city.pk, on, on, with_restricted=True)

    assert [each.counted for each in figures(open_, [ADMITTED])] == [None]
    assert [int(each.counted.value) for each in figures(cleared, [ADMITTED])] == [1]


def test_the_sample_programme_is_whole_and_changes_no_figure_of_the_pilot(nantong):
    from tongxin.demo.incubating import KEY, extend

    def told():
        pilot = nantong.programme
        asked = Asked(pilot, pilot.division_id, pilot.day, pilot.day)
        return [
            (each.address, each.text, each.records)
            for each in figures(asked, (BASES, ADMITTED, INCUBATING))
        ]

    before = told()
    assert extend() is True
    assert extend() is False

    assert told() == before
    sample = Programme.objects.get(key=KEY)
    asked = Asked(sample, sample.division_id, sample.day, sample.day)
    levels = {each.address: int(each.counted.value) for each in figures(asked, [BASES])}
    assert list(levels.values()) == [1, 13, 12, 14]
    assert Tenancy.objects.filter(sample=False).count() == 0
    assert all("样例" in name for name in Tenancy.objects.values_list("name", flat=True))
    shown = Site.objects.filter(programme=sample)
    assert (shown.count(), shown.exclude(name__contains="样例").count()) == (8, 0)
    standings = Designation.objects.filter(site__in=shown).values_list("standing", flat=True)
    assert {*standings} == {*Standing} - {Standing.DROPPED}
    assessed = Assessment.objects.order_by("pk")
    assert [each.state for each in assessed] == ["self", "check", "experts", *["decided"] * 3]
    assert all("样例" in str(each) for each in assessed)
    for each in assessed:  # whoever saves such a sheet unchanged loses nothing of it
        told = json.loads(each.told)["self"]["values"]
        assert values_from(each.version.tree, texts_from(each.version.tree, told)) == told
    grades = Grade.objects.order_by("pk").values_list("state", flat=True)
    assert list(grades) == ["proposed", "in_force", "in_force"]
    assert waiting_for(nantong.account("expert")) == 1
    kinds = due(nantong.account("city"), sample, timezone.localdate())
    assert {"objections", "notices", "reviews", "terms"} <= set(kinds)
