"""Press what leads to another page, and be on that page afterwards."""


def follow(locator):
    """Click the link or button and wait for the page it leads to.

    A click returns before the answer is there: what came next would look at a page that is just
    being taken away, or cut off what was sent.
    """
    with locator.page.expect_navigation():
        locator.click()


def press(page, name, *, exact=False):
    """Press the button of that name and wait for the page it leads to."""
    follow(page.get_by_role("button", name=name, exact=exact))
