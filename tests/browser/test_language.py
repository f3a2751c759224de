"""The interface in English: every word of ours changes, every word of the records stays."""

import contextlib
import json
import re

import pytest
from playwright.sync_api import expect

# Text a reader meets, and text a screen reader speaks; not what is marked as Chinese.
SCRIPT = """
() => {
  const texts = [document.title];
  const foreign = (node) => node.closest("[lang]")?.lang.startsWith("zh");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!foreign(node) && node.checkVisibility() && !node.closest("datalist"))
      texts.push(walker.currentNode.data.trim());
  }
  for (const node of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    if (!foreign(node))
      for (const name of ["aria-label", "placeholder", "title"])
        texts.push(node.getAttribute(name) || "");
  return texts.filter((text) => /\\p{Script=Han}/u.test(text));
}
"""
HAN = re.compile(r"[\u3400-\u9fff]+")
# A quantity is kept as the office states it: number, 余 or 约, and the unit.
QUANTITY = re.compile(r"[约万余]*(?:个|项|期|人次|家|元|年)?")
KEPT_APART = ("django_", "registers_piece", "auth_")
# The mark that sample records carry in their names, and what the search below is asked for.
MEANT = {"样例", "虹桥"}
LOOKED_AT = {
    "home": ("city", "/"),
    "home of a clerk": ("street", "/"),
    "home of an administrator": ("security", "/"),
    "dashboard": ("city", "/dashboards/chongchuan-old/"),
    "registers": ("city", "/registers/"),
    "list": ("city", "/registers/sites/"),
    "list with filters": ("city", "/registers/recognitions/"),
    "record": ("city", "/registers/sites/9/"),
    "history": ("city", "/registers/sites/9/history/"),
    "form": ("street", "/registers/organisations/new/"),
    "form of a recognition": ("city", "/registers/recognitions/new/"),
    "figures": ("city", "/figures/"),
    "figure": ("city", "/figures/incubation_bases/"),
    "shell of the briefing": ("city", "/briefings/nantong-2017/?trace=row:incubation_bases:1"),
    "divisions": ("city", "/divisions/"),
    "division": ("city", "/divisions/chongchuan-old/"),
    "search": ("city", "/search/?q=虹桥"),
    "postings": ("security", "/offices/postings/"),
    "journal": ("auditor", "/journal/"),
    "nothing here": ("city", "/nothing/"),
}


@pytest.fixture(scope="session")
def recorded(installation):
    """Every text of the records, longest first, so that no name is taken out in pieces.

    A text of one character, such as the unit of a standard, is left: other words have it in them.
    """
    texts = set()
    tables = installation.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    for (table,) in tables:
        if not table.startswith(KEPT_APART):
            for row in installation.rows(f'SELECT * FROM "{table}"'):
                for value in row:
                    found = (text for text in words_in(value) if HAN.search(text))
                    texts |= {text for text in found if len(text) > 1}
    return sorted(texts | MEANT, key=len, reverse=True)


def words_in(value):
    """The texts in a value of a column: itself, and those in it when it is JSON."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from words_in(part)
    elif isinstance(value, str):
        yield value
        if value[:1] in {'"', "{", "["}:
            with contextlib.suppress(ValueError):
                yield from words_in(json.loads(value))


@pytest.mark.parametrize("name", LOOKED_AT)
def test_no_chinese_is_left_in_the_english_interface(open_as, recorded, name):
    role, path = LOOKED_AT[name]
    page = open_as(role, locale="en-GB")
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "en")

    printed = page.locator(".paper :is(a, td, th, caption, p)").all_inner_texts()
    quoted = sorted({*recorded, *printed}, key=len, reverse=True)
    left = []
    for text in page.evaluate(SCRIPT):
        own = text
        for words in filter(HAN.search, quoted):
            own = own.replace(words, " ")
        left += [text for run in HAN.findall(own) if not QUANTITY.fullmatch(run)]

    assert left == []


def test_the_language_changes_to_english_and_back_on_the_same_page(open_as):
    page = open_as("city")
    page.goto("/registers/sites/?q=tx")
    rows = page.locator(".ledger tbody th").all_inner_texts()

    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).not_to_contain_text("示范点")
    assert page.locator(".ledger tbody th").all_inner_texts() == rows
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="中文").click()

    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(page.locator("h1")).to_contain_text("今天")
