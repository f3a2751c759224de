"""Entering a site, and naming it from its own page."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories as make
from tongxin.core.errors import Refused
from tongxin.registers.actions import change
from tongxin.sites.models import Designation, Site
from tongxin.sites.register import DESIGNATIONS

pytestmark = pytest.mark.django_db


def group(small):
    return make.group_of(small.pilot).pk


def test_a_site_is_entered_and_then_named(small):
    answer = small.enter("sites", name="青年园", place="北镇", group=group(small))

    site = Site.objects.get(name="青年园")
    assert (answer.status_code, answer.url) == (302, site.get_absolute_url())
    named = small.enter("designations", f"?site={site.pk}", level="city", document="甲〔2017〕1号")
    made = Designation.objects.get(site=site)
    assert named.url == made.get_absolute_url()
    assert str(made) == "市级示范点"
    page = small.client.get(site.get_absolute_url()).content.decode()
    assert made.get_absolute_url() in page


def test_a_site_may_wait_for_its_place(small):
    small.enter("sites", name="无处园", group=group(small))

    site = Site.objects.get(name="无处园")
    assert (site.division, site.place_state) == (small.tree.city, "not_stated")
    page = small.client.get(site.get_absolute_url()).content.decode()
    assert "未写明（暂由甲市管理）" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "填写名称"),
        ({"name": "园" * 5000}, "名称最多 60 字，现在 5000 字"),
        ({"group": ""}, "选择群体"),
        ({"place": "某处"}, "某处"),
    ],
)
def test_what_a_site_lacks_is_said(small, typed, words):
    facts = {"name": "青年园", "place": "北镇", "group": group(small)}

    answer = small.enter("sites", **(facts | typed))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Site.objects.exists()


def test_groups_of_another_programme_are_not_offered(small):
    other = make.programme(small.tree.city, "other", begins="2016-01")

    answer = small.enter("sites", name="青年园", place="北镇", group=make.group_of(other).pk)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"level": ""}, "选择命名级别"),
        ({"designated_on": "2999-01-01"}, "命名日期不能晚于今天"),
        ({"designated_on": "2017-05-01", "until": "2017-05-01"}, "到期日期要晚于 2017-05-01"),
        ({"until": "五月"}, "到期日期按“年-月-日”填写"),
    ],
)
def test_what_stands_against_a_naming_is_said(small, typed, words):
    site = make.site(small.pilot, small.tree.north, designated=False)

    answer = small.enter("designations", f"?site={site.pk}", **({"level": "city"} | typed))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Designation.objects.exists()


@pytest.mark.parametrize("query", ["", "?site=0", "?site=abc"])
def test_a_naming_belongs_to_a_site_that_is_there(small, query):
    assert small.client.get(f"/registers/designations/new/{query}").status_code == 404


def test_the_end_of_a_naming_is_weighed_against_its_beginning_on_record(small):
    site = make.site(small.pilot, small.tree.north, designated=False)
    named = make.record("designations", site=site, designated_on=make.EARLY)

    with pytest.raises(Refused, match=r"sites\.order"):
        change(DESIGNATIONS, named, by=None, values={"until": make.EARLY})


def test_the_table_itself_refuses_a_naming_that_ends_before_it_begins(small):
    today = timezone.localdate()
    site = make.site(small.pilot, small.tree.north, designated=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.create(
            site=site, level="city", designated_on=today, until=today - dt.timedelta(days=1)
        )


def test_the_list_filters_by_group_and_by_what_is_known_of_the_place(small):
    make.site(small.pilot, small.tree.north, "青年园")
    make.site(small.pilot, small.tree.city, "无处园", place_state="not_stated")

    for query, seen, unseen in [
        (f"group={group(small)}", "青年园", "没有符合条件"),
        ("place_state=not_stated", "无处园", "青年园"),
    ]:
        page = small.client.get(f"/registers/sites/?{query}").content.decode()
        assert seen in page
        assert unseen not in page
