"""Every kind of page: open to everybody, in one piece on every screen, by day and by night."""

import pytest

from tests.browser import looking
from tests.browser.conftest import HEIGHTS, NARROW, PHONE, WIDE
from tests.browser.kinds import KINDS, open_kind

# Words of the source that stand in its tables as they are, marks and all.
PRINTED = (
    "示范点(市县两级)",
    "1个(南通中华慈善博物馆)",
    "镇(街道)级",
    "共举办各级各类培训60余期,培训人数3400余人。",
)
QUOTED_COLUMNS = ("brands_brand.work", "brands_brand.name", "brands_recognition.name")


@pytest.fixture(scope="session")
def quoted(installation):
    """What the page quotes from the source, and what it composes from it for the printed tables."""
    words = []
    for place in QUOTED_COLUMNS:
        table, column = place.split(".")
        words += [text for (text,) in installation.rows(f'SELECT "{column}" FROM "{table}"')]
    return [*words, *PRINTED]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_page_is_whole_and_open_to_everybody(open_as, quoted, kind):
    page = open_as(kind.role)

    status = open_kind(page, kind)

    found = {"answer": [] if status == kind.status else [str(status)]}
    for width in (WIDE, PHONE, NARROW) if kind.narrow else (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        found[f"{width}"] = looking.faults(page, quoted)
        if width != NARROW:
            found[f"{width}, axe"] = looking.barriers(page)
    page.emulate_media(color_scheme="dark")
    found["dark, axe"] = looking.barriers(page, looking.COLOURS)
    assert {name: faults for name, faults in found.items() if faults} == {}
