"""Every number of the briefing opens what stands behind it."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.watch import start_counting, taps

SOURCE = "2017 年试点公开情况"


def test_the_number_13_leads_to_its_declared_source_in_two_clicks(open_as):
    page = open_as("city")
    page.goto("/briefings/nantong-2017/")
    start_counting(page)

    page.locator(".paper tr", has_text="13个").get_by_role("link").click()
    panel = page.locator("#trace")
    expect(panel.locator(".big")).to_contain_text("13")
    expect(panel).to_contain_text(f"出处：{SOURCE}")
    expect(panel).to_contain_text("没有记录")
    panel.get_by_role("link", name="13个").click()

    expect(page.locator("dl.facts")).to_contain_text(SOURCE)
    assert taps(page) == 2


def test_a_counted_figure_leads_to_exactly_its_records(open_as):
    page = open_as("city")
    page.goto("/briefings/nantong-2017/")

    page.locator(".paper p").get_by_role("link", name="12个").first.click()

    panel = page.locator("#trace")
    expect(panel.locator(".big")).to_contain_text("12")
    expect(panel).to_contain_text("按 2017-12-31 的区划")
    panel.get_by_role("link", name="12 条记录").click()
    expect(page.locator(".ledger tbody tr")).to_have_count(12)


def test_a_row_opens_the_records_that_made_it(open_as):
    page = open_as("city")
    page.goto("/briefings/nantong-2017/")
    row = page.locator(".paper tr").filter(has=page.get_by_role("link", name="海安县"))

    row.get_by_role("link").click()

    panel = page.locator("#trace")
    expect(panel.locator("h2")).to_contain_text("海安县")
    expect(panel.locator(".pairs a")).to_have_count(3)
    panel.get_by_role("link", name="“线上线下同心圆”").click()
    expect(page.locator("h1")).to_have_text("“线上线下同心圆”")


def test_the_source_of_a_figure_comes_into_sight_on_a_phone_and_the_figure_is_marked(open_as):
    page = open_as("city", width=PHONE)
    page.goto("/briefings/nantong-2017/")
    figure = page.locator(".paper").get_by_role("link", name="2000万元")

    figure.click()

    expect(page.locator("#trace .big")).to_be_in_viewport()
    expect(figure).to_have_attribute("aria-current", "true")
    expect(page.locator(".fig[aria-current]")).to_have_count(1)


def test_an_open_figure_has_an_address_and_survives_reload_and_back(open_as):
    page = open_as("city")
    page.goto("/briefings/nantong-2017/")
    page.get_by_role("link", name="2000万元").click()
    expect(page.locator("#trace .big")).to_contain_text("2000")
    page.wait_for_url("**/*trace=figure*")

    page.reload()
    expect(page.locator("#trace .big")).to_contain_text("2000")
    page.go_back()

    expect(page.locator("#trace")).to_contain_text("数字出处")
