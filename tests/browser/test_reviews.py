"""Deciding with the keyboard alone, with few presses, on every screen; and taking it back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.watch import taps

STAGES = 'SELECT "state" FROM "reviews_review" ORDER BY "in_order", "id"'


def stages(installation):
    return [stage for (stage,) in installation.rows(STAGES)]


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_one_is_accepted_with_two_presses_from_today(open_as, changing, width):
    page = open_as("chongchuan", width=width)
    page.goto("/")

    page.get_by_role("link", name="4 条记录等你审核").click()
    page.get_by_role("button", name="同意", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("已同意“社区调解员培训（样例）”")
    assert taps(page) == 2
    assert stages(changing) == ["accepted", "submitted", "submitted", "submitted"]

    page.get_by_role("button", name="撤销").click()

    expect(page.get_by_role("status")).to_contain_text("已撤销")
    assert stages(changing) == ["submitted"] * 4


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_one_goes_back_with_a_reason_on_a_field_with_four_presses(open_as, changing, width):
    page = open_as("chongchuan", width=width)
    page.goto("/")

    page.get_by_role("link", name="4 条记录等你审核").click()
    page.get_by_label("退回“参加人次”这一栏").click()
    page.locator("summary", has_text="退回修改").click()
    page.get_by_role("button", name="数字不对").click()

    expect(page.get_by_role("status")).to_contain_text("已退回“社区调解员培训（样例）”")
    assert taps(page) == 4
    assert changing.rows(
        'SELECT "field", "reason" FROM "reviews_step" WHERE "kind" = ?', "returned"
    ) == [("attendances", "数字不对")]


def test_clean_ones_are_accepted_together_with_three_presses(open_as, changing):
    page = open_as("chongchuan")
    page.goto("/")

    page.get_by_role("link", name="4 条记录等你审核").click()
    page.get_by_role("link", name="全部同意 3 条无异常").click()
    page.get_by_role("button", name="确认同意").click()

    expect(page.get_by_role("status")).to_contain_text("已同意 3 条")
    assert taps(page) == 3
    assert stages(changing) == ["submitted", "accepted", "accepted", "accepted"]
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("status")).to_contain_text("已撤销，3 条回到待审")
    assert stages(changing) == ["submitted"] * 4


def test_single_keys_walk_accept_and_return_and_no_mouse_is_needed(open_as, changing):
    page = open_as("chongchuan")
    page.goto("/reviews/")
    expect(page.get_by_role("heading", level=2).first).to_have_text("社区调解员培训（样例）")

    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=2).first).to_have_text("虹桥助老服务队（样例）")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=2).first).to_have_text("社区调解员培训（样例）")
    page.keyboard.press("r")
    expect(page.get_by_label("退回“参加人次”这一栏")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("1")
    expect(page.get_by_role("status")).to_contain_text("已退回")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("已同意“虹桥助老服务队（样例）”")

    assert stages(changing) == ["returned", "accepted", "submitted", "submitted"]
    assert changing.rows(
        'SELECT "field", "reason" FROM "reviews_step" WHERE "kind" = ?', "returned"
    ) == [("attendances", "数字不对")]
    assert taps(page) == 0


def test_single_keys_can_be_turned_off_and_do_nothing_while_somebody_writes(open_as, changing):
    page = open_as("chongchuan")
    page.goto("/reviews/")
    page.locator("summary", has_text="退回修改").click()
    page.get_by_label("原因").fill("")
    page.get_by_label("原因").press("a")
    assert stages(changing) == ["submitted"] * 4

    page.get_by_role("button", name="关掉单键").click()
    expect(page.get_by_role("button", name="打开单键操作")).to_be_visible()
    page.keyboard.press("a")
    page.reload()

    assert stages(changing) == ["submitted"] * 4


def test_without_javascript_everything_can_be_decided(open_as, changing):
    page = open_as("chongchuan", java_script_enabled=False)
    page.goto("/reviews/")
    page.get_by_label("退回“参加人数”这一栏").check()
    page.locator("summary", has_text="退回修改").click()
    page.get_by_label("原因").fill("人数要有签到表")
    page.get_by_role("button", name="按写的原因退回").click()

    expect(page.get_by_role("status")).to_contain_text("已退回")
    assert changing.rows(
        'SELECT "field", "reason" FROM "reviews_step" WHERE "kind" = ?', "returned"
    ) == [("persons", "人数要有签到表")]


def test_of_two_who_decide_at_once_the_second_is_told_and_nothing_is_decided_twice(
    open_as, changing
):
    first, second = open_as("chongchuan"), open_as("chongchuan")
    for page in (first, second):
        page.goto("/reviews/")
        expect(page.get_by_role("heading", level=2).first).to_have_text("社区调解员培训（样例）")
    first.get_by_role("button", name="同意", exact=True).click()
    expect(first.get_by_role("status")).to_contain_text("已同意“社区调解员培训（样例）”")

    second.locator("summary", has_text="退回修改").click()
    second.get_by_role("button", name="数字不对").click()

    expect(second.locator(".error-summary, [role=alert], [role=status]").first).to_contain_text(
        "已经"
    )
    assert stages(changing) == ["accepted", "submitted", "submitted", "submitted"]
