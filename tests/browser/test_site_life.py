"""The life of a demonstration site in the browser, by the roles concerned, without JavaScript."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.pressing import follow, press

TODAY = dt.date.today()  # noqa: DTZ011  the server reads the same clock
FIRST = TODAY - dt.timedelta(days=90)
STANDING = 'SELECT "standing" FROM "sites_designation" ORDER BY "id"'
NAME = "样例：濠河议事厅"


def day(number):
    return (FIRST + dt.timedelta(days=number)).isoformat()


def step(page, name, **typed):
    """Take a step: choose it, say its day and whatever else it asks, send it."""
    follow(page.get_by_role("link", name=name, exact=True).last)
    for label, text in typed.items():
        page.get_by_label(label, exact=False).first.fill(text)
    press(page, name, exact=True)


def proposed(open_as, width):
    """The street enters a site and proposes it; the page of the proposal."""
    page = open_as("street", width=width, java_script_enabled=False)
    page.goto("/registers/sites/new/")
    page.get_by_label("名称").fill(NAME)
    page.get_by_label("群体").select_option(index=1)
    page.get_by_label("纬度").fill("32.0123")
    page.get_by_label("经度").fill("120.8654")
    press(page, "登记示范点")
    follow(page.get_by_role("link", name="命名和活动"))
    expect(page.get_by_text("还没有命名。")).to_be_visible()
    expect(page.get_by_role("img", name="的相对位置")).to_be_visible()
    follow(page.get_by_role("link", name="提名", exact=True))
    page.get_by_label("县级").check()
    page.get_by_label("办理日期").fill(day(0))
    press(page, "提名", exact=True)
    expect(page.get_by_text("审核通过以后，才能核查、公示和命名。")).to_be_visible()
    return page


def accepted(open_as, path):
    """The county accepts site and proposal; its page of the proposal."""
    page = open_as("chongchuan", java_script_enabled=False)
    for name in (NAME, "县级示范点"):
        page.goto("/reviews/")
        follow(page.locator(".queue").get_by_role("link", name=name).first)
        press(page, "同意", exact=True)
    page.goto(path)
    return page


def put_up(street, chief, path):
    """The street drafts a notice about the proposal, the county posts and closes it."""
    street.goto(path)
    follow(street.get_by_role("link", name="登记内容"))
    follow(street.get_by_role("link", name="公示").last)
    follow(street.get_by_role("link", name="起草公示"))
    street.get_by_label("公示内容").fill("样例：拟命名为县级示范点。")
    street.get_by_label("公示地点或网址").fill("样例：街道公告栏")
    press(street, "存草稿")
    chief.goto(street.url)
    follow(chief.get_by_role("link", name="发布公示"))
    chief.get_by_label("发布日期").fill(day(10))
    press(chief, "发布公示")
    press(chief, "结束公示")
    expect(chief.get_by_text("公示结束").first).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_site_is_proposed_checked_put_up_named_and_withdrawn(open_as, changing, width):
    street = proposed(open_as, width)
    path = street.url
    chief = accepted(open_as, path)

    step(chief, "实地核查", 办理日期=day(5))
    expect(chief.locator(".error-summary")).to_contain_text("还没有实地核查记录")
    chief.goto(path)
    follow(chief.get_by_role("link", name="示范点", exact=True).last)
    follow(chief.get_by_role("link", name="登记核查"))
    chief.get_by_label("核查日期").fill(day(5))
    chief.get_by_label("核查单位").fill("样例：区委统战部")
    chief.get_by_label("核查结论").select_option(label="符合")
    press(chief, "登记实地核查")
    chief.goto(path)
    step(chief, "实地核查", 办理日期=day(6))
    step(chief, "转入公示", 办理日期=day(7))
    expect(chief.locator(".error-summary")).to_contain_text("还没有发布这条命名的公示")
    put_up(street, chief, path)
    chief.goto(path)
    step(chief, "转入公示", 办理日期=day(10))
    step(chief, "命名", 办理日期=TODAY.isoformat(), 批准文件="样例〔2026〕1号")
    expect(chief.locator(".error-summary")).to_contain_text("填写依据，或在说明里写明理由")
    expect(chief.get_by_label("批准文件")).to_have_value("样例〔2026〕1号")
    chief.get_by_label("依据").fill("样例：省里的批复")
    chief.get_by_label("牌匾编号").fill("样例-01")
    press(chief, "命名", exact=True)
    expect(chief.get_by_text("已命名").first).to_be_visible()
    step(chief, "撤销命名", 办理日期=TODAY.isoformat())
    expect(chief.locator(".error-summary")).to_contain_text("要写一句原因")
    chief.get_by_label("说明").fill("样例：场所已关闭")
    press(chief, "撤销命名", exact=True)
    step(chief, "收回牌匾", 办理日期=TODAY.isoformat())

    expect(chief.get_by_text("已撤销命名").first).to_be_visible()
    assert changing.rows(STANDING)[-1] == ("withdrawn",)


def test_what_is_only_proposed_is_not_withdrawn_and_the_page_says_what_can_be_done(
    open_as, changing
):
    path = proposed(open_as, WIDE).url
    chief = accepted(open_as, path)

    chief.goto(f"{path}withdraw/")

    expect(chief.locator(".error-summary")).to_contain_text("现在是“拟命名”，不能办“撤销命名”")
    assert changing.rows(STANDING)[-1] == ("proposed",)
