"""A notice in the browser, without JavaScript: drafted on a phone, posted, objected to, closed."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.pressing import follow, press

TODAY = dt.date.today()  # noqa: DTZ011  the server reads the same clock
POSTED = TODAY - dt.timedelta(days=60)
STATE = 'SELECT "state" FROM "public_notices_publicnotice" ORDER BY "id"'
LIST = "/registers/organisations/?q=虹桥青年"


def draft(open_as, width):
    page = open_as("street", width=width, java_script_enabled=False)
    page.goto(LIST)
    follow(page.get_by_role("link", name="虹桥青年读书会（样例）"))
    follow(page.get_by_role("link", name="公示").last)
    follow(page.get_by_role("link", name="起草公示"))
    page.get_by_label("公示内容").fill("样例：拟同意备案。")
    page.get_by_label("公示地点或网址").fill("样例：社区公告栏")
    press(page, "存草稿")
    expect(page.locator("h1")).to_have_text("关于“虹桥青年读书会（样例）”的公示")
    expect(page.get_by_role("link", name="发布公示")).to_have_count(0)
    return page


def post(open_as, path, day):
    page = open_as("chongchuan", java_script_enabled=False)
    page.goto(path)
    follow(page.get_by_role("link", name="发布公示"))
    page.get_by_label("发布日期").fill(day.isoformat())
    press(page, "发布公示")
    expect(page.get_by_text("公示中").first).to_be_visible()
    return page


def object_on(page, day, words):
    follow(page.get_by_role("link", name="登记异议"))
    page.get_by_label("收到日期").fill(day.isoformat())
    page.get_by_label("异议内容").fill(words)
    press(page, "登记异议")


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_notice_is_drafted_posted_objected_to_answered_and_closed(open_as, changing, width):
    clerk = draft(open_as, width)
    chief = post(open_as, clerk.url, POSTED)

    clerk.reload()
    object_on(clerk, POSTED + dt.timedelta(days=1), "样例：场地不够。")
    expect(clerk.get_by_text("答复超期")).to_be_visible()

    chief.reload()
    press(chief, "结束公示")
    expect(chief.locator(".error-summary")).to_contain_text("还有 1 条异议没有答复")
    follow(chief.get_by_role("link", name="答复", exact=True))
    chief.get_by_label("异议不成立").check()
    chief.get_by_label("核实情况和理由").fill("样例：已到现场核实，场地符合。")
    press(chief, "登记答复")
    expect(chief.get_by_text("异议不成立").first).to_be_visible()
    press(chief, "结束公示")

    expect(chief.get_by_text("公示结束").first).to_be_visible()
    assert changing.rows(STATE)[-1] == ("closed",)


def test_an_objection_after_the_last_day_is_refused_in_words_and_kept_as_typed(open_as, changing):
    clerk = draft(open_as, PHONE)
    post(open_as, clerk.url, POSTED)

    clerk.reload()
    object_on(clerk, TODAY, "样例：我来晚了。")

    expect(clerk.locator(".error-summary")).to_contain_text("收到的不再作为公示异议登记")
    expect(clerk.get_by_label("异议内容")).to_have_value("样例：我来晚了。")
    follow(clerk.get_by_role("link", name="返回"))
    expect(clerk.get_by_text("还没有收到异议。")).to_be_visible()


def test_what_stands_is_not_closed_before_its_time_but_withdrawn_with_a_reason(open_as, changing):
    clerk = draft(open_as, WIDE)
    chief = post(open_as, clerk.url, TODAY)
    expect(chief.get_by_role("button", name="结束公示")).to_have_count(0)

    follow(chief.get_by_role("link", name="撤回"))
    press(chief, "撤回公示")
    expect(chief.locator(".error-summary")).to_contain_text("写一句撤回的原因")
    chief.get_by_label("撤回的原因").fill("样例：公示期写短了")
    press(chief, "撤回公示")

    expect(chief.get_by_text("样例：公示期写短了").first).to_be_visible()
    assert changing.rows(STATE)[-1] == ("withdrawn",)


def test_the_calendar_says_how_a_last_day_was_found(open_as):
    page = open_as("street", width=PHONE, java_script_enabled=False)
    page.goto("/calendar/2017/")
    page.get_by_label("从哪天起").fill("2017-09-25")
    page.get_by_label("期限").fill("10")
    press(page, "算最后一天")

    expect(page.locator(".clock")).to_contain_text("2017-10-13")
    expect(page.locator(".clock")).to_contain_text("国办发明电〔2016〕17号")
