"""From the three administrators' pages to a colleague at work, and out again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE

PASSWORD = "a sentence that nobody else knows"


def invited(page, name):
    """Open an account and return the path of the link that the page shows."""
    page.goto("/accounts/new/")
    page.get_by_label("单位", exact=True).select_option(label="虹桥街道办事处（样例）")
    page.get_by_label("用户名").fill(name)
    page.get_by_role("button", name="开账号").click()
    link = page.get_by_label("邀请链接").input_value()
    return re.sub(r"^https?://[^/]+", "", link)


def post(page, name):
    page.goto("/offices/postings/")
    form = page.locator("main form[method=post]").last
    form.locator("[name=account]").fill(name)
    form.locator("[name=office]").select_option(label="虹桥街道办事处（样例）")
    form.locator("[name=role]").select_option("clerk")
    form.locator("[name=since]").fill("2017-03-01")
    form.get_by_role("button", name="登记任职").click()
    expect(page.locator(".notice.ok")).to_contain_text("已任职")


def sign_in(page, name):
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_colleague_is_invited_posted_works_and_leaves(open_as, changing, width):
    name = f"wenfeng{width}"
    system, security = (open_as(role, width=width) for role in ("system", "security"))
    path = invited(system, name)
    post(security, name)

    colleague = open_as(None, width=width)
    colleague.goto(path)
    colleague.get_by_label("密码", exact=True).fill(PASSWORD)
    colleague.get_by_label("再输一次密码").fill(PASSWORD)
    colleague.get_by_role("button", name="保存密码").click()
    sign_in(colleague, name)
    colleague.goto("/registers/projects/")
    expect(colleague.locator("h1")).to_have_text("党建项目")

    system.goto(f"/accounts/?q={name}")
    system.get_by_role("link", name=name).click()
    system.get_by_role("link", name="停用").click()
    system.get_by_label("原因").fill("退休")
    system.get_by_role("button", name="停用").click()
    expect(system.locator(".notice.ok")).to_contain_text("已停用")
    colleague.goto("/registers/projects/")
    expect(colleague.locator("h1")).to_have_text("登录")


def test_a_link_is_worth_nothing_the_second_time(open_as, changing):
    path = invited(open_as("system"), "second")
    colleague = open_as(None)
    colleague.goto(path)
    colleague.get_by_label("密码", exact=True).fill(PASSWORD)
    colleague.get_by_label("再输一次密码").fill(PASSWORD)
    colleague.get_by_role("button", name="保存密码").click()

    answer = open_as(None, java_script_enabled=False).goto(path)

    assert answer.status == 404
