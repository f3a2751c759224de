"""Coming in: by name and password, by the demo's buttons, and again after the session ended."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROLES
from tests.browser.installation import PASSWORD
from tests.browser.watch import start_counting, taps

WORKING = ["今日", "汇总", "审核", "台账", "公示", "数字"]
LOOKED_UP = ["标准", "区划"]
NAVIGATION = {
    "city": [*WORKING, "简报", "评审", *LOOKED_UP],
    "county": [*WORKING, "评审", *LOOKED_UP],
    "chongchuan": [*WORKING, "评审", *LOOKED_UP],
    "street": [*WORKING, *LOOKED_UP],
    "auditor": [
        *("今日", "汇总", "台账", "公示", "数字", "简报"),
        *LOOKED_UP,
        *("日志", "权限清单"),
    ],
    "organisation": ["今日", "本组织", "入驻申请"],
    "expert": ["今日", "台账", "公示", "评审"],
    "system": ["今日", "单位", "账号", "日历"],
    "security": ["今日", "任职"],
    "audit": ["今日", "日志", "权限清单"],
}
BRIEFED_TOO = {"county", "chongchuan"}
"""Coordinators of a county may read the briefings where the programme shows them."""


def sign_in(page, name):
    """Fill the form of the door and send it."""
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def entries(page):
    """Return the words of the main navigation."""
    return [text.strip() for text in page.locator(".nav a > span").all_inner_texts()]


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"street", "organisation"}))
def test_roles_with_wide_rights_are_led_to_a_second_step(open_as, role):
    page = open_as(None)
    page.goto("/")

    sign_in(page, role)

    expect(page.locator("h1")).to_have_text("两步登录")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_its_own_home(open_as, role):
    page = open_as(role)

    page.goto("/")

    expect(page.locator("h1")).to_have_text(re.compile("^今天(没有|有 [1-5] 件)事等你$"))
    shown = [word for word in entries(page) if role not in BRIEFED_TOO or word != "简报"]
    assert shown == NAVIGATION[role]


@pytest.mark.parametrize("role", ["street", "organisation"])
def test_others_sign_in_with_name_and_password_and_see_their_own_home(open_as, role):
    page = open_as(None)
    page.goto("/")

    sign_in(page, role)

    expect(page.locator("h1")).to_have_text(re.compile("^今天(没有|有 [1-5] 件)事等你$"))
    assert entries(page) == NAVIGATION[role]


@pytest.mark.parametrize("role", ["city", "street", "expert"])
def test_a_button_of_the_demo_opens_a_role_with_two_taps(open_as, installation, role):
    page = open_as(None)
    page.goto("/account/login/")
    start_counting(page)

    page.get_by_role("link", name="演示：选一个角色直接进").click()
    page.locator(f"button[value={role}]").click()

    page.wait_for_url(f"{installation.url}/")
    assert entries(page) == NAVIGATION[role]
    assert taps(page) == 2


def test_a_wrong_password_is_refused_and_the_name_is_kept(open_as):
    page = open_as(None)
    page.goto("/account/login/")
    page.get_by_label("用户名").fill("city")
    page.get_by_label("密码").fill("not-the-password")
    page.get_by_role("button", name="登录", exact=True).click()

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("用户名")).to_have_value("city")
    expect(page.get_by_label("密码")).to_have_value("")


def test_a_session_that_ended_leads_to_the_door_and_back_to_the_page(open_as, installation):
    page = open_as("organisation")
    page.goto("/registers/organisations/")
    page.context.clear_cookies()

    page.get_by_role("link", name="虹桥邻里服务社").first.click()
    expect(page.locator("h1")).to_have_text("登录")
    sign_in(page, "organisation")

    expect(page.locator("h1")).to_have_text(re.compile("虹桥邻里服务社"))
    assert page.url.startswith(f"{installation.url}/registers/organisations/")


def test_a_stranger_who_signed_out_finds_the_door_shut(open_as, changing):
    page = open_as("street")
    page.goto("/")
    page.locator("details.who summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator("h1")).to_have_text("登录")

    page.goto("/registers/sites/")

    expect(page.locator("h1")).to_have_text("登录")
