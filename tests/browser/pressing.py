"""Press a button that leads to another page."""


def press(page, name, *, exact=False):
    """Press the button of that name and wait for the page it leads to.

    A click returns before the answer is there: what came next would look at a page that is just
    being taken away, or cut off what was sent.
    """
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).click()
