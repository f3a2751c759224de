"""The whole way with the keyboard alone."""

from playwright.sync_api import expect

from tests.browser.installation import PASSWORD
from tests.browser.watch import taps

MOST_TABS = 60


def tab_to(page, target):
    """Press Tab until a place has the focus, and see that the focus can be seen."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            assert target.evaluate("node => getComputedStyle(node).outlineStyle") != "none"
            return
    message = f"{MOST_TABS} tabs do not reach {target}"
    raise AssertionError(message)


def test_signing_in_finding_a_record_changing_and_saving_it_needs_no_mouse(open_as, changing):
    page = open_as(None)
    page.goto("/")
    name = page.get_by_label("用户名")
    if not name.evaluate("node => node === document.activeElement"):
        tab_to(page, name)
    page.keyboard.type("street")
    tab_to(page, page.get_by_label("密码"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("今天")

    page.keyboard.press("/")
    page.keyboard.type("爷爷")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("的结果")
    tab_to(page, page.locator("main").get_by_role("link", name="孙爷爷谈心室"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("孙爷爷谈心室")
    tab_to(page, page.get_by_role("link", name="修改", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("修改")
    tab_to(page, page.locator("#id_name"))
    page.keyboard.press("End")
    page.keyboard.type("二站")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("已保存“孙爷爷谈心室二站”")
    assert taps(page) == 0


def test_the_first_tab_offers_to_skip_to_the_content(open_as):
    page = open_as("city")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到主要内容")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_j_and_k_walk_the_rows_of_a_list_and_escape_closes_a_menu(open_as):
    page = open_as("city")
    page.goto("/registers/sites/")
    rows = page.locator(".ledger tbody a")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()

    page.locator("details.who summary").press("Enter")
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("details.who summary")).to_be_focused()
    expect(page.get_by_role("button", name="退出登录")).to_be_hidden()


def test_a_ledger_is_walked_and_opened_by_keys_and_clicks(open_as):
    page = open_as("city")
    page.goto("/registers/sites/")
    links = page.locator("table.ledger tbody th a")
    page.keyboard.press("J")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Escape")
    expect(links.nth(0)).not_to_be_focused()
    page.locator("table.ledger tbody tr").nth(2).locator("td").nth(1).click()
    expect(links.nth(2)).to_be_focused()
    name = links.nth(2).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_control_and_k_goes_to_the_search_over_everything(open_as):
    page = open_as("city")
    page.goto("/registers/sites/")
    page.keyboard.press("Control+k")
    expect(page.locator(".seek input")).to_be_focused()


def test_columns_are_chosen_without_leaving_the_list(open_as):
    page = open_as("city")
    page.goto("/registers/sites/")
    page.get_by_text("列", exact=True).click()
    page.get_by_label("特色", exact=True).check()
    expect(page.locator("thead")).to_contain_text("特色")
    assert "col=about" in page.url
