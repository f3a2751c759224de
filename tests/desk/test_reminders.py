"""Clocks that run out are told at home, each kind once, and lead to what is due."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import factories as make
from tests.incubation.lives import application, base, taken_to
from tongxin.accounts.models import Account
from tongxin.accounts.queries import standing
from tongxin.desk import reminders
from tongxin.incubation.choices import Verb
from tongxin.incubation.models import Tenancy
from tongxin.public_notices.models import PublicNotice
from tongxin.sites.models import Designation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def titles(client):
    return [todo.title for todo in client.get("/").context["todo"] if "/due/" in todo.url]


def due(client, kind):
    """What a page of one kind holds."""
    return [line.title for line in client.get(f"/due/?kind={kind}").context["lines"]]


def reviewed(small, place, on):
    site = make.site(small.pilot, place)
    Designation.objects.filter(site=site).update(review_on=on)
    return site


def inside(small, until):
    """A tenant whose agreement ends on a day."""
    made = application(base(small, capacity=9))
    Tenancy.objects.filter(pk=made.pk).update(
        state="incubating", admitted_on=until - 700 * DAY, until=until, due_on=until
    )
    return made


def test_each_kind_is_told_once_and_leads_to_what_is_due(small):
    today = timezone.localdate()
    reviewed(small, small.tree.north, today + 59 * DAY)
    reviewed(small, small.tree.north, today + 61 * DAY)
    near, _far = inside(small, today + 29 * DAY), inside(small, today + 31 * DAY)
    checked = taken_to(application(base(small)), Verb.SUBMIT)
    gone = inside(small, today)
    Tenancy.objects.filter(pk=gone.pk).update(state="left", due_on=today)
    notice = make.notice(make.site(small.pilot, small.tree.north))
    make.objection(notice)

    found = {kind: due(small.client, kind) for kind in ("reviews", "terms", "checks", "handbacks")}

    assert [len(each) for each in found.values()] == [1, 1, 1, 1]
    assert (found["terms"], found["checks"], found["handbacks"]) == (
        [near.name],
        [checked.name],
        [gone.name],
    )
    assert due(small.client, "objections") == ["公示：第 1 条异议"]
    assert due(small.client, "notices") == ["公示"]
    assert titles(small.client) == [
        "待答复的异议：1 条",
        "期满待结束的公示：1 条",
        "示范点复核：1 条",
        "入驻核对：1 条",
        "孵化协议：1 条",
    ]


def test_what_is_not_due_is_not_told(small):
    today = timezone.localdate()
    reviewed(small, small.tree.north, today + 90 * DAY)
    inside(small, today + 90 * DAY)
    make.notice(make.site(small.pilot, small.tree.north), starts_on=today)

    assert titles(small.client) == []
    assert "没有快到期的" in small.client.get("/due/").content.decode()


def test_a_county_is_told_of_its_own_and_a_clerk_of_no_decision(small):
    make.objection(make.notice(make.site(small.pilot, small.tree.river)))
    own = reviewed(small, small.tree.north, timezone.localdate())
    county = make.client_of(make.coordinator(small.tree.east))
    clerk = make.client_of(make.clerk(small.tree.river))

    assert titles(county) == ["示范点复核：1 条"]
    assert own.name in due(county, "reviews")[0]
    assert titles(clerk) == []
    assert due(clerk, "objections") == []
    assert len(due(make.client_of(make.coordinator(small.tree.west)), "objections")) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_reminders_cost_the_same_for_any_number(small, number, django_assert_num_queries):
    today = timezone.localdate()
    for _each in range(number):
        reviewed(small, small.tree.north, today)
        inside(small, today)
        make.objection(make.notice(make.site(small.pilot, small.tree.north)))
    account = Account.objects.get(pk=small.account.pk)
    standing(account)

    with django_assert_num_queries(2):
        counts = reminders.due(account, small.pilot, today)

    assert counts["objections"].number == number


def test_what_is_put_up_says_so_on_its_page_and_nothing_else_does(small):
    site = make.site(small.pilot, small.tree.north)
    assert "公示中" not in small.client.get(site.get_absolute_url()).content.decode()
    notice = make.notice(site)

    page = small.client.get(site.get_absolute_url()).content.decode()
    assert f'href="{notice.get_absolute_url()}"' in page
    assert "公示中" in page

    PublicNotice.objects.filter(pk=notice.pk).update(state="closed", ended_on=notice.starts_on)
    assert "公示中" not in small.client.get(site.get_absolute_url()).content.decode()
