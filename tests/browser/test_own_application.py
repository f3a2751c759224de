"""An organisation answers the call of a base by itself; the base checks, decides and admits."""

import contextlib
import datetime as dt
import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.looking import faults
from tests.browser.pressing import follow, press
from tests.browser.test_incubation import base_opened, put_up, step

NAME = "虹桥邻里服务社（样例）"
TODAY = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()


def call_opened(page, base):
    """Enter a call that is open now."""
    page.goto(f"/registers/intakes/new/?base={base}")
    page.locator("#id_opens_on").fill(TODAY.isoformat())
    page.locator("#id_closes_on").fill((TODAY + dt.timedelta(days=20)).isoformat())
    press(page, "登记招募")


def apply(page, *boxes):
    """Fill in what the register does not say, and save."""
    page.goto("/")
    follow(page.get_by_role("link", name="个孵化基地在招募"))
    follow(page.get_by_role("link", name="虹桥孵化点"))
    expect(page.get_by_role("definition").filter(has_text=NAME)).to_be_visible()
    page.locator("#id_plan").fill("两年内成为枢纽")
    page.get_by_label("初创或能力较弱").check()
    for box in boxes:
        page.get_by_label(box).check()
    assert faults(page) == []
    press(page, "保存申请")
    return page.url


def long_ago(installation):
    """Let what was handed in today have been handed in in 2017: a notice takes its days."""
    with contextlib.closing(sqlite3.connect(installation.database, timeout=20)) as there:
        there.execute("UPDATE incubation_tenancy SET state_on = '2017-09-29'")
        there.execute("UPDATE incubation_move SET \"on\" = '2017-09-29'")
        there.commit()


@pytest.mark.parametrize(
    ("width", "wishes"), [(WIDE, {}), (PHONE, {}), (PHONE, {"java_script_enabled": False})]
)
def test_the_organisation_applies_and_the_base_admits(open_as, changing, width, wishes):
    county = open_as("city")
    own = open_as("organisation", width=width, **wishes)
    own.goto("/incubation/calls/")
    expect(own.get_by_text("现在没有开放的招募")).to_be_visible()
    assert faults(own) == []
    base = base_opened(county)
    call_opened(county, base)

    url = apply(own, "入驻申请表")
    expect(own.get_by_text("还缺").first).to_be_visible()
    assert faults(own) == []
    follow(own.get_by_role("link", name="补齐申请"))
    for box in own.get_by_role("checkbox").all():
        box.check()
    press(own, "保存")
    press(own, "提交申请")
    expect(own.get_by_text("已提交，等基地核对")).to_be_visible()
    assert faults(own) == []

    number = url.rstrip("/").rsplit("/", 1)[1]
    desk = f"/incubation/tenancies/{number}/"
    step(county, desk, "退回补正", note="目标写得太宽")
    own.goto("/")
    follow(own.get_by_role("link", name="入驻申请退回补正"))
    expect(own.get_by_text("目标写得太宽").first).to_be_visible()
    follow(own.get_by_role("link", name="修改申请"))
    own.locator("#id_plan").fill("一年内服务三个小区")
    press(own, "保存")
    press(own, "提交申请")

    long_ago(changing)
    step(county, desk, "核对通过", on="2017-10-09", note="内部留意")
    step(county, desk, "评审通过", on="2017-10-16")
    notice = put_up(county, county, desk, "2017-10-17")
    step(county, desk, "转入公示", on="2017-10-17")
    own.goto(url)
    expect(own.get_by_text("虹桥街道公告栏")).to_be_visible()
    expect(own.get_by_text("公示到 2017-10-24").first).to_be_visible()
    expect(own.get_by_text("内部留意")).to_have_count(0)
    expect(own.get_by_role("link", name="撤回申请")).to_have_count(0)
    assert faults(own) == []

    county.goto(notice)
    county.get_by_label("结束日期").fill("2017-10-25")
    press(county, "结束公示")
    step(county, desk, "签协议入驻", on="2017-10-25", until="2019-10-24")
    own.goto(url)
    expect(own.get_by_text("协议到 2019-10-24")).to_be_visible()
    assert faults(own) == []
    assert changing.rows('SELECT "state" FROM "incubation_tenancy"') == [("incubating",)]
