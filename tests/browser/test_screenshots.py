"""The pictures of the README: made by a test, so that they show what there is.

They are written into docs/images when TONGXIN_TEST_SCREENSHOTS is set: `make screenshots`.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
HEAVIEST = 200_000
TALL = 720


@pytest.fixture
def keep_picture(tmp_path):
    """Give a function that keeps what a page shows as a picture of the README."""
    folder = IMAGES if os.environ.get("TONGXIN_TEST_SCREENSHOTS") else tmp_path

    def keep(page, name, tall=TALL):
        folder.mkdir(parents=True, exist_ok=True)
        page.set_viewport_size({"width": page.viewport_size["width"], "height": tall})
        page.evaluate("document.fonts.ready")
        page.screenshot(path=folder / f"{name}.png", animations="disabled")
        assert (folder / f"{name}.png").stat().st_size < HEAVIEST

    return keep


def test_picture_of_the_home_of_the_city(open_as, keep_picture):
    page = open_as("city", width=WIDE)
    page.goto("/")
    expect(page.locator(".tile").first).to_be_visible()
    keep_picture(page, "home", tall=1000)


def test_picture_of_a_clerk_s_form_on_a_phone(open_as, keep_picture):
    page = open_as("street", width=PHONE)
    page.goto("/registers/projects/new/")
    page.locator("#id_name").fill("邻里议事厅")
    keep_picture(page, "form")


def test_picture_of_the_briefing_with_a_number_opened(open_as, keep_picture):
    page = open_as("city", width=WIDE)
    page.goto("/briefings/nantong-2017/?trace=figure:special_fund.annual")
    expect(page.locator("#trace .big")).to_contain_text("2000")
    keep_picture(page, "briefing", tall=740)


def test_picture_of_a_county_s_dashboard(open_as, keep_picture):
    page = open_as("city", width=WIDE)
    page.goto("/dashboards/chongchuan-old/")
    expect(page.locator(".tile").first).to_be_visible()
    keep_picture(page, "dashboard")
