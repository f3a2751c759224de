"""What a page costs on a poor line, and how it comes out of a printer."""

import pytest
from playwright.sync_api import expect

FIRST, AGAIN = 30_000, 10_000
HOME_FIRST = 60_000


def transferred(page, path):
    """Open a page and return how many bytes came over the line, heads included."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    sizes = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    line.detach()
    return sum(sizes)


@pytest.mark.parametrize(
    ("role", "path", "most"),
    [
        ("street", "/registers/organisations/new/", FIRST),
        ("street", "/registers/projects/new/", FIRST),
        ("city", "/registers/recognitions/new/", FIRST),
        ("city", "/", HOME_FIRST),
    ],
)
def test_a_page_is_light_the_first_time_and_lighter_afterwards(open_as, role, path, most):
    page = open_as(role)

    first = transferred(page, path)
    again = transferred(page, path)

    assert 1_000 < first <= most
    assert again <= AGAIN


@pytest.mark.parametrize(
    "path", ["/", "/registers/sites/", "/briefings/nantong-2017/", "/dashboards/nantong/"]
)
def test_a_page_prints_without_its_controls_and_says_who_printed_it(open_as, path):
    page = open_as("city")
    page.goto(path)

    page.emulate_media(media="print")

    for control in (".top", ".nav", ".strip"):
        expect(page.locator(control)).to_be_hidden()
    expect(page.locator("p.print")).to_be_visible()
    expect(page.locator("p.print")).to_contain_text("打印")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.pdf(format="A4").startswith(b"%PDF")
