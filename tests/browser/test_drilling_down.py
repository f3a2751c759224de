"""From the city's total to one record, and back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.watch import start_counting, taps


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_three_clicks_lead_from_the_city_s_map_to_a_street_s_record(open_as, width):
    page = open_as("city", width=width)
    page.goto("/")
    start_counting(page)

    page.locator(".tile", has_text="崇川区").click()
    expect(page.locator("h1")).to_have_text("崇川区")
    page.locator(".tile", has_text="虹桥街道").click()
    expect(page.locator(".crumbs li")).to_have_text(["汇总", "南通市", "崇川区", "虹桥街道"])
    page.get_by_role("link", name="爱心当铺").click()

    expect(page.locator("h1")).to_have_text("爱心当铺")
    assert taps(page) == 3


def test_three_clicks_lead_from_a_headline_figure_to_a_record_that_is_known(open_as):
    page = open_as("city")
    page.goto("/")
    start_counting(page)

    page.locator(".figs").get_by_role("link", name="社会组织孵化基地").click()
    page.get_by_role("link", name="南通中华慈善博物馆").click()

    expect(page.locator("h1")).to_have_text("南通中华慈善博物馆")
    assert taps(page) == 2


def test_the_parts_of_the_map_add_up_to_the_total_that_it_names(open_as):
    page = open_as("city")
    page.goto("/dashboards/nantong/")

    numbers = [text for text in page.locator(".tile b").all_inner_texts() if text != "—"]

    expect(page.locator(".leg em")).to_contain_text("合计 14 项，其中本级 2 项")
    assert sum(map(int, numbers)) == 12


def test_the_back_button_returns_to_the_place_on_the_page(open_as):
    page = open_as("city", width=PHONE)
    page.goto("/dashboards/nantong/")
    link = page.locator(".ledger").get_by_role("link", name="崇川区")
    link.scroll_into_view_if_needed()
    before = page.evaluate("Math.round(scrollY)")
    link.click()
    expect(page.locator("h1")).to_have_text("崇川区")

    page.go_back()

    expect(page.locator("h1")).to_have_text("南通市")
    page.wait_for_function("(wanted) => Math.abs(scrollY - wanted) < 2", arg=before)
