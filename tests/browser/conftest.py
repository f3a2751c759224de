"""One installation and one browser for the run; a context for each page a test opens."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.installation import Installation
from tests.browser.watch import Watch
from tools import machine

WIDE, PHONE, NARROW = 1280, 390, 320
HEIGHTS = {WIDE: 900, PHONE: 844, NARROW: 640}
PATIENCE = 20_000
"""Milliseconds to wait for what must come: a busy machine is slow, not wrong."""
ROLES = (
    "city",
    "county",
    "chongchuan",
    "street",
    "auditor",
    "organisation",
    "expert",
    "system",
    "security",
    "audit",
)


@pytest.fixture(scope="session")
def chromium():
    """Debian's browser, without calls home."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    path = machine.chromium()
    if not Path(path).exists():
        pytest.skip(f"there is no {path}")
    flags = ["--lang=zh-CN", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        # Chromium refuses its own sandbox when it is started by root.
        browser = playwright.chromium.launch(
            executable_path=path, args=flags, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def installation(chromium):
    """The demo, served; every role has come in once, so that tests need not."""
    made = Installation()
    try:
        made.start()
        made.sessions = {role: _come_in(chromium, made.url, role) for role in ROLES}
        made.keep()
        yield made
    finally:
        made.stop()


def _come_in(chromium, url, role):
    """Press a role's button in the demo and return the cookies of its session."""
    context = chromium.new_context(base_url=url, locale="zh-CN")
    page = context.new_page()
    page.goto("/demo/")
    page.locator(f"button[value={role}]").click()
    page.wait_for_url(f"{url}/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_as(installation, chromium):
    """Give a function that opens a page as a role (None: a stranger), in a context of its own.

    When the test is over, each context must have been silent: no errors, no other host.
    """
    opened = []

    def open_page(role, *, width=WIDE, **wishes):
        url = wishes.pop("base_url", installation.url)
        context = chromium.new_context(
            base_url=url,
            viewport={"width": width, "height": HEIGHTS[width]},
            storage_state=installation.sessions[role] if role else None,
            **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **wishes},
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(context, urlsplit(url).netloc)
        page = context.new_page()
        page.watch = watch
        opened.append((context, watch))
        return page

    yield open_page
    complaints = []
    for context, watch in opened:
        context.close()
        complaints += watch.complaints
    assert complaints == []


@pytest.fixture
def changing(installation):
    """For tests that change the database: afterwards it is what it was."""
    yield installation
    installation.restore()
